/** The structural index as the WebAssembly kernel reports it: closed containers with their rows. */

import type { SpanIndex } from './kernel.js';
import type { Instance } from './wasm-module.js';
import type { Container } from './wasm-text.js';

/** Row, start, end, children, depth. */
const SPAN_WORDS = 5;

const NOTHING = new Uint32Array(0);

export class SpanTable {
  #count = 0;
  #starts = NOTHING;
  #ends = NOTHING;
  #children = NOTHING;

  /** Takes the spans of a step; returns those of one depth. */
  add(instance: Instance, depth: number): Container[] {
    const { exports, layout } = instance;
    const count = exports.spanCount();
    const words = instance.words(layout.SPANS, count * SPAN_WORDS);
    if (this.#starts.length === 0) this.#grow(count);
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
    const count = this.#count;
    const filled = (column: Uint32Array) => (column.length === count ? column : column.slice(0, count));
    return {
      count,
      starts: filled(this.#starts),
      ends: filled(this.#ends),
      children: filled(this.#children),
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
