/** What applications leave in a session; Checkbox leaves a JSON object. */

import { DataError } from '../errors.js';
import { isPyDict, type PyDict } from '../python/value.js';
import { parsePyJson } from '../units/json-text.js';
import { count } from '../wording/figures.js';
import { visible } from './visible.js';

/** The members of a blob that is a JSON object; undefined for any other. */
export function readBlob(blob: Uint8Array | null): PyDict | undefined {
  if (blob === null) return undefined;
  try {
    const value = parsePyJson(new TextDecoder('utf-8', { fatal: true }).decode(blob));
    return isPyDict(value) ? value : undefined;
  } catch (error) {
    // Not JSON, not UTF-8: the application's own affair.
    if (error instanceof DataError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** A member that is a text with something in it. */
export function blobText(blob: PyDict | undefined, key: string): string | undefined {
  const value = blob?.get(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** One phrase, visible text. */
export function describeBlob(blob: Uint8Array | null): string {
  if (blob === null) return 'none';
  const size = count(blob.length, 'byte');
  const members = readBlob(blob);
  if (members === undefined) return size;
  return `${size}, JSON with ${Array.from(members.keys(), visible).join(', ') || 'nothing in it'}`;
}
