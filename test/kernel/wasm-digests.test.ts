/** SHA-256 and comparison of digest tables in the WebAssembly kernel. */

import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { wasmKernels } from './wasm-support.js';

describe.each(wasmKernels)('$name', (kernel) => {
  it('digests texts of every length around a block, and of more than its window', () => {
    for (const length of [...Array(200).keys(), 131_071, 131_072, 131_073, 262_144, 500_000]) {
      const bytes = randomBytes(length);
      const wanted = createHash('sha256').update(bytes).digest();
      expect(Buffer.from(kernel.sha256(bytes))).toEqual(wanted);
    }
  });

  it('names the rows that differ', () => {
    for (const rows of [0, 1, 5, 2048, 5000]) {
      const left = randomBytes(rows * 32);
      const right = Buffer.from(left);
      const wanted: number[] = [];
      for (let row = 0; row < rows; row++) {
        if (row % 7 !== 3 && row !== rows - 1) continue;
        right[row * 32 + (row % 32)]! ^= 1 << (row % 8);
        wanted.push(row);
      }
      expect([...kernel.differingDigests(left, right)]).toEqual(wanted);
      expect([...kernel.differingDigests(left, left)]).toEqual([]);
    }
  });
});
