/** The checksum of a unit: what decides whether a definition has changed (spec `units.md` 5). */

import { hex, sha256 } from '../kernel/sha256.js';
import { writePyJson } from '../python/json.js';
import { compareCodePoints } from '../python/text.js';
import type { PyDict, PyValue } from '../python/value.js';

/**
 * The text that is hashed: ASCII JSON of the sorted data, then, without separator, that of the sorted
 * parameters (spec `units.md` 5.1).
 *
 * @param namespace of the provider; it replaces a member of that name in place, or goes last
 * @param parameters of a template instance, also when empty; null for every other unit
 */
export function checksumText(data: PyDict, namespace: string | null, parameters: PyDict | null): string {
  const members = sortedByKey(data);
  if (namespace !== null) members.set('namespace', namespace);
  const text = asciiJson(members);
  return parameters === null ? text : text + asciiJson(sortedByKey(parameters));
}

/** SHA-256 of {@link checksumText}: 64 hexadecimal digits. */
export function unitChecksum(data: PyDict, namespace: string | null, parameters: PyDict | null): string {
  return hex(sha256(new TextEncoder().encode(checksumText(data, namespace, parameters))));
}

function sortedByKey(members: PyDict): Map<string, PyValue> {
  return new Map([...members].sort(([a], [b]) => compareCodePoints(a, b)));
}

/** Nested mappings keep their order. */
function asciiJson(value: PyDict): string {
  return writePyJson(value, { ascii: true, sortKeys: false });
}
