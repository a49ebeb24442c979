/** The rows of an index over many sessions: one for each result, and one for each session without any. */

import { outcomeInfo } from '../../results/outcomes.js';
import type { Attempt } from '../attempts.js';
import { firstFailingLine, logLines } from '../log-lines.js';
import type { ReportJob, SessionReport } from '../model.js';
import { cutText, plainText } from '../plain-text.js';

/** A file that sessions are indexed from. */
export interface IndexSource {
  /** Absolute path of an archive, a session directory or a session file. */
  readonly source: string;
  /** Size in bytes of that file, or of the file `session` in that directory. */
  readonly source_bytes: number;
  /** When it was changed last, in milliseconds since the epoch. */
  readonly source_mtime: number;
}

/** What a row says beside where it comes from; the names are those of the columns. */
export interface IndexFacts {
  /** Title of the session. */
  readonly session: string | null;
  readonly test_plan: string | null;
  /** Version of the format, 1 to 11. */
  readonly version: number | null;
  /** Milliseconds since the epoch. */
  readonly saved_at: number | null;
  /** Number of problems of the session. */
  readonly problems: number | null;
  readonly job: string | null;
  /** 1 is the first run of the job. */
  readonly attempt: number | null;
  readonly is_last: boolean | null;
  /** `pass`, `fail`, `skip` or `none`. */
  readonly status: string | null;
  readonly outcome: string | null;
  /** Seconds. */
  readonly duration: number | null;
  /** Null also beyond 2^53. */
  readonly return_code: number | null;
  /** Of failed and crashed jobs. */
  readonly first_failing_line: string | null;
  readonly comments: string | null;
  /** Why the source could not be read. */
  readonly error_code: string | null;
  readonly error: string | null;
}

export interface IndexRow extends IndexSource, IndexFacts {
  /** Number of rows of the source: an index that was cut off has fewer of them. */
  readonly source_rows: number;
}

/** UTF-16 units of a text. */
const LINE_LIMIT = 500;
const COMMENT_LIMIT = 1_000;
const ERROR_LIMIT = 1_000;

const NOTHING: IndexFacts = {
  session: null,
  test_plan: null,
  version: null,
  saved_at: null,
  problems: null,
  job: null,
  attempt: null,
  is_last: null,
  status: null,
  outcome: null,
  duration: null,
  return_code: null,
  first_failing_line: null,
  comments: null,
  error_code: null,
  error: null,
};

/** The rows of a session. Only the logs of failed and crashed jobs are read. */
export async function rowsOf(source: IndexSource, report: SessionReport): Promise<IndexRow[]> {
  const results: Partial<IndexFacts>[] = [];
  for (const job of report.jobs) {
    for (const [index, attempt] of job.attempts.entries()) {
      results.push(await resultFacts(report, job, attempt, index));
    }
  }
  const { session, title, testPlanId, savedAt } = report;
  const common = {
    ...NOTHING,
    session: title,
    test_plan: testPlanId ?? null,
    version: session.version,
    saved_at: savedAt === undefined ? null : savedAt * 1000,
    problems: report.problems.length,
  };
  if (results.length === 0) return [{ ...source, ...common, source_rows: 1 }];
  return results.map((facts) => ({ ...source, ...common, ...facts, source_rows: results.length }));
}

/** The row of a source that cannot be read. */
export function errorRow(source: IndexSource, code: string, message: string): IndexRow {
  return { ...source, ...NOTHING, error_code: code, error: plain(message, ERROR_LIMIT), source_rows: 1 };
}

async function resultFacts(
  report: SessionReport,
  job: ReportJob,
  attempt: Attempt,
  index: number,
): Promise<Partial<IndexFacts>> {
  const { outcome, comments, executionDuration, returnCode } = attempt.result;
  const status = outcomeInfo(outcome)?.reportValue ?? 'none';
  const line = status === 'fail' ? firstFailingLine(logLines(await report.openLog(job, attempt))) : undefined;
  return {
    job: job.id,
    attempt: index + 1,
    is_last: index === job.attempts.length - 1,
    status,
    outcome,
    duration: executionDuration !== null && Number.isFinite(executionDuration) ? executionDuration : null,
    return_code: returnCode === null || typeof returnCode === 'bigint' ? null : Number(returnCode),
    first_failing_line: line === undefined ? null : plain(line, LINE_LIMIT),
    comments: comments === null ? null : plain(comments, COMMENT_LIMIT),
  };
}

function plain(text: string, limit: number): string {
  return cutText(plainText(text), limit);
}
