/**
 * A seeded generator of pseudo-random numbers (sfc32: three words of state and a counter), so that every
 * machine makes the same archives.
 */
export class Random {
  #a;
  #b;
  #c = 0x9e3779b9;
  #counter = 1;

  /** @param {string} seed any text; equal texts give equal sequences */
  constructor(seed) {
    let hash = 0x811c9dc5;
    for (const letter of seed) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193);
    this.#a = hash;
    this.#b = ~hash;
    for (let i = 0; i < 16; i++) this.word();
  }

  /** 32 random bits. */
  word() {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** An integer of `[0, bound)`. */
  below(bound) {
    return Math.floor((this.word() / 2 ** 32) * bound);
  }

  /** An integer of `[low, high]`. */
  between(low, high) {
    return low + this.below(high - low + 1);
  }

  /** True with the probability `p`. */
  chance(p) {
    return this.word() < p * 2 ** 32;
  }

  /**
   * @template T
   * @param {readonly T[]} list
   * @returns {T}
   */
  pick(list) {
    return list[this.below(list.length)];
  }

  /** An item of a list, the first ones much more often: most logs repeat few words and know many. */
  pickEarly(list) {
    const u = this.word() / 2 ** 32;
    return list[Math.floor(u * u * u * list.length)];
  }

  /** `digits` lower-case hexadecimal digits. */
  hex(digits) {
    let text = '';
    while (text.length < digits) text += this.word().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }

  /** A float of `[0, 1)` with all its digits, as a time measured by a clock. */
  fraction() {
    return (this.word() * 2 ** 21 + (this.word() >>> 11)) / 2 ** 53;
  }
}
