/** IO logs in canonical form: verdicts and records that the WebAssembly kernel found. */

import type { RecordTable, TextSource } from './kernel.js';
import type { Lease } from './wasm-instances.js';
import type { Exports, Instance } from './wasm-module.js';
import { Store } from './wasm-store.js';

const BLOCK_ITEMS = 1 << 16;
const BLOCK_BYTES = 1 << 20;
const BLOCK_LOGS = 1 << 6;
const LOG_WORDS = 4;
const LONG_SHAPE = 0xffff;
/** Longest delay that is canonical, in bytes. */
const DELAY_BYTES = 300;

/** Records as the kernel reports them, of many logs one after the other. */
class Records {
  readonly #delays = new Store<Float64Array>((length) => new Float64Array(length), BLOCK_ITEMS);
  /** Bytes of payload times two, plus the stream; {@link LONG_SHAPE} for those that do not fit. */
  readonly #shapes = new Store<Uint16Array>((length) => new Uint16Array(length), BLOCK_ITEMS);
  readonly #longShapes = new Map<number, number>();
  readonly #data = new Store<Uint8Array>((length) => new Uint8Array(length), BLOCK_BYTES);

  /** Takes the records of a step. */
  add(instance: Instance): void {
    const { exports } = instance;
    const count = exports.records.value;
    const delays = instance.doubles(exports.DELAYS.value, count);
    if (exports.openDelays.value > 0) convertDelays(instance, delays);
    this.#delays.append(delays);
    this.#shapes.append(instance.halves(exports.SHAPES.value, count));
    const long = instance.words(exports.LONG_SHAPES.value, exports.longShapes.value * 2);
    for (let i = 0; i < long.length; i += 2) this.#longShapes.set(long[i]!, long[i + 1]!);
    this.#data.append(instance.view(exports.PAYLOADS.value, exports.payloadBytes.value));
  }

  /** The table of `count` records from `first` on, whose payloads begin at byte `firstByte`. */
  table(count: number, first: number, firstByte: number): RecordTable {
    const shapes = this.#shapes.slice(first, first + count);
    const streams = new Uint8Array(count);
    const ends = new Uint32Array(count);
    let end = 0;
    for (let i = 0; i < count; i++) {
      const shape = shapes[i] === LONG_SHAPE ? this.#longShapes.get(first + i)! : shapes[i]!;
      streams[i] = shape & 1;
      end += shape >>> 1;
      ends[i] = end;
    }
    const data = this.#data.slice(firstByte, firstByte + end);
    return { count, delays: this.#delays.slice(first, first + count), streams, ends, data };
  }
}

/** Converts the literals that were left open: each is a NaN whose lower half is its offset in the text. */
function convertDelays(instance: Instance, delays: Float64Array): void {
  const words = new Uint32Array(delays.buffer, delays.byteOffset, delays.length * 2);
  const shift = instance.exports.shift.value;
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

  constructor(lease: Lease, integerDigits: number, decode: boolean) {
    this.#lease = lease;
    this.#integerDigits = Math.min(integerDigits, 0xffffffff);
    this.#decoded = decode ? new Records() : undefined;
  }

  /** Takes the logs and records of a step. */
  add(): void {
    const { instance } = this.#lease;
    const { exports } = instance;
    const count = exports.logs.value;
    if (count > 0) this.#table.append(instance.words(exports.LOGS.value, count * LOG_WORDS));
    this.#decoded?.add(instance);
  }

  count(text: TextSource, start: number, end: number): number {
    const row = this.#find(start);
    return row === undefined ? this.#read(text, start, end, undefined) : row[1]! | 0;
  }

  decode(text: TextSource, start: number, end: number): RecordTable {
    const row = this.#decoded && this.#find(start);
    if (row !== undefined) return this.#decoded!.table(row[1]!, row[2]!, row[3]!);
    const records = new Records();
    const count = this.#read(text, start, end, records);
    return records.table(count, 0, 0);
  }

  /** The row of the log that begins at `start`: start, count, first record, first byte. */
  #find(start: number): Uint32Array | undefined {
    let low = 0;
    let high = this.#table.length / LOG_WORDS;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = this.#table.run(middle * LOG_WORDS, middle * LOG_WORDS + LOG_WORDS);
      if (row[0] === start) return row;
      if (row[0]! < start) low = middle + 1;
      else high = middle;
    }
    return undefined;
  }

  /** Reads the array `[start, end)` of the text; its count or -1, and its records if asked for. */
  #read(text: TextSource, start: number, end: number, records: Records | undefined): number {
    return this.#lease.use((instance) => {
      const { exports } = instance;
      exports.startLog(start, records !== undefined, this.#integerDigits);
      for (let position = start; position < end; ) {
        const { start: at, bytes } = text.segment(position);
        const most = position + exports.STEP_BYTES.value;
        const piece = bytes.subarray(position - at, Math.min(end, most) - at);
        instance.bytes.set(piece, exports.logText());
        position += piece.length;
        exports.readLog(piece.length, position === end);
        records?.add(instance);
        if (exports.logs.value > 0) return firstCount(instance, exports);
        exports.nextLogPiece();
      }
      return -1;
    });
  }
}

function firstCount(instance: Instance, exports: Exports): number {
  return instance.words(exports.LOGS.value, LOG_WORDS)[1]! | 0;
}
