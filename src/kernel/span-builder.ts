/** Building the structural index while containers open and close. */

import { SPAN_BYTES, type SpanIndex } from './kernel.js';

const FIRST_CAPACITY = 64;

/** Grows the columns of a {@link SpanIndex}; short containers are taken out again when they close. */
export class SpanBuilder {
  #count = 0;
  #starts = new Uint32Array(FIRST_CAPACITY);
  #ends = new Uint32Array(FIRST_CAPACITY);
  #children = new Uint32Array(FIRST_CAPACITY);
  #depth = -1;
  /** Row of the open container of each indexed depth. */
  readonly #open: Uint32Array;
  readonly #indexDepth: number;

  /** @param indexDepth depth to which containers are indexed */
  constructor(indexDepth: number) {
    this.#indexDepth = indexDepth;
    this.#open = new Uint32Array(indexDepth + 1);
  }

  open(start: number): void {
    if (++this.#depth > this.#indexDepth) return;
    if (this.#count === this.#starts.length) this.#grow();
    this.#open[this.#depth] = this.#count;
    this.#starts[this.#count] = start;
    this.#children[this.#count] = 0;
    this.#count++;
  }

  /** Counts an item or member of the innermost open container. */
  child(): void {
    if (this.#depth <= this.#indexDepth) this.#children[this.#open[this.#depth]!]!++;
  }

  close(end: number): void {
    if (this.#depth-- > this.#indexDepth) return;
    const row = this.#open[this.#depth + 1]!;
    // Everything inside a short container is short too, so the rows behind this one are gone already.
    if (end - this.#starts[row]! < SPAN_BYTES) this.#count = row;
    else this.#ends[row] = end;
  }

  finish(): SpanIndex {
    return {
      count: this.#count,
      starts: this.#starts.slice(0, this.#count),
      ends: this.#ends.slice(0, this.#count),
      children: this.#children.slice(0, this.#count),
    };
  }

  #grow(): void {
    const capacity = this.#starts.length * 2;
    const grown = (column: Uint32Array) => {
      const wider = new Uint32Array(capacity);
      wider.set(column);
      return wider;
    };
    this.#starts = grown(this.#starts);
    this.#ends = grown(this.#ends);
    this.#children = grown(this.#children);
  }
}
