/** Writing the gzip envelope of a session (spec `format.md` 1.1). */

import { Deflate } from 'fflate';
import { crc32 } from '../kernel/js-crc32.js';
import { concatenate } from '../kernel/js-gzip.js';

/** Magic, deflate, no flags, no time stamp (spec `deviations.md` C), maximum compression, unknown system. */
const HEADER: readonly number[] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 0xff];
const TRAILER_BYTES = 8;

/**
 * One gzip member, compressed piece by piece at level 9. The outcome depends on how the content is cut: equal
 * content in equal pieces gives equal bytes.
 */
export class GzipWriter {
  readonly #pieces: Uint8Array[] = [Uint8Array.from(HEADER)];
  readonly #deflate = new Deflate({ level: 9, mem: 8 }, (piece) => this.#pieces.push(piece));
  #crc = 0;
  #size = 0;

  /** The bytes are copied: the caller may change them afterwards. */
  push(bytes: Uint8Array): void {
    this.#crc = crc32(this.#crc, bytes);
    this.#size += bytes.length;
    this.#deflate.push(bytes, false);
  }

  /** The whole member. */
  finish(): Uint8Array {
    this.#deflate.push(new Uint8Array(0), true);
    const trailer = new Uint8Array(TRAILER_BYTES);
    const view = new DataView(trailer.buffer);
    view.setUint32(0, this.#crc, true);
    view.setUint32(4, this.#size % 2 ** 32, true);
    this.#pieces.push(trailer);
    return concatenate(
      this.#pieces,
      this.#pieces.reduce((size, piece) => size + piece.length, 0),
    );
  }
}
