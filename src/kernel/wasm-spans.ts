/** The structural index as the WebAssembly kernel reports it: closed containers with their rows. */

import type { SpanIndex } from './kernel.js';
import type { Instance } from './wasm-module.js';
import type { Container } from './wasm-text.js';

/** Row, start, end, children, depth. */
const SPAN_WORDS = 5;

export class SpanTable {
  #count = 0;
  #starts = new Uint32Array(1 << 8);
  #ends = new Uint32Array(1 << 8);
  #children = new Uint32Array(1 << 8);

  /** Takes the spans of a step; returns those of one depth. */
  add(instance: Instance, depth: number): Container[] {
    const { exports } = instance;
    const count = exports.spans.value;
    const words = instance.words(exports.SPANS.value, count * SPAN_WORDS);
    const found: Container[] = [];
    for (let i = 0; i < words.length; i += SPAN_WORDS) {
      const row = words[i]!;
      const start = words[i + 1]!;
      const end = words[i + 2]!;
      if (row >= this.#starts.length) this.#grow(row + 1);
      this.#starts[row] = start;
      this.#ends[row] = end;
      this.#children[row] = words[i + 3]!;
      if (row >= this.#count) this.#count = row + 1;
      if (words[i + 4] === depth) found.push({ start, end });
    }
    return found;
  }

  finish(): SpanIndex {
    return {
      count: this.#count,
      starts: this.#starts.slice(0, this.#count),
      ends: this.#ends.slice(0, this.#count),
      children: this.#children.slice(0, this.#count),
    };
  }

  #grow(rows: number): void {
    const capacity = Math.max(rows, this.#starts.length * 2);
    const wider = (column: Uint32Array) => {
      const grown = new Uint32Array(capacity);
      grown.set(column);
      return grown;
    };
    this.#starts = wider(this.#starts);
    this.#ends = wider(this.#ends);
    this.#children = wider(this.#children);
  }
}
