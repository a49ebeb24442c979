/** Which logs a page carries: failures first, within a budget for all of them together. */

import { type LogLine, LogTail, logLines } from '../log-lines.js';
import type { ReportJob, SessionReport } from '../model.js';
import { utf8Length } from '../plain-text.js';
import { escapeHtml } from './markup.js';

/** Bytes of markup that the logs of one page may take. */
const PAGE_BYTES = 10_000_000;
/** Of one failed job: no log may take the room of all others. */
const FAILURE_BYTES = 1_000_000;
/** Of any other job. */
const JOB_BYTES = 100_000;
/** With less than this no log is begun any more. */
const LEAST_BYTES = 10_000;
/** What the elements around a line take at most. */
const LINE_OVERHEAD = 20;

export interface EmbeddedLog {
  /** The end of the log. */
  readonly lines: readonly LogLine[];
  /** Number of lines in front of them that are left out. */
  readonly omitted: number;
}

export interface EmbeddedLogs {
  /** Of the jobs whose logs were read; empty ones are not in it. */
  readonly logs: ReadonlyMap<ReportJob, EmbeddedLog>;
  /** Number of jobs whose logs are shortened, and of those whose logs were not read at all. */
  readonly shortened: number;
  readonly leftOut: number;
}

/** Reads the logs of the last attempts, one at a time, until the page is full. */
export async function readEmbeddedLogs(report: SessionReport): Promise<EmbeddedLogs> {
  const logs = new Map<ReportJob, EmbeddedLog>();
  let room = PAGE_BYTES;
  let shortened = 0;
  let leftOut = 0;
  const failed = report.failed;
  const isFailed = new Set(failed);
  const others = report.finished.filter((job) => !isFailed.has(job));
  for (const job of [...failed, ...others]) {
    const share = Math.min(room, isFailed.has(job) ? FAILURE_BYTES : JOB_BYTES);
    if (share < LEAST_BYTES) {
      leftOut++;
      continue;
    }
    const tail = new LogTail(share, measure);
    for (const line of logLines(await report.openLog(job))) tail.push(line);
    room -= tail.size;
    if (tail.omitted > 0) shortened++;
    if (tail.lines.length > 0 || tail.omitted > 0) {
      logs.set(job, { lines: tail.lines, omitted: tail.omitted });
    }
  }
  return { logs, shortened, leftOut };
}

function measure({ text }: LogLine): number {
  return utf8Length(escapeHtml(text)) + LINE_OVERHEAD;
}
