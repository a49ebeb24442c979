/** Prefix codes of deflate (RFC 1951 section 3.2) for the JS kernel: tables that tell what a symbol means. */

/** Codes up to this length are found in one look-up, longer ones bit by bit. */
const TABLE_BITS = 10;
const TABLE_MASK = (1 << TABLE_BITS) - 1;
const MAX_BITS = 15;

/** How much of the code space a set of code lengths fills. */
export type Completeness = 'complete' | 'single' | 'empty' | 'incomplete' | 'oversubscribed';

/**
 * A code and what its symbols mean. Bits 0 to 3 of an entry are the length of the code in bits (0: no code), the
 * bits above are the symbol's meaning as the caller gave it.
 */
export class PrefixCode {
  /** Indexed by the next {@link TABLE_BITS} bits; 0 where the code is longer, or none. */
  readonly #table = new Uint32Array(1 << TABLE_BITS);
  readonly #meanings: ArrayLike<number>;
  /** Number of codes of each length, and the first code and row in {@link #sorted} of each. */
  readonly #counts = new Uint16Array(MAX_BITS + 1);
  readonly #firsts = new Uint16Array(MAX_BITS + 1);
  readonly #rows = new Uint16Array(MAX_BITS + 1);
  /** Symbols in the order of their codes. */
  readonly #sorted: Uint16Array;

  /** @param meanings of the symbols; a multiple of 16 each */
  constructor(meanings: ArrayLike<number>) {
    this.#meanings = meanings;
    this.#sorted = new Uint16Array(meanings.length);
  }

  /** Makes this the canonical code (RFC 1951 section 3.2.2) of the lengths `[start, end)`, if they are sound. */
  assign(lengths: Uint8Array, start: number, end: number): Completeness {
    const counts = this.#counts.fill(0);
    for (let i = start; i < end; i++) counts[lengths[i]!]!++;
    counts[0] = 0;
    let used = 0;
    for (let length = 1; length <= MAX_BITS; length++) {
      this.#firsts[length] = (this.#firsts[length - 1]! + counts[length - 1]!) << 1;
      this.#rows[length] = this.#rows[length - 1]! + counts[length - 1]!;
      used += counts[length]! << (MAX_BITS - length);
    }
    if (used > 1 << MAX_BITS) return 'oversubscribed';
    this.#fill(lengths, start, end);
    if (used === 1 << MAX_BITS) return 'complete';
    if (used === 0) return 'empty';
    return used === 1 << (MAX_BITS - 1) && counts[1] === 1 ? 'single' : 'incomplete';
  }

  #fill(lengths: Uint8Array, start: number, end: number): void {
    const table = this.#table.fill(0);
    const next = new Uint16Array(MAX_BITS + 1);
    for (let i = start; i < end; i++) {
      const length = lengths[i]!;
      if (length === 0) continue;
      const symbol = i - start;
      const place = next[length]!++;
      this.#sorted[this.#rows[length]! + place] = symbol;
      if (length > TABLE_BITS) continue;
      const entry = this.#meanings[symbol]! | length;
      const step = 1 << length;
      for (let j = reverse(this.#firsts[length]! + place, length); j < table.length; j += step)
        table[j] = entry;
    }
  }

  /** The entry of the symbol with which `bits` begins, least significant first; 0 when no code fits. */
  find(bits: number): number {
    return this.#table[bits & TABLE_MASK]! || this.#findLong(bits);
  }

  #findLong(bits: number): number {
    let code = reverse(bits, TABLE_BITS);
    for (let length = TABLE_BITS + 1; length <= MAX_BITS; length++) {
      code = (code << 1) | ((bits >>> (length - 1)) & 1);
      const place = code - this.#firsts[length]!;
      if (place < this.#counts[length]!) {
        return this.#meanings[this.#sorted[this.#rows[length]! + place]!]! | length;
      }
    }
    return 0;
  }
}

/** The lowest `length` bits (at most 15) of a code, in the other order. */
function reverse(code: number, length: number): number {
  let r = ((code & 0x5555) << 1) | ((code >> 1) & 0x5555);
  r = ((r & 0x3333) << 2) | ((r >> 2) & 0x3333);
  r = ((r & 0x0f0f) << 4) | ((r >> 4) & 0x0f0f);
  r = ((r & 0x00ff) << 8) | (r >> 8);
  return r >> (16 - length);
}
