/** Durations (spec `units.md` 4.5). */

import type { PyValue } from '../../python/value.js';

/** Seconds of an `estimated_duration`; null when the value is none. */
export function parseDuration(_value: PyValue): number | null {
  throw new Error('not yet written');
}
