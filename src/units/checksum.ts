/** The checksum of a unit: what decides whether a definition has changed (spec `units.md` 5). */

import { hex, sha256 } from '../kernel/sha256.js';
import { quoteAscii, writePyJson } from '../python/json.js';
import { sortCodePoints } from '../python/text.js';
import type { PyDict, PyValue } from '../python/value.js';

/**
 * The text that is hashed: ASCII JSON of the sorted data, then, without separator, that of the sorted
 * parameters (spec `units.md` 5.1).
 *
 * @param namespace of the provider; it replaces a member of that name in place, or goes last
 * @param parameters of a template instance, also when empty; null for every other unit
 */
export function checksumText(data: PyDict, namespace: string | null, parameters: PyDict | null): string {
  const text = sortedJson(data, namespace);
  return parameters === null ? text : text + sortedJson(parameters, null);
}

/** SHA-256 of {@link checksumText}: 64 hexadecimal digits. */
export function unitChecksum(data: PyDict, namespace: string | null, parameters: PyDict | null): string {
  return hex(sha256(asciiBytes(checksumText(data, namespace, parameters))));
}

/** Longer texts are rare. */
const ROOM_BYTES = 1 << 14;
/** For the bytes of one text after the other. */
let room: Uint8Array | undefined;
let encoder: TextEncoder | undefined;

/** Valid until the next call. */
function asciiBytes(text: string): Uint8Array {
  encoder ??= new TextEncoder();
  if (text.length > ROOM_BYTES) return encoder.encode(text);
  room ??= new Uint8Array(ROOM_BYTES);
  return room.subarray(0, encoder.encodeInto(text, room).written);
}

/** Nested mappings keep their order. */
function sortedJson(members: PyDict, namespace: string | null): string {
  const names = sortCodePoints([...members.keys()]);
  if (namespace !== null && !members.has('namespace')) names.push('namespace');
  const texts = names.map((name) => {
    const value = name === 'namespace' && namespace !== null ? namespace : members.get(name)!;
    return `${quoteAscii(name)}:${asciiJson(value)}`;
  });
  return `{${texts.join(',')}}`;
}

function asciiJson(value: PyValue): string {
  return typeof value === 'string' ? quoteAscii(value) : writePyJson(value, { ascii: true, sortKeys: false });
}
