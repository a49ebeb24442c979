/** Collecting records column by column, so that a log of millions of lines is a handful of arrays. */

import type { RecordTable } from '../kernel/kernel.js';
import type { IOLogRecord, StoredRecordHead } from './io-log.js';

/** The streams of a table by number. */
export const STREAM_NAMES: readonly string[] = ['stdout', 'stderr'];
/** The number of all others. */
export const OTHER_STREAM = 2;

const FIRST_ROWS = 64;
const FIRST_BYTES = 4096;

export class RecordTableBuilder {
  /** Delay and stream of the records for which the columns have no room, by index. */
  readonly exceptions = new Map<number, StoredRecordHead>();
  #count = 0;
  #size = 0;
  #delays = new Float64Array(FIRST_ROWS);
  #streams = new Uint8Array(FIRST_ROWS);
  #ends = new Uint32Array(FIRST_ROWS);
  #data = new Uint8Array(FIRST_BYTES);

  add(record: IOLogRecord): void {
    const row = this.#count++;
    if (row === this.#delays.length) this.#growRows();
    this.#delays[row] = record.delay;
    const stream = STREAM_NAMES.indexOf(record.stream);
    this.#streams[row] = stream === -1 ? OTHER_STREAM : stream;
    if (record.stored !== undefined) this.exceptions.set(row, record.stored);
    const end = this.#size + record.data.length;
    if (end > this.#data.length) this.#data = grown(this.#data, Math.max(end, this.#data.length * 2));
    this.#data.set(record.data, this.#size);
    this.#size = end;
    this.#ends[row] = end;
  }

  build(): RecordTable {
    return {
      count: this.#count,
      delays: this.#delays.slice(0, this.#count),
      streams: this.#streams.slice(0, this.#count),
      ends: this.#ends.slice(0, this.#count),
      data: this.#data.slice(0, this.#size),
    };
  }

  #growRows(): void {
    const rows = this.#delays.length * 2;
    const delays = new Float64Array(rows);
    delays.set(this.#delays);
    this.#delays = delays;
    this.#streams = grown(this.#streams, rows);
    const ends = new Uint32Array(rows);
    ends.set(this.#ends);
    this.#ends = ends;
  }
}

function grown(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(size);
  larger.set(bytes);
  return larger;
}
