/** Looking for a text in a whole log without holding it. */

import type { IOLogRecord } from '../results/io-log.js';

/**
 * Indexes of the records in which the text ends, without regard to case; it may begin in earlier records of the
 * same stream.
 */
export function* recordsWith(log: Iterable<IOLogRecord>, text: string): Generator<number, void> {
  const needle = text.toLowerCase();
  const streams = new Map<string, StreamSearch>();
  let index = 0;
  for (const { stream, data } of log) {
    const search = streams.get(stream) ?? new StreamSearch(needle);
    streams.set(stream, search);
    if (search.endsIn(data)) yield index;
    index++;
  }
}

/** Whether {@link recordsWith} finds any. */
export function logHasText(log: Iterable<IOLogRecord>, text: string): boolean {
  return !recordsWith(log, text).next().done;
}

/** Looks for a text in one stream. */
class StreamSearch {
  readonly #decoder = new TextDecoder();
  /** What the text may begin with. */
  #before = '';

  /** @param needle in lower case */
  constructor(private readonly needle: string) {}

  /** Whether the text ends in the next record. */
  endsIn(data: Uint8Array): boolean {
    const text = this.#before + this.#decoder.decode(data, { stream: true }).toLowerCase();
    this.#before = this.needle.length > 1 ? text.slice(1 - this.needle.length) : '';
    return text.includes(this.needle);
  }
}
