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
  for (let position = 0, stop = 0; position < text.length; ) {
    stop = Math.min(stop + STEP_BYTES, text.length);
    position = skipWellFormed(text, position, stop);
    if (position < text.length) yield { stage: 'scan', loaded: position >> 1, total: text.length };
  }
}

/** Checks the sequences that begin in `[start, stop)`; where the last of them ends. */
function skipWellFormed(text: Uint8Array, start: number, stop: number): number {
  // Plain ASCII is passed by words; they begin where the memory is aligned to them.
  const firstWord = -text.byteOffset & 3;
  const words =
    stop < firstWord + 4
      ? new Uint32Array(0)
      : new Uint32Array(text.buffer, text.byteOffset + firstWord, (stop - firstWord) >> 2);
  let p = start;
  while (p < stop) {
    if (text[p]! >= 0x80) {
      const length = sequenceLength(text, p);
      if (length === 0) throw faults.notUtf8(p);
      p += length;
    } else if (((p - firstWord) & 3) !== 0) {
      p++;
    } else {
      let word = (p - firstWord) >> 2;
      while (word < words.length && (words[word]! & 0x80808080) === 0) word++;
      p = Math.max(p + 1, word * 4 + firstWord);
    }
  }
  return p;
}

/** Length of the well-formed multi-byte sequence at `p` (RFC 3629 section 4), or 0. */
export function sequenceLength(text: Uint8Array, p: number): number {
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
