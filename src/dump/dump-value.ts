/**
 * The encoding of values in the dumps of `--json` (schema 1): JSON that any parser reads without loss.
 *
 * Integers beyond 2^53 - 1 are `{"$int": "…"}`, NaN and the infinities `{"$float": "nan" | "inf" | "-inf"}`,
 * floats keep their `.0`, lone surrogates are escapes.
 */

import { pyFloatRepr } from '../python/float.js';
import { writePyJson } from '../python/json.js';
import { isPyDict, isPyList, type PyDict, type PyValue } from '../python/value.js';

const LARGEST_INTEGER = BigInt(Number.MAX_SAFE_INTEGER);
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A dump as text. */
export function writeDump(dump: PyDict): string {
  const text = writePyJson(encode(dump), { ascii: false, sortKeys: false, indent: 1 });
  return text.replace(LONE_SURROGATE, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
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
