/** Looking for a text in a whole log without holding it. */

import type { IOLogRecord } from '../results/io-log.js';

/** Characters that are looked through at once. */
const CHUNK_CHARACTERS = 1 << 18;

/** Looks for a text in one stream, without regard to case. */
export class StreamSearch {
  readonly #needle: string;
  readonly #decoder = new TextDecoder();
  /** What the text may begin with. */
  #before = '';

  constructor(text: string) {
    this.#needle = text.toLowerCase();
  }

  /** Whether the text ends in the next record; it may begin in those before. */
  endsIn(data: Uint8Array): boolean {
    const text = this.#before + this.#decoder.decode(data, { stream: true }).toLowerCase();
    this.#before = this.#needle.length > 1 ? text.slice(1 - this.#needle.length) : '';
    return text.includes(this.#needle);
  }
}

/** Whether the text occurs in the output, without regard to case; it may run over records. */
export function logHasText(log: Iterable<IOLogRecord>, text: string): boolean {
  const needle = text.toLowerCase();
  const decoder = new TextDecoder();
  let chunk = '';
  for (const { data } of log) {
    chunk += decoder.decode(data, { stream: true });
    if (chunk.length < CHUNK_CHARACTERS) continue;
    if (chunk.toLowerCase().includes(needle)) return true;
    chunk = needle.length > 1 ? chunk.slice(1 - needle.length) : '';
  }
  return chunk.toLowerCase().includes(needle);
}
