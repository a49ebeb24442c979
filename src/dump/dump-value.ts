/**
 * The encoding of values in the dumps of `--json` (schema 1): JSON that any parser reads without loss.
 *
 * Integers beyond 2^53 - 1 are `{"$int": "…"}`, NaN and the infinities `{"$float": "nan" | "inf" | "-inf"}`,
 * floats keep their `.0`, lone surrogates and what could steer a terminal are escapes.
 */

import { pyFloatRepr } from '../python/float.js';
import { writePyJson } from '../python/json.js';
import { isPyDict, isPyList, type PyDict, type PyValue } from '../python/value.js';
import { DECEPTIVE } from '../wording/unsafe.js';

const LARGEST_INTEGER = BigInt(Number.MAX_SAFE_INTEGER);
/** DEL and the C1 controls, on which a terminal would act; JSON escapes the others. */
const CONTROLS = /[\x7f-\x9f]/;
const ESCAPED = new RegExp(`${CONTROLS.source}|${DECEPTIVE.source}`, 'gu');

/** A dump as text. */
export function writeDump(dump: PyDict): string {
  return write(dump, 1);
}

/** A part of a dump on one line, for dumps that are written piece by piece. */
export function writeDumpPart(part: PyValue): string {
  return write(part);
}

function write(value: PyValue, indent?: number): string {
  const options = { ascii: false, sortKeys: false, ...(indent === undefined ? {} : { indent }) };
  const text = writePyJson(encode(value), options);
  return text.replace(ESCAPED, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** An object of a dump, its members in the order given. */
export function record(members: Readonly<Record<string, PyValue>>): PyDict {
  return new Map(Object.entries(members));
}

function encode(value: PyValue): PyValue {
  if (typeof value === 'bigint') {
    const small = value <= LARGEST_INTEGER && value >= -LARGEST_INTEGER;
    return small ? value : new Map([['$int', value.toString()]]);
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : new Map([['$float', pyFloatRepr(value)]]);
  }
  if (value === null || typeof value !== 'object') return value;
  if (isPyList(value)) return value.map(encode);
  if (isPyDict(value)) return new Map([...value].map(([key, item]) => [key, encode(item)]));
  return value;
}
