/** Failed jobs with the ends of their logs, for reports on a page. */

import { returnCodeText, secondsText } from './figures.js';
import { type LogLine, LogTail, logLines } from './log-lines.js';
import { durationOf, type ReportJob, type SessionReport } from './model.js';
import { cutText, plainText } from './plain-text.js';

/** Nobody writes that much; what programs left in comments would make a page of megabytes. */
const COMMENT_CHARACTERS = 20_000;

export interface Failure {
  readonly job: ReportJob;
  /** How it ended: outcome, exit code, time, number of runs. */
  readonly facts: readonly string[];
  /** Lines of the comments; plain text. */
  readonly comments: readonly string[];
  /** The last lines of the log. */
  readonly tail: readonly LogLine[];
  /** Number of lines in front of them. */
  readonly omitted: number;
}

/** Reads the end of the log of a failed job, of at most `lineCount` lines. */
export async function readFailure(
  report: SessionReport,
  job: ReportJob,
  lineCount: number,
): Promise<Failure> {
  const tail = new LogTail(lineCount, () => 1);
  for (const line of logLines(await report.openLog(job))) if (line.text.trim() !== '') tail.push(line);
  return {
    job,
    facts: factsOf(job),
    comments: commentLines(job),
    tail: tail.lines,
    omitted: tail.omitted,
  };
}

/** How a job ended, phrase by phrase. */
export function factsOf(job: ReportJob): string[] {
  const { result, info, attempts, isRunning } = job;
  const facts = [isRunning ? 'was running when the session was saved' : info.label];
  const code = result === undefined ? undefined : returnCodeText(result);
  const time = secondsText(durationOf(job));
  if (code !== undefined && code !== 'exit code 0') facts.push(code);
  if (time !== '') facts.push(time);
  if (attempts.length > 1) facts.push(`${attempts.length} attempts`);
  return facts;
}

/** What testers wrote, as plain text of bounded length. */
export function commentsOf({ result }: ReportJob): string {
  return plainText(cutText(result?.comments ?? '', COMMENT_CHARACTERS, ' […cut: too long for this report]'));
}

/** The lines of the comments, without empty ones. */
export function commentLines(job: ReportJob): string[] {
  return commentsOf(job)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}
