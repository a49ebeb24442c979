/** Facts about results as people read them. */

import type { Problem } from '../formats/dormant-session.js';
import type { JobResult } from '../results/job-result.js';
import { formatReturnCode, formatSeconds } from '../wording/figures.js';
import { cutText, plainLine } from './plain-text.js';

/** Seconds as people read them; empty when they are not known. */
export function secondsText(seconds: number | undefined): string {
  return seconds === undefined ? '' : formatSeconds(seconds);
}

/** How a command ended: `exit code 1`, `SIGSEGV`; undefined when it is not known. */
export function returnCodeText({ returnCode }: JobResult): string | undefined {
  return returnCode === null ? undefined : formatReturnCode(returnCode);
}

/** Characters of a problem: ids and paths are as long as somebody made them. */
const PROBLEM_CHARACTERS = 2_000;

/** A problem and its place on one plain line. */
export function problemText({ message, path, offset, jobId }: Problem): string {
  const place = [
    jobId === undefined ? undefined : `job ${jobId}`,
    path,
    offset === undefined ? undefined : `byte ${offset}`,
  ].filter((part) => part !== undefined);
  const text = place.length === 0 ? message : `${message} (${place.join(', ')})`;
  return cutText(plainLine(text), PROBLEM_CHARACTERS);
}
