/** Standard JSON (RFC 8259) in pieces: what a document stores may be too large for one string. */

import type { JsonValue } from '../document/json-value.js';
import { isPyDict, isPyList, type PyValue } from '../python/value.js';

/** Values up to this many bytes of text are built at once. */
const BUILD_BYTES = 65_536;

/**
 * A value as JSON that any parser reads: integers keep all digits, NaN and the infinities, which JSON does not
 * have, become null; lone surrogates stay escapes.
 */
export function jsonText(value: PyValue): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return jsonNumber(value);
    case 'bigint':
    case 'boolean':
      return value.toString();
  }
  if (isPyList(value)) return `[${value.map(jsonText).join(',')}]`;
  if (!isPyDict(value)) throw new TypeError('not a Python value');
  return `{${Array.from(value, ([key, item]) => `${JSON.stringify(key)}:${jsonText(item)}`).join(',')}}`;
}

/** A float; null where JSON has no form for it. */
export function jsonNumber(value: number | null): string {
  return value !== null && Number.isFinite(value) ? String(value) : 'null';
}

/** A text that comes in pieces as one JSON string. */
export function* jsonStringPieces(pieces: Iterable<string>): Generator<string, void, void> {
  yield '"';
  for (const piece of pieces) yield JSON.stringify(piece).slice(1, -1);
  yield '"';
}

/** {@link jsonText} of a stored value, built one small part at a time. */
export function* storedJsonPieces(value: JsonValue): Generator<string, void, void> {
  if (value.byteLength <= BUILD_BYTES) {
    yield jsonText(value.toPython());
    return;
  }
  switch (value.kind) {
    case 'object': {
      let separator = '{';
      for (const [key, member] of value.members()) {
        yield `${separator}${JSON.stringify(key)}:`;
        yield* storedJsonPieces(member);
        separator = ',';
      }
      return yield '}';
    }
    case 'array': {
      let separator = '[';
      for (const item of value.items()) {
        yield separator;
        yield* storedJsonPieces(item);
        separator = ',';
      }
      return yield ']';
    }
    default:
      // A long string or integer is valid JSON as it stands; no other scalar is long.
      yield* rawPieces(value);
  }
}

function* rawPieces(value: JsonValue): Generator<string, void, void> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (const piece of value.document.pieces(value.offset, value.end)) {
    for (let start = 0; start < piece.length; start += BUILD_BYTES) {
      yield decoder.decode(piece.subarray(start, start + BUILD_BYTES), { stream: true });
    }
  }
}
