/** The record files that a document names. */

import type { JsonValue } from '../document/json-value.js';
import type { DormantSession } from './dormant-session.js';

export interface NamedLog {
  /** As it is stored, not empty. */
  readonly name: string;
  /** The first place that names it: re-runs of a job overwrite its file. */
  readonly value: JsonValue;
  readonly jobId: string;
}

/** Every name once, in the order of the results. */
export function namedLogs({ document }: DormantSession): NamedLog[] {
  const logs = new Map<string, NamedLog>();
  for (const [jobId, history] of document.get('results')?.members() ?? []) {
    for (const result of history.items()) {
      const value = result.get('io_log_filename');
      const name = value?.string ?? '';
      if (value !== undefined && name !== '' && !logs.has(name)) logs.set(name, { name, value, jobId });
    }
  }
  return [...logs.values()];
}
