/** Strict UTF-8 (RFC 3629) for the JS kernel: no overlong forms, no surrogates, nothing above U+10FFFF. */

import { faults } from './faults.js';
import type { ScanProgress } from './kernel.js';

const STEP_BYTES = 8 << 20;

/**
 * Checks a text; pauses every few megabytes.
 *
 * @throws DataError `text-not-utf8` with the offset of the first ill-formed sequence
 */
export function* validateUtf8(text: Uint8Array): Generator<ScanProgress, void, void> {
  const words = new Uint32Array(text.buffer, text.byteOffset, text.byteLength >> 2);
  let position = 0;
  for (let stop = 0; position < text.length; ) {
    stop = Math.min(stop + STEP_BYTES, text.length);
    while (position < stop) {
      if (text[position]! >= 0x80) {
        const length = sequenceLength(text, position);
        if (length === 0) throw faults.notUtf8(position);
        position += length;
      } else {
        position = skipAscii(text, words, position);
      }
    }
    yield { stage: 'scan', loaded: position >> 1, total: text.length };
  }
}

/** First position at or after `position` that may hold a byte of 0x80 or more; words at a time. */
function skipAscii(text: Uint8Array, words: Uint32Array, position: number): number {
  let p = position;
  while (p % 4 !== 0 && p < text.length && text[p]! < 0x80) p++;
  if (p % 4 === 0) {
    let word = p / 4;
    while (word < words.length && (words[word]! & 0x80808080) === 0) word++;
    p = word * 4;
  }
  while (p < text.length && text[p]! < 0x80) p++;
  return p;
}

/** Length of the well-formed multi-byte sequence at `p` (RFC 3629 section 4), or 0. */
function sequenceLength(text: Uint8Array, p: number): number {
  const lead = text[p]!;
  const second = text[p + 1] ?? 0;
  if (lead < 0xc2 || lead > 0xf4 || (second & 0xc0) !== 0x80) return 0;
  if (lead < 0xe0) return 2;
  if (((text[p + 2] ?? 0) & 0xc0) !== 0x80) return 0;
  if (lead < 0xf0) {
    const overlong = lead === 0xe0 && second < 0xa0;
    const surrogate = lead === 0xed && second > 0x9f;
    return overlong || surrogate ? 0 : 3;
  }
  if (((text[p + 3] ?? 0) & 0xc0) !== 0x80) return 0;
  const overlong = lead === 0xf0 && second < 0x90;
  const tooHigh = lead === 0xf4 && second > 0x8f;
  return overlong || tooHigh ? 0 : 4;
}
