/** Text that is not kept is made again when it is read; what is kept is bounded. */

import { constants, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { TextSource } from '../../src/kernel/kernel.js';
import { generator, sampleText, scan, wasmKernels } from './wasm-support.js';

/** Several megabytes: an array of documents below one member. */
const text = Buffer.from(
  `{"session":{"results":[${Array.from({ length: 90 }, (_, i) => sampleText(i, 60)).join(',')}],"title":"é"},"version":6}`,
);

const half = text.length >> 1;
const inputs = {
  'dynamic codes': gzipSync(text),
  'fixed codes': gzipSync(text, { strategy: constants.Z_FIXED }),
  'Huffman codes only': gzipSync(text, { strategy: constants.Z_HUFFMAN_ONLY }),
  'stored blocks': gzipSync(text, { level: 0 }),
  'two members': Buffer.concat([
    gzipSync(text.subarray(0, half)),
    Buffer.alloc(3),
    gzipSync(text.subarray(half)),
  ]),
  'many members': Buffer.concat(
    Array.from({ length: Math.ceil(text.length / 5000) }, (_, i) =>
      gzipSync(text.subarray(i * 5000, i * 5000 + 5000)),
    ),
  ),
};

function expectPiece(source: TextSource, position: number): number {
  const { start, bytes } = source.segment(position);
  expect(start).toBeLessThanOrEqual(position);
  expect(start + bytes.length).toBeGreaterThan(position);
  expect(text.subarray(start, start + bytes.length).equals(bytes)).toBe(true);
  return start + bytes.length;
}

describe.each(wasmKernels)('$name', (kernel) => {
  describe.each(Object.entries(inputs))('%s', (_, input) => {
    const source = scan(kernel, [input], { dropDepth: 2 }).text;

    it('reads from front to back', () => {
      expect(source.length).toBe(text.length);
      let pieces = 0;
      for (let position = 0; position < text.length; pieces++) position = expectPiece(source, position);
      expect(pieces).toBeLessThan(text.length / 50_000 + 10);
    });

    it('reads anywhere', () => {
      const next = generator(23);
      for (let i = 0; i < 60; i++) {
        const start = next(text.length);
        const end = Math.min(text.length, start + next(i % 10 === 0 ? 900_000 : 9000));
        expect(text.subarray(start, end).equals(source.read(start, end))).toBe(true);
        expectPiece(source, next(text.length));
      }
    });
  });

  it('keeps what is not below the depth in one piece of memory each', () => {
    const source = scan(kernel, [inputs['dynamic codes']], { dropDepth: 2 }).text;
    const tail = text.indexOf('"title"');
    const { start, bytes } = source.segment(tail);
    expect(Buffer.from(bytes.subarray(tail - start)).toString()).toBe(text.subarray(tail).toString());
    expect(start).toBe(tail - 2);
  });

  it('keeps everything when nothing may be dropped', () => {
    const { start, bytes } = scan(kernel, [inputs['dynamic codes']]).text.segment(half);
    expect(start).toBe(0);
    expect(text.equals(bytes)).toBe(true);
  });

  it('says so when the input was changed behind its back', () => {
    const input = Buffer.from(inputs['dynamic codes']);
    const source = scan(kernel, [input], { dropDepth: 2 }).text;
    input.fill(0xff);
    expect(() => source.read(0, text.length)).toThrow('the compressed input was changed');
  });

  it('gives nothing after disposal', () => {
    const scanned = scan(kernel, [inputs['dynamic codes']]);
    scanned.dispose();
    expect(() => scanned.text).toThrow('disposed');
    expect(() => scanned.countRecords(0, 2)).toThrow('disposed');
  });

  it('pauses while it works', () => {
    const scanning = kernel.begin({
      limits: { inputBytes: 1e9, textBytes: 1e9, depth: 1000, integerDigits: 4300 },
      dropDepth: 2,
      decodeLogs: false,
    });
    const big = gzipSync(Buffer.concat([Buffer.alloc(20 << 20, 32), Buffer.from('[]')]));
    scanning.push(big);
    const pauses = [...scanning.finish()];
    expect(pauses.length).toBeGreaterThanOrEqual(4);
    for (const { loaded, total } of pauses) {
      expect(total).toBe(big.length);
      expect(loaded).toBeLessThanOrEqual(total);
    }
  });
});
