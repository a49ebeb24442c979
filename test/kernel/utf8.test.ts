/** UTF-8 checked in place, wherever in memory a text begins. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateUtf8 } from '../../src/kernel/js-utf8.js';

/** Offset of the first ill-formed sequence as TextDecoder sees it, or -1. */
function firstFault(bytes: Uint8Array): number {
  for (let p = 0; p < bytes.length; ) {
    const length = [1, 2, 3, 4].find((n) => isWellFormed(bytes.subarray(p, p + n)));
    if (length === undefined) return p;
    p += length;
  }
  return -1;
}

function isWellFormed(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

describe('validateUtf8', () => {
  it('finds what TextDecoder finds at every alignment', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }).map((text) => new TextEncoder().encode(text)),
      fc.nat(40).map((length) => new Uint8Array(length).fill(0x61)),
      fc.uint8Array({ maxLength: 2 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.nat(8), (pieces, shift) => {
        const content = pieces.flatMap((bytes) => [...bytes]);
        const text = Uint8Array.from([...Array<number>(shift).fill(0), ...content]).subarray(shift);
        let offset = -1;
        try {
          for (const _step of validateUtf8(text));
        } catch (error) {
          offset = (error as { offset: number }).offset;
        }
        expect(offset).toBe(firstFault(text));
      }),
      { numRuns: 500 },
    );
  });
});
