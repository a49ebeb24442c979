/** Building real values out of a validated text, in one pass. */

import { isPyDict, isPyList, type PyValue } from '../python/value.js';
import type { TextReader } from './reader.js';

const COMMA = 0x2c;
const CLOSE_ARRAY = 0x5d;
const CLOSE_OBJECT = 0x7d;

/** The value at `offset`, without loss. Recursion is bounded by the depth that the kernel let pass. */
export function materialise(reader: TextReader, offset: number): PyValue {
  let p = offset;
  const read = (): PyValue => {
    const start = p;
    switch (reader.kindAt(start)) {
      case 'object':
        return readObject();
      case 'array':
        return readArray();
      case 'null':
        p += 4;
        return null;
      case 'boolean': {
        const value = reader.byteAt(start) === 0x74;
        p += value ? 4 : 5;
        return value;
      }
      case 'string':
        p = reader.skipString(start);
        return reader.stringAt(start, p);
      case 'integer':
        p = reader.skipValue(start);
        return BigInt(reader.rawAt(start, p));
      case 'float':
        p = reader.skipValue(start);
        return Number(reader.rawAt(start, p));
    }
  };
  const next = () => {
    p = reader.skipSpace(p);
    if (reader.byteAt(p) === COMMA) p = reader.skipSpace(p + 1);
  };
  const readArray = (): PyValue[] => {
    const items: PyValue[] = [];
    p = reader.skipSpace(p + 1);
    for (; reader.byteAt(p) !== CLOSE_ARRAY; next()) items.push(read());
    p++;
    return items;
  };
  const readObject = (): Map<string, PyValue> => {
    const members = new Map<string, PyValue>();
    p = reader.skipSpace(p + 1);
    for (; reader.byteAt(p) !== CLOSE_OBJECT; next()) {
      const keyEnd = reader.skipString(p);
      const key = reader.stringAt(p, keyEnd);
      p = reader.skipSpace(reader.skipSpace(keyEnd) + 1);
      members.set(key, read());
    }
    p++;
    return members;
  };
  return read();
}

/** A Python value as plain JavaScript; own properties only, so a key `__proto__` is harmless. */
export function toPlain(value: PyValue): unknown {
  if (typeof value === 'bigint') return toNumber(value);
  if (value === null || typeof value !== 'object') return value;
  if (isPyList(value)) return value.map(toPlain);
  if (isPyDict(value)) return Object.fromEntries([...value].map(([key, item]) => [key, toPlain(item)]));
  return value;
}

/** An integer as a `number` where that is exact, else as it is. */
export function toNumber(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
