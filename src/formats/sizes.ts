/** Where the bytes of a document went. */

import type { JsonValue } from '../document/json-value.js';
import type { DormantSession } from './dormant-session.js';

export interface SizeEntry {
  /** JSON path of the part. */
  readonly path: string;
  /** Bytes of decompressed text. */
  readonly bytes: number;
  /** The job whose results these are, or the collector whose output this is. */
  readonly owner: string | undefined;
}

/** The members of the session, each job's results and each collector's output, largest first. */
export function measureSizes(session: DormantSession): readonly SizeEntry[] {
  const entries: SizeEntry[] = [];
  const add = (value: JsonValue, owner: string | undefined) =>
    entries.push({ path: value.path, bytes: value.byteLength, owner });
  for (const [name, value] of session.document.members()) {
    add(value, undefined);
    if (name !== 'results' && name !== 'system_information') continue;
    for (const [owner, part] of value.members()) add(part, owner);
  }
  return entries.sort((a, b) => b.bytes - a.bytes);
}
