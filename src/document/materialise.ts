/** Building real values out of a validated text, in one pass. */

import { isPyDict, isPyList, type PyValue } from '../python/value.js';
import type { TextReader } from './reader.js';

const COMMA = 0x2c;
const CLOSE_ARRAY = 0x5d;
const CLOSE_OBJECT = 0x7d;

/** The value at `offset`, without loss. Recursion is bounded by the depth that the kernel let pass. */
export function materialise(reader: TextReader, offset: number): PyValue {
  return new Materialiser(reader, offset).read();
}

class Materialiser {
  readonly #reader: TextReader;
  #position: number;

  constructor(reader: TextReader, offset: number) {
    this.#reader = reader;
    this.#position = offset;
  }

  /** The value at the position, which moves behind it. */
  read(): PyValue {
    const reader = this.#reader;
    const start = this.#position;
    switch (reader.kindAt(start)) {
      case 'object':
        return this.#readObject();
      case 'array':
        return this.#readArray();
      case 'null':
        this.#position += 4;
        return null;
      case 'boolean': {
        const value = reader.byteAt(start) === 0x74;
        this.#position += value ? 4 : 5;
        return value;
      }
      case 'string':
        this.#position = reader.skipString(start);
        return reader.stringAt(start, this.#position);
      case 'integer':
        this.#position = reader.skipValue(start);
        return BigInt(reader.rawAt(start, this.#position));
      case 'float':
        this.#position = reader.skipValue(start);
        return Number(reader.rawAt(start, this.#position));
    }
  }

  #readArray(): PyValue[] {
    const items: PyValue[] = [];
    this.#enter();
    for (; this.#reader.byteAt(this.#position) !== CLOSE_ARRAY; this.#next()) items.push(this.read());
    this.#position++;
    return items;
  }

  #readObject(): Map<string, PyValue> {
    const reader = this.#reader;
    const members = new Map<string, PyValue>();
    this.#enter();
    for (; reader.byteAt(this.#position) !== CLOSE_OBJECT; this.#next()) {
      const keyEnd = reader.skipString(this.#position);
      const key = reader.stringAt(this.#position, keyEnd);
      this.#position = reader.skipSpace(reader.skipSpace(keyEnd) + 1);
      members.set(key, this.read());
    }
    this.#position++;
    return members;
  }

  /** To the first item or member, or the closing bracket. */
  #enter(): void {
    this.#position = this.#reader.skipSpace(this.#position + 1);
  }

  /** From behind an item or member to the next, or the closing bracket. */
  #next(): void {
    const p = this.#reader.skipSpace(this.#position);
    this.#position = this.#reader.byteAt(p) === COMMA ? this.#reader.skipSpace(p + 1) : p;
  }
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
