/** One line of a record file: `[delay,"stream","base64"]` in Python's JSON (spec `format.md` 5). */

import { materialise } from '../document/materialise.js';
import { TextReader } from '../document/reader.js';
import { wholeText } from '../kernel/js.js';
import { scanJson } from '../kernel/js-scan.js';
import { validateUtf8 } from '../kernel/js-utf8.js';
import { pyRepr } from '../python/repr.js';
import { isPyDict, isPyList, type PyValue, pyTypeName } from '../python/value.js';
import { asciiBytes, decodeBase64, decodeStrictBase64 } from './base64.js';
import type { IOLogRecord } from './io-log.js';

/** Limits on one line, those of a session's document by default (spec `deviations.md` A). */
const LINE_LIMITS = {
  inputBytes: Number.POSITIVE_INFINITY,
  textBytes: Number.POSITIVE_INFINITY,
  depth: 1000,
  integerDigits: 4300,
};

/** What the writer puts before the data; the number needs a fraction or an exponent to be a float. */
const HEAD =
  /^\[(-?(?:0|[1-9][0-9]{0,20})(?:\.[0-9]{1,30}(?:[eE][+-]?[0-9]{1,3})?|[eE][+-]?[0-9]{1,3})),"(stdout|stderr)","/;
const HEAD_BYTES = 96;
const QUOTE = 0x22;
const CLOSE_ARRAY = 0x5d;

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
  if (line[end] !== QUOTE || line[end + 1] !== CLOSE_ARRAY) return undefined;
  const head = HEAD.exec(String.fromCharCode(...line.subarray(0, HEAD_BYTES)));
  if (head === null || head[0].length > end) return undefined;
  const data = decodeStrictBase64(line.subarray(head[0].length, end));
  return data === undefined ? undefined : { delay: Number(head[1]), stream: head[2]!, data };
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
  if (ascii === undefined) throw new RecordLineError(`data ${pyRepr(text)} is not ASCII`);
  const data = decodeBase64(ascii);
  if (data === undefined) throw new RecordLineError(`data ${pyRepr(text)} is not correct base64`);
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
  return materialise(new TextReader(wholeText(text), spans), root);
}

function drain<T>(steps: Generator<unknown, T, void>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
