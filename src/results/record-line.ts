/** One line of a record file: `[delay,"stream","base64"]` in Python's JSON (spec `format.md` 5). */

import { materialise } from '../document/materialise.js';
import { TextReader } from '../document/reader.js';
import { wholeText } from '../kernel/js.js';
import { scanJson } from '../kernel/js-scan.js';
import { validateUtf8 } from '../kernel/js-utf8.js';
import { asciiBytes, decodeBase64, decodeStrictBase64 } from '../python/base64.js';
import { isPyDict, isPyList, type PyValue, pyTypeName } from '../python/value.js';
import type { IOLogRecord } from './io-log.js';

/** Limits on one line, those of a session's document by default (spec `deviations.md` A). */
const LINE_LIMITS = {
  inputBytes: Number.POSITIVE_INFINITY,
  textBytes: Number.POSITIVE_INFINITY,
  depth: 1000,
  integerDigits: 4300,
};

/** A float as the writer has it; a number without fraction and exponent is an integer. */
const FLOAT = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][+-]?[0-9]+)?|[eE][+-]?[0-9]+)$/;
const LONGEST_FLOAT = 40;
const STDOUT = ',"stdout","';
const STDERR = ',"stderr","';
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const QUOTE = 0x22;

/** Why a line is no record. */
export class RecordLineError extends Error {
  override readonly name = 'RecordLineError';
}

/**
 * Reads one line, without its line terminator. Delay and stream are not validated, elements behind the third
 * are ignored.
 *
 * @throws DataError when the line is not UTF-8 or not JSON; offsets count from the start of the line
 * @throws RecordLineError when it is no array of at least three elements with base64 text as the third
 */
export function parseRecordLine(line: Uint8Array): IOLogRecord {
  return parseWrittenForm(line) ?? parseAnyForm(parseJson(line));
}

/** The form the writer produces, without making a document; undefined for all others. */
function parseWrittenForm(line: Uint8Array): IOLogRecord | undefined {
  const end = line.length - 2;
  const comma = line.indexOf(COMMA);
  if (line[0] !== OPEN_ARRAY || line[end] !== QUOTE || line[end + 1] !== CLOSE_ARRAY) return undefined;
  if (comma < 0 || comma > LONGEST_FLOAT) return undefined;
  const stream = hasAt(line, comma, STDOUT) ? 'stdout' : hasAt(line, comma, STDERR) ? 'stderr' : undefined;
  const delay = String.fromCharCode(...line.subarray(1, comma));
  if (stream === undefined || !FLOAT.test(delay)) return undefined;
  const data = decodeStrictBase64(line.subarray(comma + STDOUT.length, end));
  return data === undefined ? undefined : { delay: Number(delay), stream, data };
}

function hasAt(line: Uint8Array, position: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (line[position + i] !== text.charCodeAt(i)) return false;
  return true;
}

function parseAnyForm(value: PyValue): IOLogRecord {
  if (!isPyList(value)) {
    throw new RecordLineError(
      isPyDict(value) ? 'object instead of array' : `${pyTypeName(value)} instead of array`,
    );
  }
  if (value.length < 3) throw new RecordLineError(`array of ${value.length} instead of 3 elements`);
  const [delay, stream, text] = value as [PyValue, PyValue, PyValue];
  if (typeof text !== 'string') throw new RecordLineError(`data is of type ${pyTypeName(text)}, not str`);
  const ascii = asciiBytes(text);
  if (ascii === undefined) throw new RecordLineError('data is not ASCII');
  const data = decodeBase64(ascii);
  if (data === undefined) throw new RecordLineError('data is not correct base64');
  const isUsual = typeof delay === 'number' && (stream === 'stdout' || stream === 'stderr');
  const record = { delay: toSeconds(delay), stream: typeof stream === 'string' ? stream : '', data };
  return isUsual ? record : { ...record, stored: { delay, stream } };
}

function toSeconds(delay: PyValue): number {
  const isNumber = typeof delay === 'number' || typeof delay === 'bigint' || typeof delay === 'boolean';
  return isNumber ? Number(delay) : Number.NaN;
}

function parseJson(line: Uint8Array): PyValue {
  // The scanner wants its text at the start of a buffer.
  const text = line.slice();
  drain(validateUtf8(text));
  const { root, spans } = drain(scanJson(text, LINE_LIMITS));
  return materialise(new TextReader({ text: wholeText(text), spans }), root);
}

function drain<T>(steps: Generator<unknown, T, void>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
