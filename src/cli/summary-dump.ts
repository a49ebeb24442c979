/** The summary of a session as JSON (schema 1). */

import { dumpMetadata } from '../dump/dump-metadata.js';
import { record } from '../dump/dump-value.js';
import type { Problem } from '../formats/dormant-session.js';
import type { PyDict, PyValue } from '../python/value.js';
import { dumpJob } from './dump-job.js';
import { countOutcomes, type JobFacts, NO_OUTCOME } from './job-facts.js';
import { placeOfLog } from './log-files.js';
import type { OpenedSession } from './session-argument.js';
import type { SessionSummary } from './session-summary.js';

export async function dumpSummary(summary: SessionSummary, source: OpenedSession): Promise<PyDict> {
  const { session, jobs, logs } = summary;
  const { compressedBytes, textBytes } = session.envelope;
  const counts = [...countOutcomes(jobs)].map(([outcome, number]): [string, bigint] => [
    outcome ?? NO_OUTCOME,
    BigInt(number),
  ]);
  const dumpAll = (list: readonly JobFacts[]) => Promise.all(list.map((job) => dumpWithLog(job, source)));
  return record({
    schema: 1n,
    operation: 'show',
    status: 'ok',
    version: BigInt(session.version),
    metadata: dumpMetadata(session.metadata),
    test_plan: summary.testPlan ?? null,
    description: summary.description ?? null,
    saved_at: summary.savedAt === undefined ? null : BigInt(summary.savedAt),
    outcomes: new Map(counts),
    failed: await dumpAll(summary.failed),
    skipped: await dumpAll(summary.skipped),
    left: summary.left.map(({ id }) => id),
    log_files: record({
      named: BigInt(logs.named),
      missing: logs.missing,
      outside: logs.outside,
      bytes: BigInt(logs.bytes),
    }),
    compressed_bytes: BigInt(compressedBytes),
    text_bytes: BigInt(textBytes),
    sizes: session
      .sizes()
      .map(({ path, bytes, owner }) => record({ path, bytes: BigInt(bytes), owner: owner ?? null })),
    kernel: session.kernel,
    problems: session.problems.map(dumpProblem),
  });
}

async function dumpWithLog(job: JobFacts, source: OpenedSession): Promise<PyDict> {
  return dumpJob(job, job.result && (await placeOfLog(job.result, source)));
}

function dumpProblem({ code, message, path, offset, jobId }: Problem): PyValue {
  return record({
    code,
    message,
    path: path ?? null,
    offset: offset === undefined ? null : BigInt(offset),
    job_id: jobId ?? null,
  });
}
