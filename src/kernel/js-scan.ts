/**
 * The JS kernel's tokenizer: validates Python's JSON dialect (spec `format.md` 1.3) and builds the structural
 * index. It makes no strings and no values.
 */

import { faults } from './faults.js';
import { type ResolvedLimits, type ScanProgress, SPAN_DEPTH, type SpanIndex } from './kernel.js';
import { SpanBuilder } from './span-builder.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

const STEP_BYTES = 4 << 20;

/**
 * Validates the whole text, and indexes containers down to `indexDepth`.
 *
 * @returns the offset of the root value and the index
 * @throws DataError of a `json-*` code at the first fault
 */
export function* scanJson(
  text: Uint8Array,
  limits: ResolvedLimits,
  indexDepth: number = SPAN_DEPTH,
): Generator<ScanProgress, { root: number; spans: SpanIndex }, void> {
  const spans = new SpanBuilder(indexDepth);
  /** The closing bracket that the innermost open container waits for, 0 outside of all, and those around it. */
  let closer = 0;
  const outer: number[] = [];
  let pauseAt = STEP_BYTES;
  const root = skipSpace(text, 0);
  let position = root;
  for (;;) {
    if (position > pauseAt) {
      yield { stage: 'scan', loaded: (text.length + position) / 2, total: text.length };
      pauseAt = position + STEP_BYTES;
    }
    // One value, or the opening of one.
    const byte = text[position];
    if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      if (outer.length === limits.depth) throw faults.tooDeep(position, limits.depth);
      spans.open(position);
      position = skipSpace(text, position + 1);
      if (text[position] !== byte + 2) {
        outer.push(closer);
        closer = byte + 2;
        spans.child();
        if (closer === CLOSE_OBJECT) position = skipKey(text, position);
        continue;
      }
      position++;
      spans.close(position);
    } else {
      position = skipScalar(text, position, limits.integerDigits);
    }
    // What may follow a value: closings, then a comma and the next value.
    for (;;) {
      position = skipSpace(text, position);
      if (closer === 0) {
        if (position < text.length) throw faults.syntax(position, 'the end of the document');
        return { root, spans: spans.finish() };
      }
      if (text[position] === COMMA) {
        position = skipSpace(text, position + 1);
        spans.child();
        if (closer === CLOSE_OBJECT) position = skipKey(text, position);
        break;
      }
      if (text[position] !== closer) throw faults.syntax(position, `"," or "${String.fromCharCode(closer)}"`);
      closer = outer.pop()!;
      position++;
      spans.close(position);
    }
  }
}

/** Skips space, tab, line feed and carriage return. */
export function skipSpace(text: Uint8Array, position: number): number {
  let p = position;
  for (;;) {
    const byte = text[p];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return p;
    p++;
  }
}

/** From a member's key to the first byte of its value. */
export function skipKey(text: Uint8Array, position: number): number {
  if (text[position] !== QUOTE) throw faults.syntax(position, 'a member name in double quotes');
  const colon = skipSpace(text, skipString(text, position));
  if (text[colon] !== COLON) throw faults.syntax(colon, '":"');
  return skipSpace(text, colon + 1);
}

/** From the first byte of a value that is no container to just behind the value. */
export function skipScalar(text: Uint8Array, position: number, integerDigits: number): number {
  const byte = text[position];
  switch (byte) {
    case QUOTE:
      return skipString(text, position);
    case 0x74:
      return skipWord(text, position, 'true');
    case 0x66:
      return skipWord(text, position, 'false');
    case 0x6e:
      return skipWord(text, position, 'null');
    case 0x4e:
      return skipWord(text, position, 'NaN');
    case 0x49:
      return skipWord(text, position, 'Infinity');
    case MINUS:
      if (text[position + 1] === 0x49) return skipWord(text, position, '-Infinity');
  }
  if (byte === MINUS || isDigit(byte)) return skipNumber(text, position, integerDigits);
  throw faults.syntax(position, 'a value');
}

function skipWord(text: Uint8Array, position: number, word: string): number {
  for (let i = 1; i < word.length; i++) {
    if (text[position + i] !== word.charCodeAt(i)) throw faults.syntax(position, 'a value');
  }
  return position + word.length;
}

/** From the opening quote to just behind the closing one. */
export function skipString(text: Uint8Array, position: number): number {
  let p = position + 1;
  for (;;) {
    const byte = text[p];
    if (byte === undefined) throw faults.syntax(p, 'the end of a string');
    if (byte === QUOTE) return p + 1;
    if (byte === BACKSLASH) p = skipEscape(text, p);
    else if (byte < 0x20) throw faults.syntax(p, 'an escape for a control character');
    else p++;
  }
}

function skipEscape(text: Uint8Array, position: number): number {
  const byte = text[position + 1];
  switch (byte) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return position + 2;
    case 0x75:
      for (let i = 2; i < 6; i++) {
        if (!isHexDigit(text[position + i])) throw faults.syntax(position, 'an escape \\uXXXX');
      }
      return position + 6;
    default:
      throw faults.syntax(position, 'a valid escape');
  }
}

function skipNumber(text: Uint8Array, position: number, integerDigits: number): number {
  let p = text[position] === MINUS ? position + 1 : position;
  const digits = p;
  if (!isDigit(text[p])) throw faults.syntax(p, 'a digit');
  p = text[p] === ZERO ? p + 1 : skipDigits(text, p);
  const integerEnd = p;
  if (text[p] === 0x2e) {
    if (!isDigit(text[p + 1])) throw faults.syntax(p + 1, 'a digit');
    p = skipDigits(text, p + 1);
  }
  if (text[p] === 0x65 || text[p] === 0x45) {
    p++;
    if (text[p] === 0x2b || text[p] === MINUS) p++;
    if (!isDigit(text[p])) throw faults.syntax(p, 'a digit');
    p = skipDigits(text, p);
  }
  if (p === integerEnd && p - digits > integerDigits) {
    throw faults.integerTooLong(position, integerDigits, p - digits);
  }
  return p;
}

function skipDigits(text: Uint8Array, position: number): number {
  let p = position;
  while (isDigit(text[p])) p++;
  return p;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

function isHexDigit(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}
