/** The members of one object, found in one walk over its text. */

import type { JsonValue } from './json-value.js';

/** Objects with more members get a map as soon as one is looked for. */
const FEW_MEMBERS = 16;

/**
 * Offsets of keys and values. Members are made when they are asked for, the same one each time; a key becomes a
 * string only for the map of all members.
 */
export class MemberTable {
  readonly #object: JsonValue;
  /** Offset of a key and of its value, in turn. */
  readonly #offsets: readonly number[];
  readonly #made: (JsonValue | undefined)[] = [];
  #all: Map<string, JsonValue> | undefined;

  constructor(object: JsonValue) {
    this.#object = object;
    this.#offsets = object.document.reader.memberOffsets(object.offset);
  }

  /** The member `key`; of several with this key the last. */
  find(key: string): JsonValue | undefined {
    if (this.#all !== undefined || this.#offsets.length > 2 * FEW_MEMBERS) return this.all().get(key);
    const { reader } = this.#object.document;
    for (let i = this.#offsets.length - 2; i >= 0; i -= 2) {
      if (reader.saysAt(this.#offsets[i]!, key)) return this.#member(i, key);
    }
    return undefined;
  }

  /** All members by key, in the order of first appearance. */
  all(): ReadonlyMap<string, JsonValue> {
    if (this.#all !== undefined) return this.#all;
    const { reader } = this.#object.document;
    this.#all = new Map();
    for (let i = 0; i < this.#offsets.length; i += 2) {
      const keyStart = this.#offsets[i]!;
      const key = reader.stringAt(keyStart, reader.skipString(keyStart));
      this.#all.set(key, this.#member(i, key));
    }
    return this.#all;
  }

  #member(i: number, key: string): JsonValue {
    this.#made[i >> 1] ??= this.#object.child(this.#offsets[i + 1]!, key);
    return this.#made[i >> 1]!;
  }
}
