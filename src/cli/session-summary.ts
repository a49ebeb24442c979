/** What a person wants to know first about a session, as facts. */

import { SessionResumeError } from '../errors.js';
import type { DormantSession } from '../formats/dormant-session.js';
import { outcomeInfo } from '../results/outcomes.js';
import { blobText, readBlob } from './app-blob.js';
import { isLeft, type JobFacts, jobFacts } from './job-facts.js';
import { type FoundLog, placeOfLog, readLogOf } from './log-files.js';
import { type LogTail, tailOf } from './log-tail.js';
import type { OpenedSession } from './session-argument.js';

export interface SessionSummary {
  readonly session: DormantSession;
  readonly jobs: readonly JobFacts[];
  /** Id of the test plan, and what the operator wrote about the session. */
  readonly testPlan: string | undefined;
  readonly description: string | undefined;
  /** Seconds since the epoch, as the envelope has it. */
  readonly savedAt: number | undefined;
  /** Failed and crashed. */
  readonly failed: readonly JobFacts[];
  /** Not run, for one of the reasons of Checkbox or of the operator. */
  readonly skipped: readonly JobFacts[];
  /** To run, without a result. */
  readonly left: readonly JobFacts[];
  readonly logs: LogFiles;
}

/** The record files that the results name; undefined sizes where they cannot be looked for. */
export interface LogFiles {
  /** Whether there is a place to look for them. */
  readonly isKnown: boolean;
  readonly named: number;
  readonly missing: readonly string[];
  readonly outside: readonly string[];
  /** Of those that are there, compressed. */
  readonly bytes: number;
}

export async function summarise(source: OpenedSession): Promise<SessionSummary> {
  const session = source.dormant;
  const jobs = jobFacts(session);
  const blob = readBlob(session.metadata.appBlob);
  const reportAs = (value: string) => (job: JobFacts) =>
    job.outcome !== null && outcomeInfo(job.outcome)?.reportValue === value;
  return {
    session,
    jobs,
    testPlan: blobText(blob, 'testplan_id'),
    description: blobText(blob, 'description'),
    savedAt: session.envelope.members[0]?.mtime || undefined,
    failed: jobs.filter(reportAs('fail')),
    skipped: jobs.filter(reportAs('skip')),
    left: jobs.filter(isLeft),
    logs: await lookForLogs(jobs, source),
  };
}

async function lookForLogs(jobs: readonly JobFacts[], source: OpenedSession): Promise<LogFiles> {
  const places: Extract<FoundLog, { kind: 'file' }>[] = [];
  for (const { attempts } of jobs) {
    for (const result of attempts) {
      const place = await placeOfLog(result, source);
      if (place.kind === 'file') places.push(place);
    }
  }
  // Attempts may share a file: the runner overwrites it.
  const files = [...new Map(places.map((place) => [place.name, place])).values()];
  const namesOf = (state: string) => files.filter((file) => file.state === state).map(({ name }) => name);
  return {
    isKnown: source.location !== null,
    named: files.length,
    missing: namesOf('missing'),
    outside: namesOf('outside'),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** The end of a job's log, or why it cannot be read. */
export async function logTailOf(
  { result }: JobFacts,
  source: OpenedSession,
  lines: number,
): Promise<LogTail | SessionResumeError | undefined> {
  if (result === undefined) return undefined;
  try {
    const { log, problem } = await readLogOf(result, source);
    return tailOf(log, lines) ?? problem;
  } catch (error) {
    if (error instanceof SessionResumeError) return error;
    throw error;
  }
}
