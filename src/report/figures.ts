/** Facts about results as people read them. */

import type { Problem } from '../formats/dormant-session.js';
import type { JobResult } from '../results/job-result.js';
import { plainLine } from './plain-text.js';

/** JavaScript's dates go further, but years of four digits end here. */
const LAST_SECOND = 253_402_300_799;

/** Seconds: `0.22 s`, `12.5 s`, `10 min 05 s`, `2 h 05 min`; empty when they are not known. */
export function secondsText(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

/** Seconds since the epoch in ISO 8601, `2026-11-24T07:36:11`; undefined where no calendar has them. */
export function isoTime(seconds: number | undefined): string | undefined {
  if (seconds === undefined || !(seconds >= 0 && seconds <= LAST_SECOND)) return undefined;
  return new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19);
}

/** How a command ended: `exit code 1`, `signal 11`; undefined when it is not known. */
export function returnCodeText({ returnCode }: JobResult): string | undefined {
  if (returnCode === null) return undefined;
  const code = BigInt(returnCode);
  return code < 0n ? `signal ${-code}` : `exit code ${code}`;
}

/** `1 job`, `3 jobs`. */
export function countText(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

/** A problem and its place on one plain line. */
export function problemText({ message, path, offset, jobId }: Problem): string {
  const place = [
    jobId === undefined ? undefined : `job ${jobId}`,
    path,
    offset === undefined ? undefined : `byte ${offset}`,
  ].filter((part) => part !== undefined);
  return plainLine(place.length === 0 ? message : `${message} (${place.join(', ')})`);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
