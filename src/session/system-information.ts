/** What the collectors found out about the machine (spec `format.md` 2.5). */

import type { PyDict, PyValue } from '../python/value.js';

export interface CollectorOutput {
  readonly toolVersion: PyValue;
  readonly success: boolean;
  /** `payload` and `stderr` after a success; `stdout`, `stderr` and `return_code` after a failure. */
  readonly outputs: PyDict;
}

/** Name of the collector -> its output. */
export type SystemInformation = ReadonlyMap<string, CollectorOutput>;
