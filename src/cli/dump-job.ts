/** The JSON forms of jobs and their logs in the dumps of this program (schema 1). */

import { record } from '../dump/dump-value.js';
import type { PyDict, PyValue } from '../python/value.js';
import type { JobResult } from '../results/job-result.js';
import type { JobFacts } from './job-facts.js';
import type { FoundLog } from './log-files.js';

/** @param log of the last attempt */
export function dumpJob(job: JobFacts, log: FoundLog | undefined): PyDict {
  const { result } = job;
  return record({
    id: job.id,
    outcome: job.outcome,
    attempts: BigInt(job.attempts.length),
    execution_duration: result?.executionDuration ?? null,
    return_code: dumpReturnCode(result),
    comments: result?.comments ?? null,
    desired: job.isDesired,
    running: job.isRunning,
    rejected: job.isRejected,
    log: log === undefined ? null : dumpPlace(log),
  });
}

function dumpPlace(log: FoundLog): PyDict {
  if (log.kind === 'inline') return record({ kind: log.kind, records: BigInt(log.records) });
  return record({ kind: log.kind, name: log.name, state: log.state, bytes: BigInt(log.bytes) });
}

function dumpReturnCode(result: JobResult | undefined): PyValue {
  const code = result?.returnCode ?? null;
  return typeof code === 'number' ? BigInt(code) : code;
}
