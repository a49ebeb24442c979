/** IO logs: what a job wrote, record by record (spec `results.md` 4, `format.md` 2.4 and 5). */

import type { CorruptedSessionError } from '../errors.js';
import type { RecordTable } from '../kernel/kernel.js';
import type { PyValue } from '../python/value.js';

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

  /** The payloads of all records, or of those of one stream, as one piece. */
  bytes(stream?: string): Uint8Array {
    let size = 0;
    for (const record of this)
      if (stream === undefined || record.stream === stream) size += record.data.length;
    const bytes = new Uint8Array(size);
    let written = 0;
    for (const record of this) {
      if (stream !== undefined && record.stream !== stream) continue;
      bytes.set(record.data, written);
      written += record.data.length;
    }
    return bytes;
  }

  /** Same records in the same order. Logs of different length are told apart without decoding. */
  equals(other: IOLog): boolean {
    if (this === other) return true;
    if (this.length !== other.length) return false;
    for (let index = 0; index < this.length; index++) {
      if (!equalRecords(this.at(index)!, other.at(index)!)) return false;
    }
    return true;
  }
}

class ArrayIOLog extends IOLog {
  readonly problem = undefined;
  readonly #records: readonly IOLogRecord[];

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
    const { delays, streams, ends, data } = this.#open();
    const payload = data.subarray(i === 0 ? 0 : ends[i - 1]!, ends[i]!);
    const stored = this.#exceptions?.get(i);
    if (stored === undefined) {
      return { delay: delays[i]!, stream: streams[i] === 0 ? 'stdout' : 'stderr', data: payload };
    }
    return {
      delay: delays[i]!,
      stream: typeof stored.stream === 'string' ? stored.stream : '',
      data: payload,
      stored,
    };
  }

  #open(): RecordTable {
    if (this.#table === undefined) {
      this.#table = this.#decode!();
      // What the thunk holds on to, the whole document perhaps, is not needed any more.
      this.#decode = undefined;
    }
    return this.#table;
  }
}

function equalRecords(left: IOLogRecord, right: IOLogRecord): boolean {
  if (!equalFloats(left.delay, right.delay)) return false;
  if (left.stream !== right.stream || left.data.length !== right.data.length) return false;
  return left.data.every((byte, i) => byte === right.data[i]);
}

/**
 * Python's equality of floats as parts of a result. NaN equals NaN: the reference's JSON reader has one NaN
 * object only, and containers look at identity first.
 */
export function equalFloats(left: number | null, right: number | null): boolean {
  return left === right || (Number.isNaN(left) && Number.isNaN(right));
}
