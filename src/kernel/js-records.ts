/** IO logs in canonical form (see `ScannedText.countRecords`), read in bulk by the JS kernel. */

import { decodedLength, decodeGroups, digitValues, NO_DIGIT } from '../python/base64.js';
import { skipSpace } from './js-scan.js';
import type { RecordTable } from './kernel.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const PAD = 0x3d;

const STDOUT = '"stdout"';
const STDERR = '"stderr"';

/** What to do with each record; `dataStart` and `dataEnd` bound its base64 text. */
type Visit = (
  numberStart: number,
  numberEnd: number,
  stream: 0 | 1,
  dataStart: number,
  dataEnd: number,
) => void;

/** Number of records of the validated array at `start`, or -1 when one of them is not canonical. */
export function countRecords(text: Uint8Array, start: number): number {
  let count = 0;
  return walk(text, start, () => count++) ? count : -1;
}

/** Decodes an array for which {@link countRecords} gave `count`. */
export function decodeRecords(text: Uint8Array, start: number, count: number): RecordTable {
  const delays = new Float64Array(count);
  const streams = new Uint8Array(count);
  const ends = new Uint32Array(count);
  let size = 0;
  let row = 0;
  walk(text, start, (numberStart, numberEnd, stream, dataStart, dataEnd) => {
    let digits = '';
    for (let p = numberStart; p < numberEnd; p++) digits += String.fromCharCode(text[p]!);
    delays[row] = Number(digits);
    streams[row] = stream;
    size += decodedLength(text, dataStart, dataEnd);
    ends[row++] = size;
  });
  const data = new Uint8Array(size);
  let written = 0;
  walk(text, start, (_numberStart, _numberEnd, _stream, dataStart, dataEnd) => {
    written = decodeGroups(text, dataStart, dataEnd, data, written);
  });
  return { count, delays, streams, ends, data };
}

/** Visits the records; false at the first that is not canonical. */
function walk(text: Uint8Array, start: number, visit: Visit): boolean {
  let p = skipSpace(text, start + 1);
  if (text[p] === CLOSE) return true;
  for (;;) {
    if (text[p] !== OPEN) return false;
    const numberStart = skipSpace(text, p + 1);
    const numberEnd = endOfDelay(text, numberStart);
    if (numberEnd < 0) return false;
    p = comma(text, numberEnd);
    const stream = matches(text, p, STDOUT) ? 0 : matches(text, p, STDERR) ? 1 : undefined;
    if (stream === undefined) return false;
    p = comma(text, p + STDOUT.length);
    if (text[p] !== QUOTE) return false;
    const dataStart = p + 1;
    const dataEnd = endOfBase64(text, dataStart);
    if (dataEnd < 0) return false;
    p = skipSpace(text, dataEnd + 1);
    if (text[p] !== CLOSE) return false;
    visit(numberStart, numberEnd, stream, dataStart, dataEnd);
    p = skipSpace(text, p + 1);
    if (text[p] === CLOSE) return true;
    p = skipSpace(text, p + 1);
  }
}

/** Behind a comma and its white space, or just where something else stands, which then fits nothing. */
function comma(text: Uint8Array, position: number): number {
  const p = skipSpace(text, position);
  return text[p] === COMMA ? skipSpace(text, p + 1) : p;
}

/** Longest delay literal taken as canonical: no integer of this length overflows a double. */
const DELAY_DIGITS = 300;

/** End of the number literal at `start`, or -1 when it is none, negative, or may not be finite. */
function endOfDelay(text: Uint8Array, start: number): number {
  let p = start;
  let exponent = false;
  for (; ; p++) {
    const byte = text[p]!;
    if (byte >= 0x30 && byte <= 0x39) continue;
    if (p === start) return -1;
    if (byte === 0x65 || byte === 0x45) exponent = true;
    else if (byte !== 0x2e && byte !== 0x2b && byte !== 0x2d) break;
  }
  if (p - start > DELAY_DIGITS) return -1;
  if (exponent && !Number.isFinite(Number(String.fromCharCode(...text.subarray(start, p))))) return -1;
  return p;
}

/** The closing quote behind strict, padded base64 at `start`, or -1. */
function endOfBase64(text: Uint8Array, start: number): number {
  const values = digitValues();
  let p = start;
  while (values[text[p]!]! !== NO_DIGIT) p++;
  const digits = p - start;
  let pads = 0;
  while (pads < 2 && text[p] === PAD) {
    p++;
    pads++;
  }
  if (text[p] !== QUOTE || (digits + pads) % 4 !== 0) return -1;
  return p;
}

function matches(text: Uint8Array, position: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (text[position + i] !== word.charCodeAt(i)) return false;
  return true;
}
