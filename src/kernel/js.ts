/** The JS kernel: for small sessions, and where WebAssembly is absent or refused. */

import { faults } from './faults.js';
import { concatenate, unpackMembers } from './js-gzip.js';
import { countRecords, decodeRecords } from './js-records.js';
import { scanJson } from './js-scan.js';
import { validateUtf8 } from './js-utf8.js';
import {
  indexDepthFor,
  type Kernel,
  type Member,
  type ResolvedLimits,
  type Scan,
  type ScannedText,
  type ScanOptions,
  type ScanProgress,
  type TextSource,
} from './kernel.js';
import { jsSha256 } from './sha256.js';

const DIGEST_BYTES = 32;

export const jsKernel: Kernel = {
  name: 'js',
  begin: (options) => new JsScan(options),
  sha256: jsSha256,
  differingDigests(left, right) {
    const rows: number[] = [];
    for (let row = 0; row * DIGEST_BYTES < left.length; row++) {
      const start = row * DIGEST_BYTES;
      let same = true;
      for (let i = start; i < start + DIGEST_BYTES; i++) same &&= left[i] === right[i];
      if (!same) rows.push(row);
    }
    return Uint32Array.from(rows);
  },
};

class JsScan implements Scan {
  readonly #options: ScanOptions;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(options: ScanOptions) {
    this.#options = options;
  }

  push(chunk: Uint8Array): void {
    const { inputBytes } = this.#options.limits;
    this.#length += chunk.length;
    if (this.#length > inputBytes) throw faults.inputTooLong(inputBytes);
    this.#chunks.push(chunk);
  }

  *finish() {
    const { limits, dropDepth } = this.#options;
    const { members, text } = yield* unpackMembers(this.#takeInput(), limits.textBytes);
    yield* validateUtf8(text);
    return yield* scanText(text, members, limits, indexDepthFor(dropDepth));
  }

  #takeInput(): Uint8Array {
    const chunks = this.#chunks.splice(0);
    if (chunks.length === 1) return chunks[0]!;
    return concatenate(chunks, this.#length);
  }
}

/**
 * Scans a text that is valid UTF-8.
 *
 * @param indexDepth depth to which containers are indexed
 * @throws DataError of a `json-*` code at the first fault
 */
export function* scanText(
  text: Uint8Array,
  members: readonly Member[],
  limits: ResolvedLimits,
  indexDepth: number,
): Generator<ScanProgress, ScannedText, void> {
  const { root, spans } = yield* scanJson(text, limits, indexDepth);
  return {
    kernel: 'js',
    members,
    text: wholeText(text),
    root,
    spans,
    countRecords: (start) => countRecords(text, start),
    decodeRecords: (start) => decodeRecords(text, start, countRecords(text, start)),
    dispose: () => {},
  };
}

/** A text that is in memory as one piece. */
export function wholeText(bytes: Uint8Array): TextSource {
  return {
    length: bytes.length,
    read: (start, end) => bytes.subarray(start, end),
    segment: () => ({ start: 0, bytes, lasts: true }),
  };
}
