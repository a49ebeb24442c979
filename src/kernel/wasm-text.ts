/**
 * The text of a document, of which only a part is kept: the interiors of large containers are gaps, which are
 * inflated again when somebody reads them.
 */

import type { Segment, TextSource } from './kernel.js';
import { Store } from './wasm-store.js';

/** The first part of every text is kept: small documents have no gaps. */
export const KEPT_BYTES = 256 << 10;
/** Shorter containers make no gap. */
const GAP_BYTES = 4096;
/** Size of the blocks of a text that is larger than one may be. */
const BLOCK_BYTES = 1 << 20;
/** A text up to this size that is kept whole lies in one block. */
const LARGEST_BLOCK = 16 << 20;

/** Makes a gap's text again. */
export interface TextMaker {
  /** The piece of text around `position` that was made. */
  make(position: number): Segment;
}

/** A container of the depth from which text may be dropped, as offsets of its first byte and behind its last. */
export interface Container {
  readonly start: number;
  readonly end: number;
}

/** What a step brought: the text up to `end`, and the containers that may be dropped in it. */
export interface TextStep {
  readonly end: number;
  /** Text of the memory between two offsets that this step or the 32 KiB before it hold. */
  readonly read: (start: number, end: number) => Uint8Array;
  /** Closed in this step, in order. */
  readonly closed: readonly Container[];
  /** Start of the one that is open at the end. */
  readonly open: number | undefined;
}

export class KeptText implements TextSource {
  #maker: TextMaker;
  #length = 0;
  #store: Store<Uint8Array>;
  /** Pieces of text that were kept: offset of the first byte, and how many bytes of the store come before it. */
  #starts: number[] = [];
  #stored: number[] = [];
  /** Everything before is kept or in a gap. */
  #position = 0;
  #inGap = false;

  /** @param expected likely size of what is kept, in bytes */
  constructor(maker: TextMaker, expected: number) {
    this.#maker = maker;
    const block = Math.min(Math.max(expected, 1), LARGEST_BLOCK);
    this.#store = new Store(
      (length) => new Uint8Array(length),
      expected > LARGEST_BLOCK ? BLOCK_BYTES : block,
    );
  }

  get length(): number {
    return this.#length;
  }

  /** Takes what a step brought. */
  add(step: TextStep): void {
    for (const { start, end } of step.closed) {
      if (this.#mayDrop(start, end)) {
        this.#enterGap(start, step);
        this.#position = Math.max(this.#position, end - 1);
        this.#inGap = false;
      }
    }
    if (step.open !== undefined && this.#mayDrop(step.open, step.end)) this.#enterGap(step.open, step);
    else this.#keep(step.end, step);
    this.#length = step.end;
  }

  read(start: number, end: number): Uint8Array {
    const stop = Math.min(end, this.#length);
    if (start >= stop) return new Uint8Array(0);
    const first = this.segment(start);
    if (first.start + first.bytes.length >= stop) {
      return first.bytes.subarray(start - first.start, stop - first.start);
    }
    const whole = new Uint8Array(stop - start);
    for (let position = start; position < stop; ) {
      const { start: at, bytes } = this.segment(position);
      const piece = bytes.subarray(position - at, stop - at);
      whole.set(piece, position - start);
      position += piece.length;
    }
    return whole;
  }

  segment(position: number): Segment {
    const i = this.#pieceBefore(position);
    const start = this.#starts[i];
    if (start === undefined) return this.#maker.make(position);
    const stored = this.#stored[i]!;
    const length = (this.#stored[i + 1] ?? this.#store.length) - stored;
    if (position >= start + length) return this.#maker.make(position);
    const run = this.#store.around(stored + position - start, stored, stored + length);
    return { start: start + run.start - stored, bytes: run.items, lasts: true };
  }

  #mayDrop(start: number, end: number): boolean {
    return end - start > GAP_BYTES && end > KEPT_BYTES;
  }

  #enterGap(start: number, step: TextStep): void {
    if (this.#inGap) return;
    this.#keep(Math.max(start + 1, KEPT_BYTES), step);
    this.#inGap = true;
  }

  #keep(end: number, step: TextStep): void {
    const start = this.#position;
    if (end <= start) return;
    const last = this.#starts.length - 1;
    const isNext = last >= 0 && start === this.#starts[last]! + this.#store.length - this.#stored[last]!;
    if (!isNext) {
      this.#starts.push(start);
      this.#stored.push(this.#store.length);
    }
    this.#store.append(step.read(start, end));
    this.#position = end;
    this.#inGap = false;
  }

  /** Index of the last piece that starts at or before `position`, or -1. */
  #pieceBefore(position: number): number {
    let low = -1;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
