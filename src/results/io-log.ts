/** IO logs: what a job wrote, record by record (spec `results.md` 4, `format.md` 2.4 and 5). */

import type { CorruptedSessionError } from '../errors.js';
import type { RecordTable } from '../kernel/kernel.js';
import type { PyValue } from '../python/value.js';
import { OTHER_STREAM, RecordTableBuilder, STREAM_NAMES } from './record-table.js';

/** One piece of output, usually one line with its line terminator. */
export interface IOLogRecord {
  /** Seconds since the previous record; NaN when a record file has something that is no number. */
  readonly delay: number;
  /** `stdout` or `stderr`; record files may have any other name. */
  readonly stream: string;
  readonly data: Uint8Array;
  /**
   * Delay and stream exactly as a record file has them, where they are not a float and a string: record files
   * are not validated (spec `format.md` 5).
   */
  readonly stored?: StoredRecordHead;
}

export interface StoredRecordHead {
  readonly delay: PyValue;
  readonly stream: PyValue;
}

/** The records of a log in their order. Nothing is decoded before it is read. */
export abstract class IOLog implements Iterable<IOLogRecord> {
  /** Number of records. */
  abstract readonly length: number;

  /**
   * Why the log may be shorter than what was written: the record file is not gzip or fails its checks. The
   * records that could be read are all here.
   */
  abstract readonly problem: CorruptedSessionError | undefined;

  /** The record at an index, counted from the end when negative; undefined when there is none. */
  abstract at(index: number): IOLogRecord | undefined;

  /**
   * The records column by column, decoded at the first call: the way to go through many of them without an
   * object for each. Not to be changed. In `streams` 2 stands for a name that only record files can have, and
   * {@link at} tells it.
   */
  abstract table(): RecordTable;

  /** A log of records that exist already. */
  static from(records: readonly IOLogRecord[]): IOLog {
    return new ArrayIOLog(records);
  }

  /** A log of `count` records that are decoded together at the first access to one of them. */
  static lazy(count: number, decode: () => RecordTable): IOLog {
    return new TableIOLog(count, decode, undefined, undefined);
  }

  /** A log of a record file, with the exceptions by record index and the problem that ended it. */
  static ofRecordFile(
    table: RecordTable,
    exceptions: ReadonlyMap<number, StoredRecordHead>,
    problem: CorruptedSessionError | undefined,
  ): IOLog {
    return new TableIOLog(table.count, () => table, exceptions, problem);
  }

  *[Symbol.iterator](): Iterator<IOLogRecord> {
    for (let index = 0; index < this.length; index++) yield this.at(index)!;
  }

  /**
   * The payloads of all records, or of those of one stream, as one piece. Not to be changed: where the log has
   * them in one piece, it is that one.
   */
  bytes(stream?: string): Uint8Array {
    const { count, ends, data } = this.table();
    if (stream === undefined) return data;
    const belongs = this.#isOf(stream);
    let size = 0;
    for (let i = 0, start = 0; i < count; start = ends[i++]!) if (belongs(i)) size += ends[i]! - start;
    if (size === data.length) return data;
    const bytes = new Uint8Array(size);
    for (let i = 0, written = 0; i < count; i++) {
      if (!belongs(i)) continue;
      const start = i === 0 ? 0 : ends[i - 1]!;
      while (i + 1 < count && belongs(i + 1)) i++;
      bytes.set(data.subarray(start, ends[i]!), written);
      written += ends[i]! - start;
    }
    return bytes;
  }

  /** Same records in the same order. Logs of different length are told apart without decoding. */
  equals(other: IOLog): boolean {
    if (this === other) return true;
    if (this.length !== other.length) return false;
    const left = this.table();
    const right = other.table();
    for (let i = 0; i < left.count; i++) {
      if (!equalFloats(left.delays[i]!, right.delays[i]!)) return false;
      if (left.streams[i] !== right.streams[i] || left.ends[i] !== right.ends[i]) return false;
      if (left.streams[i] === OTHER_STREAM && this.at(i)!.stream !== other.at(i)!.stream) return false;
    }
    for (let i = 0; i < left.data.length; i++) if (left.data[i] !== right.data[i]) return false;
    return true;
  }

  /** Which records are of a stream. */
  #isOf(stream: string): (index: number) => boolean {
    const { streams } = this.table();
    const code = STREAM_NAMES.indexOf(stream);
    if (code >= 0) return (index) => streams[index] === code;
    return (index) => streams[index] === OTHER_STREAM && this.at(index)!.stream === stream;
  }
}

class ArrayIOLog extends IOLog {
  readonly problem = undefined;
  readonly #records: readonly IOLogRecord[];
  #table: RecordTable | undefined;

  constructor(records: readonly IOLogRecord[]) {
    super();
    this.#records = records;
  }

  get length(): number {
    return this.#records.length;
  }

  at(index: number): IOLogRecord | undefined {
    return this.#records.at(index);
  }

  table(): RecordTable {
    if (this.#table === undefined) {
      const builder = new RecordTableBuilder();
      for (const record of this.#records) builder.add(record);
      this.#table = builder.build();
    }
    return this.#table;
  }
}

class TableIOLog extends IOLog {
  readonly length: number;
  readonly problem: CorruptedSessionError | undefined;
  readonly #exceptions: ReadonlyMap<number, StoredRecordHead> | undefined;
  #decode: (() => RecordTable) | undefined;
  #table: RecordTable | undefined;

  constructor(
    count: number,
    decode: () => RecordTable,
    exceptions: ReadonlyMap<number, StoredRecordHead> | undefined,
    problem: CorruptedSessionError | undefined,
  ) {
    super();
    this.length = count;
    this.problem = problem;
    this.#decode = decode;
    this.#exceptions = exceptions;
  }

  at(index: number): IOLogRecord | undefined {
    const i = index < 0 ? index + this.length : index;
    if (!(i >= 0 && i < this.length)) return undefined;
    const { delays, streams, ends, data } = this.table();
    const payload = data.subarray(i === 0 ? 0 : ends[i - 1]!, ends[i]!);
    const stored = this.#exceptions?.get(i);
    if (stored === undefined) {
      return { delay: delays[i]!, stream: STREAM_NAMES[streams[i]!]!, data: payload };
    }
    return {
      delay: delays[i]!,
      stream: typeof stored.stream === 'string' ? stored.stream : '',
      data: payload,
      stored,
    };
  }

  table(): RecordTable {
    if (this.#table === undefined) {
      this.#table = this.#decode!();
      // What the thunk holds on to, the whole document perhaps, is not needed any more.
      this.#decode = undefined;
    }
    return this.#table;
  }
}

/**
 * Python's equality of floats as parts of a result. NaN equals NaN: the reference's JSON reader has one NaN
 * object only, and containers look at identity first.
 */
export function equalFloats(left: number | null, right: number | null): boolean {
  return left === right || (Number.isNaN(left) && Number.isNaN(right));
}
