/** Numbers that arrive in pieces and stay: stored in blocks, so that growing never copies. */

type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

export class Store<T extends Column> {
  #make: (length: number) => T;
  #block: number;
  #blocks: T[] = [];
  #length = 0;

  /** @param block items of a block */
  constructor(make: (length: number) => T, block: number) {
    this.#make = make;
    this.#block = block;
  }

  get length(): number {
    return this.#length;
  }

  append(items: T): void {
    for (let done = 0; done < items.length; ) {
      const at = this.#length % this.#block;
      if (at === 0) this.#blocks.push(this.#make(this.#block));
      const piece = items.subarray(done, done + this.#block - at);
      this.#blocks[this.#blocks.length - 1]!.set(piece, at);
      done += piece.length;
      this.#length += piece.length;
    }
  }

  at(index: number): number {
    const block = Math.floor(index / this.#block);
    return this.#blocks[block]![index - block * this.#block]!;
  }

  /** The longest run of items from `start` on that lies in one block, at most up to `end`. */
  run(start: number, end: number): T {
    const block = Math.floor(start / this.#block);
    const from = start - block * this.#block;
    return this.#blocks[block]!.subarray(from, from + end - start) as T;
  }

  /** The items around `index` that lie in its block, of those in `[start, end)`. */
  around(index: number, start: number, end: number): { readonly start: number; readonly items: T } {
    const first = Math.max(start, index - (index % this.#block));
    return { start: first, items: this.run(first, end) };
  }

  /** The items `[start, end)`: a view when they lie in one block, else a copy. */
  slice(start: number, end: number): T {
    if (start === end) return this.#make(0);
    const run = this.run(start, end);
    if (run.length === end - start) return run;
    const whole = this.#make(end - start);
    for (let position = start; position < end; ) {
      const piece = this.run(position, end);
      whole.set(piece, position - start);
      position += piece.length;
    }
    return whole;
  }
}
