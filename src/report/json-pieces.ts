/** Standard JSON (RFC 8259) in pieces: what a document stores may be too large for one string. */

import type { JsonValue } from '../document/json-value.js';
import { isPyDict, isPyList, type PyValue } from '../python/value.js';
import { wellFormed } from './plain-text.js';

/** Values up to this many bytes of text are built at once. */
const BUILD_BYTES = 65_536;

/** A value of JavaScript's own kinds as JSON that any parser reads: lone surrogates become U+FFFD. */
export function plainJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(wellFormed(value));
  return JSON.stringify(value, (_key, part) => (typeof part === 'string' ? wellFormed(part) : part));
}

/**
 * A value as JSON that any parser reads: integers keep all digits, NaN and the infinities, which JSON does not
 * have, become null, lone surrogates U+FFFD.
 */
export function jsonText(value: PyValue): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return plainJson(value);
    case 'number':
      return jsonNumber(value);
    case 'bigint':
    case 'boolean':
      return value.toString();
  }
  if (isPyList(value)) return `[${value.map(jsonText).join(',')}]`;
  if (!isPyDict(value)) throw new TypeError('not a Python value');
  return `{${Array.from(value, ([key, item]) => `${plainJson(key)}:${jsonText(item)}`).join(',')}}`;
}

/** A float; null where JSON has no form for it. */
export function jsonNumber(value: number | null): string {
  return value !== null && Number.isFinite(value) ? String(value) : 'null';
}

/** A well-formed text that comes in pieces, which may tear characters apart, as one JSON string. */
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
        yield `${separator}${plainJson(key)}:`;
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
      // A long string or integer is JSON as it stands; no other scalar is long.
      yield* wellFormedPieces(rawPieces(value));
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

/** Escapes of JSON: a surrogate pair as one, a lone surrogate, or any other. */
const ESCAPES = /\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u[dD][89a-fA-F]..|.)/gs;
const SURROGATE_LENGTH = '\\ud800'.length;

/** The raw text of a JSON string without escapes of lone surrogates. */
function* wellFormedPieces(pieces: Iterable<string>): Generator<string, void, void> {
  let rest = '';
  for (const piece of pieces) {
    const text = rest + piece;
    const end = endOfEscapes(text);
    yield replaceLoneSurrogates(text.slice(0, end));
    rest = text.slice(end);
  }
  yield replaceLoneSurrogates(rest);
}

function replaceLoneSurrogates(raw: string): string {
  return raw.replace(ESCAPES, (found) => (found.length === SURROGATE_LENGTH ? '\ufffd' : found));
}

/** Where an escape at the end begins that may go on, with the first half of a pair in front of it. */
function endOfEscapes(raw: string): number {
  const last = raw.lastIndexOf('\\');
  if (last < 0 || last + 2 * SURROGATE_LENGTH <= raw.length || isEscaped(raw, last)) return raw.length;
  const half = last - SURROGATE_LENGTH;
  const isPair = half >= 0 && /^\\u[dD][89abAB]..$/.test(raw.slice(half, last)) && !isEscaped(raw, half);
  return isPair ? half : last;
}

/** Whether a backslash is one that the backslash in front of it stands for. */
function isEscaped(raw: string, index: number): boolean {
  let start = index;
  while (raw[start - 1] === '\\') start--;
  return (index - start) % 2 === 1;
}
