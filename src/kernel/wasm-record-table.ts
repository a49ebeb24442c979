/**
 * The records of an IO log, stored in six bytes each beside their payload, or 14 where the delay is odd, as all are
 * in the scalar build: what the columns take is spent when somebody reads them.
 */

import type { RecordTable } from './kernel.js';
import type { Store } from './wasm-store.js';

/** Marks the index of an odd delay. */
const ODD_DELAY = 0x80000000;
const MICROSECONDS = 1e6;
/** Stands for a shape that does not fit in its 16 bits. */
const LONG_SHAPE = 0xffff;

/** Delays of records, most of which are whole microseconds. */
export interface Delays {
  /** Microseconds, or {@link ODD_DELAY} plus an index in {@link odd}. */
  readonly stored: Uint32Array;
  /** Seconds; of all logs. */
  readonly odd: Store<Float64Array>;
}

/** Sizes and streams of records: of each, twice the bytes of its payload, plus the stream. */
export interface Shapes {
  readonly short: Uint16Array;
  /** Those that do not fit, by index in {@link short} plus {@link first}. */
  readonly long: ReadonlyMap<number, number>;
  readonly first: number;
}

type Columns = Pick<RecordTable, 'delays' | 'streams' | 'ends'>;

export class CompactTable implements RecordTable {
  readonly count: number;
  readonly data: Uint8Array;
  readonly #delays: Delays;
  readonly #shapes: Shapes;
  #columns: Columns | undefined;

  constructor(delays: Delays, shapes: Shapes, data: Uint8Array) {
    this.count = delays.stored.length;
    this.data = data;
    this.#delays = delays;
    this.#shapes = shapes;
  }

  get delays(): Float64Array {
    return this.#readColumns().delays;
  }

  get streams(): Uint8Array {
    return this.#readColumns().streams;
  }

  get ends(): Uint32Array {
    return this.#readColumns().ends;
  }

  #readColumns(): Columns {
    if (this.#columns !== undefined) return this.#columns;
    const { stored, odd } = this.#delays;
    const { short, long, first } = this.#shapes;
    const delays = new Float64Array(this.count);
    const streams = new Uint8Array(this.count);
    const ends = new Uint32Array(this.count);
    let end = 0;
    for (let i = 0; i < this.count; i++) {
      const delay = stored[i]!;
      // The quotient is rounded as the decimal fraction itself would be.
      delays[i] = delay < ODD_DELAY ? delay / MICROSECONDS : odd.at(delay - ODD_DELAY);
      const shape = short[i] === LONG_SHAPE ? long.get(first + i)! : short[i]!;
      streams[i] = shape & 1;
      end += shape >>> 1;
      ends[i] = end;
    }
    this.#columns = { delays, streams, ends };
    return this.#columns;
  }
}
