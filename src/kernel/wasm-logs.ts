/** IO logs in canonical form: verdicts and records that the WebAssembly kernel found. */

import { countRecords, decodeRecords } from './js-records.js';
import type { RecordTable, TextSource } from './kernel.js';
import type { Lease } from './wasm-instances.js';
import type { Instance } from './wasm-module.js';
import { CompactTable } from './wasm-record-table.js';
import { Store } from './wasm-store.js';

const BLOCK_LOGS = 1 << 6;
/** Largest blocks of records, and of payloads in bytes: a log that lies in two is copied. */
const BLOCK_RECORDS = 1 << 19;
const BLOCK_BYTES = 4 << 20;
/** Block of the delays that are odd: those of ten seconds and more, of what the reference writes. */
const ODD_DELAYS = 1 << 10;
/** The shortest record, in bytes of text. */
const RECORD_BYTES = 16;
/** Longest delay that is canonical, in bytes. */
const DELAY_BYTES = 300;

/** A log as the kernel reports it. */
interface Log {
  /** -1 when it is not canonical. */
  readonly count: number;
  /** Of its records, among all that were decoded. */
  readonly first: number;
  /** Of its payloads, in bytes. */
  readonly from: number;
  readonly bytes: number;
}
const NO_LOG: Log = { count: -1, first: 0, from: 0, bytes: 0 };
/** {@link Log} as words, behind the log's position in the text. */
const LOG_WORDS = 5;

/** Records as the kernel reports them, of many logs one after the other. */
class Records {
  readonly #delays: Store<Uint32Array>;
  readonly #oddDelays: Store<Float64Array> = new Store((length) => new Float64Array(length), ODD_DELAYS);
  readonly #shapes: Store<Uint16Array>;
  readonly #longShapes = new Map<number, number>();
  readonly #data: Store<Uint8Array>;

  /** @param count of the records that will come, and `bytes` of their payloads; as far as they are known */
  constructor(count: number, bytes: number) {
    const records = Math.min(Math.max(count, 1), BLOCK_RECORDS);
    this.#delays = new Store((length) => new Uint32Array(length), records);
    this.#shapes = new Store((length) => new Uint16Array(length), records);
    this.#data = new Store((length) => new Uint8Array(length), Math.min(Math.max(bytes, 1), BLOCK_BYTES));
  }

  /** For what is in `length` bytes of text. */
  static ofText(length: number): Records {
    return new Records(Math.ceil(length / RECORD_BYTES), Math.ceil((length / 4) * 3));
  }

  /** Takes the records of a step. */
  add(instance: Instance): void {
    const { exports, layout } = instance;
    const count = exports.recordCount();
    this.#delays.append(instance.words(layout.DELAYS, count));
    const odd = instance.doubles(layout.ODD_DELAYS, exports.oddDelayCount());
    if (exports.openDelayCount() > 0) convertDelays(instance, odd);
    this.#oddDelays.append(odd);
    this.#shapes.append(instance.halves(layout.SHAPES, count));
    const long = instance.words(layout.LONG_SHAPES, exports.longShapeCount() * 2);
    for (let i = 0; i < long.length; i += 2) this.#longShapes.set(long[i]!, long[i + 1]!);
    this.#data.append(instance.view(layout.PAYLOADS, exports.payloadSize()));
  }

  table({ count, first, from, bytes }: Log): RecordTable {
    return new CompactTable(
      { stored: this.#delays.slice(first, first + count), odd: this.#oddDelays },
      { short: this.#shapes.slice(first, first + count), long: this.#longShapes, first },
      this.#data.slice(from, from + bytes),
    );
  }
}

/** Converts the literals that were left open: each is a NaN whose lower half is its offset in the text. */
function convertDelays(instance: Instance, delays: Float64Array): void {
  const words = new Uint32Array(delays.buffer, delays.byteOffset, delays.length * 2);
  const shift = instance.exports.textShift();
  delays.forEach((delay, i) => {
    if (!Number.isNaN(delay)) return;
    const text = instance.view((words[2 * i]! + shift) >>> 0, DELAY_BYTES);
    const digits = /^[0-9.eE+-]+/.exec(String.fromCharCode(...text));
    delays[i] = Number(digits![0]);
  });
}

export class Logs {
  readonly #lease: Lease;
  readonly #integerDigits: number;
  readonly #decoded: Records | undefined;
  readonly #table = new Store<Uint32Array>((length) => new Uint32Array(length), LOG_WORDS * BLOCK_LOGS);

  /** @param decodedText likely length of the text whose logs are decoded in the pass; undefined: none are */
  constructor(lease: Lease, integerDigits: number, decodedText: number | undefined) {
    this.#lease = lease;
    this.#integerDigits = Math.min(integerDigits, 0xffffffff);
    this.#decoded = decodedText === undefined ? undefined : Records.ofText(decodedText);
  }

  /** Takes the logs and records of a step. */
  add(): void {
    const { instance } = this.#lease;
    const count = instance.exports.logCount();
    if (count > 0) this.#table.append(instance.words(instance.layout.LOGS, count * LOG_WORDS));
    this.#decoded?.add(instance);
  }

  count(text: TextSource, start: number, end: number): number {
    return (this.#find(start) ?? this.#read(text, start, end, undefined)).count;
  }

  decode(text: TextSource, start: number, end: number): RecordTable {
    const known = this.#find(start);
    if (known !== undefined && this.#decoded !== undefined) return this.#decoded.table(known);
    const records = known === undefined ? Records.ofText(end - start) : new Records(known.count, known.bytes);
    const log = this.#read(text, start, end, records);
    if (log.count >= 0) return records.table(log);
    // A record that is cut elsewhere than in the pass may be too long for the module, with all its white space.
    const copy = text.read(start, end);
    return decodeRecords(copy, 0, countRecords(copy, 0));
  }

  /** The log that begins at `start`. */
  #find(start: number): Log | undefined {
    const table = this.#table;
    let low = 0;
    let high = table.length / LOG_WORDS;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (table.at(middle * LOG_WORDS) < start) low = middle + 1;
      else high = middle;
    }
    const row = low * LOG_WORDS;
    return row < table.length && table.at(row) === start ? logOf((word) => table.at(row + word)) : undefined;
  }

  /** Reads the array `[start, end)` of the text, and its records if asked for. */
  #read(text: TextSource, start: number, end: number, records: Records | undefined): Log {
    // Where the text has to be made again, the lease begins with it: one instance does both.
    text.segment(start);
    return this.#lease.use((instance) => {
      const { exports, layout } = instance;
      exports.startLog(start, records !== undefined, this.#integerDigits);
      for (let position = start; position < end; ) {
        const { start: at, bytes } = text.segment(position);
        const most = position + layout.STEP_BYTES;
        const piece = bytes.subarray(position - at, Math.min(end, most) - at);
        instance.bytes.set(piece, exports.logText());
        position += piece.length;
        exports.readLog(piece.length, position === end);
        records?.add(instance);
        if (exports.logCount() > 0) {
          const words = instance.words(layout.LOGS, LOG_WORDS);
          return logOf((word) => words[word]!);
        }
        exports.nextLogPiece();
      }
      return NO_LOG;
    });
  }
}

function logOf(word: (index: number) => number): Log {
  return { count: word(1) | 0, first: word(2), from: word(3), bytes: word(4) };
}
