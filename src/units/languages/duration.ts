/** Durations (spec `units.md` 4.5). */

import { parsePyFloat } from '../../python/float.js';
import type { PyValue } from '../../python/value.js';

const DIGIT = /\p{Nd}/u;
const SEPARATOR = /[ \t\n\v\f\r:]/;
const UNITS: readonly (readonly [letter: string, seconds: number])[] = [
  ['h', 3600],
  ['m', 60],
  ['s', 1],
];

/** Seconds of an `estimated_duration`; null when the value is no duration. */
export function parseDuration(value: PyValue): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return null;
  return parseParts(value) ?? parsePyFloat(value) ?? null;
}

/** `1h 2m:3s`, every part optional, in this order; undefined when the text is something else. */
function parseParts(text: string): number | undefined {
  let seconds = 0;
  let at = 0;
  for (const [letter, factor] of UNITS) {
    while (at < text.length && SEPARATOR.test(text[at]!)) at++;
    let end = at;
    while (end < text.length && DIGIT.test(text.slice(end, end + charLength(text, end)))) {
      end += charLength(text, end);
    }
    if (end === at || text[end] !== letter) continue;
    // The digits may be of any script: float() knows them all.
    seconds += (parsePyFloat(text.slice(at, end)) ?? Number.NaN) * factor;
    at = end + 1;
  }
  while (at < text.length && SEPARATOR.test(text[at]!)) at++;
  return at === text.length ? seconds : undefined;
}

function charLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
