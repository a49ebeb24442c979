/** The compressed input, kept as it came, and the window of it that the WebAssembly kernel sees. */

import type { Instance } from './wasm-module.js';

export class CompressedInput {
  #chunks: Uint8Array[] = [];
  /** Offset of each chunk's first byte. */
  #starts: number[] = [];
  #length = 0;
  /** Offset of the window's first byte. */
  #base = 0;

  /** Length in bytes. */
  get length(): number {
    return this.#length;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#starts.push(this.#length);
    this.#length += chunk.length;
  }

  /** The bytes `[start, end)`, copied to `target` from its index 0 on; as many as there are. */
  copy(start: number, end: number, target: Uint8Array): number {
    let position = start;
    const stop = Math.min(end, this.#length);
    for (let i = this.#indexOf(start); position < stop; i++) {
      const from = position - this.#starts[i]!;
      const piece = this.#chunks[i]!.subarray(from, from + stop - position);
      target.set(piece, position - start);
      position += piece.length;
    }
    return position - start;
  }

  /** Moves the window on to where the instance stopped reading. */
  advance(instance: Instance): void {
    this.seek(instance, this.position(instance));
  }

  /** Offset of the next byte that the instance reads. */
  position(instance: Instance): number {
    return this.#base + instance.exports.inputAddress() - instance.layout.INPUT;
  }

  /** Puts the window at an offset. */
  seek(instance: Instance, offset: number): void {
    const { INPUT, INPUT_BYTES } = instance.layout;
    const window = instance.view(INPUT, INPUT_BYTES);
    const present = this.copy(offset, offset + window.length, window);
    this.#base = offset;
    instance.exports.setWindow(offset, INPUT + present, this.#length - offset - present);
  }

  /**
   * Likely length of the text: as the last member claims it (modulo 2^32), within what deflate can make of the
   * input and hardly shorter than that.
   */
  textBytesHint(): number {
    let claimed = 0;
    for (let i = 1; i <= 4 && i <= this.#length; i++) {
      const chunk = this.#indexOf(this.#length - i);
      claimed = claimed * 256 + this.#chunks[chunk]![this.#length - i - this.#starts[chunk]!]!;
    }
    return Math.min(Math.max(claimed, this.#length), this.#length * 1032);
  }

  /** Index of the chunk that holds an offset. */
  #indexOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
