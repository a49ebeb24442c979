/** The lazy view of a document: a place in the text that knows its kind, its path and its members. */

import type { RecordTable, ScannedText } from '../kernel/kernel.js';
import type { PyValue } from '../python/value.js';
import { materialise, toPlain } from './materialise.js';
import { MemberTable } from './member-table.js';
import { type JsonKind, TextReader } from './reader.js';

/**
 * An opened text: the kernel's outcome and the one reader over it.
 *
 * Whatever reads the text beside the reader goes through this class: it may take the place of the bytes that the
 * reader has at hand.
 */
export class JsonDocument {
  /** @internal */
  readonly scanned: ScannedText;
  /** @internal */
  readonly reader: TextReader;

  constructor(scanned: ScannedText) {
    this.scanned = scanned;
    this.reader = new TextReader(scanned);
  }

  /** Gives the memory back early; reading afterwards is an error. */
  dispose(): void {
    this.scanned.dispose();
    this.reader.release();
  }

  /** See {@link ScannedText.countRecords}. */
  countRecords(start: number, end: number): number {
    this.reader.forget();
    return this.scanned.countRecords(start, end);
  }

  /** See {@link ScannedText.decodeRecords}. */
  decodeRecords(start: number, end: number): RecordTable {
    this.reader.forget();
    return this.scanned.decodeRecords(start, end);
  }

  /** The bytes `[start, end)` of the text in pieces of any length, each valid until the next is asked for. */
  *pieces(start: number, end: number): Generator<Uint8Array, void, void> {
    for (let position = start; position < end; ) {
      this.reader.forget();
      const segment = this.scanned.text.segment(position);
      const piece = segment.bytes.subarray(position - segment.start, end - segment.start);
      position += piece.length;
      yield piece;
    }
  }

  get root(): JsonValue {
    return new JsonValue(this, this.scanned.root, undefined, undefined);
  }
}

/**
 * One value of a document. Nothing is built before it is asked for: a `JsonValue` is an offset, and its
 * members are further offsets.
 */
export class JsonValue {
  readonly document: JsonDocument;
  /** Offset of the value's first byte in the decompressed text. */
  readonly offset: number;
  readonly parent: JsonValue | undefined;
  /** Key in the parent object, or index in the parent array. */
  readonly key: string | number | undefined;
  #kind: JsonKind | undefined;
  #members: MemberTable | undefined;

  constructor(
    document: JsonDocument,
    offset: number,
    parent: JsonValue | undefined,
    key: string | number | undefined,
  ) {
    this.document = document;
    this.offset = offset;
    this.parent = parent;
    this.key = key;
  }

  get kind(): JsonKind {
    this.#kind ??= this.document.reader.kindAt(this.offset);
    return this.#kind;
  }

  /** Offset just behind the value. */
  get end(): number {
    return this.document.reader.skipValue(this.offset);
  }

  /** JSON path, for example `$.session.results["com.example::usb"][0].outcome`. */
  get path(): string {
    const steps: (string | number)[] = [];
    for (let value: JsonValue = this; value.parent !== undefined; value = value.parent) {
      steps.push(value.key!);
    }
    return jsonPath(steps.reverse());
  }

  /**
   * The members of an object in the order of first appearance; of duplicate keys the last value counts, as in
   * Python. Empty for other kinds.
   */
  members(): ReadonlyMap<string, JsonValue> {
    return this.#table?.all() ?? new Map();
  }

  /** The member `key` of an object; undefined when there is none or the value is no object. */
  get(key: string): JsonValue | undefined {
    return this.#table?.find(key);
  }

  /**
   * The member or item `key`, whose text begins at `offset`.
   *
   * @internal
   */
  child(offset: number, key: string | number): JsonValue {
    return new JsonValue(this.document, offset, this, key);
  }

  get #table(): MemberTable | undefined {
    if (this.kind === 'object') this.#members ??= new MemberTable(this);
    return this.#members;
  }

  /** The items of an array, one at a time; none for other kinds. */
  *items(): Generator<JsonValue, void, void> {
    if (this.kind !== 'array') return;
    const { reader } = this.document;
    let p = reader.skipSpace(this.offset + 1);
    for (let index = 0; reader.byteAt(p) !== 0x5d; index++) {
      yield this.child(p, index);
      p = reader.skipSpace(reader.skipValue(p));
      if (reader.byteAt(p) === 0x2c) p = reader.skipSpace(p + 1);
    }
  }

  /** The item at `index` of an array, found by walking to it; undefined when there is none. */
  at(index: number): JsonValue | undefined {
    for (const item of this.items()) if (item.key === index) return item;
    return undefined;
  }

  /** Number of items of an array or of different members of an object; 0 for other kinds. */
  get size(): number {
    if (this.kind === 'object') return this.members().size;
    if (this.kind !== 'array') return 0;
    const row = this.document.reader.rowOf(this.offset);
    if (row >= 0) return this.document.scanned.spans.children[row]!;
    let size = 0;
    for (const _item of this.items()) size++;
    return size;
  }

  /** Bytes of text that the value takes. */
  get byteLength(): number {
    return this.end - this.offset;
  }

  /** The text of a string; undefined for other kinds. */
  get string(): string | undefined {
    return this.kind === 'string' ? this.document.reader.stringAt(this.offset, this.end) : undefined;
  }

  /** The value without loss: integers are `bigint`, floats are `number`, objects are `Map`. */
  toPython(): PyValue {
    return materialise(this.document.reader, this.offset);
  }

  /**
   * The value as plain JavaScript: integers are `number` where that is exact and `bigint` otherwise, objects
   * are plain objects.
   */
  toJS(): unknown {
    return toPlain(this.toPython());
  }
}

/** The JSON path that leads through keys and indices from the root. */
export function jsonPath(steps: readonly (string | number)[]): string {
  return `$${steps.map(pathStep).join('')}`;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

function pathStep(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return NAME.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
