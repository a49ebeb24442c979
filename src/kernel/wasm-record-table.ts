/**
 * The records of an IO log, stored in ten bytes each beside their payload: what the columns of streams and ends
 * take besides is spent when somebody reads them.
 */

import type { RecordTable } from './kernel.js';

/** Stands for a shape that does not fit in its 16 bits. */
const LONG_SHAPE = 0xffff;

/** Sizes and streams of records: of each, twice the bytes of its payload, plus the stream. */
export interface Shapes {
  readonly short: Uint16Array;
  /** Those that do not fit, by index in {@link short} plus {@link first}. */
  readonly long: ReadonlyMap<number, number>;
  readonly first: number;
}

type Columns = Pick<RecordTable, 'streams' | 'ends'>;

export class CompactTable implements RecordTable {
  readonly count: number;
  readonly delays: Float64Array;
  readonly data: Uint8Array;
  readonly #shapes: Shapes;
  #columns: Columns | undefined;

  constructor(delays: Float64Array, shapes: Shapes, data: Uint8Array) {
    this.count = delays.length;
    this.delays = delays;
    this.data = data;
    this.#shapes = shapes;
  }

  get streams(): Uint8Array {
    return this.#readColumns().streams;
  }

  get ends(): Uint32Array {
    return this.#readColumns().ends;
  }

  #readColumns(): Columns {
    if (this.#columns !== undefined) return this.#columns;
    const { short, long, first } = this.#shapes;
    const streams = new Uint8Array(this.count);
    const ends = new Uint32Array(this.count);
    let end = 0;
    for (let i = 0; i < short.length; i++) {
      const shape = short[i] === LONG_SHAPE ? long.get(first + i)! : short[i]!;
      streams[i] = shape & 1;
      end += shape >>> 1;
      ends[i] = end;
    }
    this.#columns = { streams, ends };
    return this.#columns;
  }
}
