/** gzip and deflate in the WebAssembly kernel: the same outcome as the JS kernel, byte for byte. */

import { constants, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { generator, jsKernel, outcome, sampleText, scan, wasmKernels } from './wasm-support.js';

const text = Buffer.from(sampleText(1, 12));
const strategies = {
  default: constants.Z_DEFAULT_STRATEGY,
  fixed: constants.Z_FIXED,
  'Huffman only': constants.Z_HUFFMAN_ONLY,
  'run lengths': constants.Z_RLE,
};

/** Bits, least significant first, as deflate packs them: `[value, count]`. */
function packBits(...fields: readonly (readonly [number, number])[]): Buffer {
  const bits = fields.flatMap(([value, count]) => Array.from({ length: count }, (_, i) => (value >> i) & 1));
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, i) => {
    bytes[i >> 3]! |= bit << (i & 7);
  });
  return bytes;
}

const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
const deflated = (data: Uint8Array) => Buffer.concat([HEADER, data, Buffer.alloc(24)]);

function expectSame(input: Uint8Array, options = {}): void {
  const wanted = outcome(jsKernel, [input], options);
  for (const kernel of wasmKernels) expect(outcome(kernel, [input], options)).toEqual(wanted);
}

describe.each(wasmKernels)('$name', (kernel) => {
  it('is really WebAssembly', () => {
    expect(scan(kernel, [gzipSync('[]')]).kernel).toBe(kernel.name);
    expect(wasmKernels.map(({ name }) => name)).toEqual(['wasm-simd', 'wasm']);
  });

  it.each(Object.entries(strategies))('inflates what zlib makes with the strategy "%s"', (_, strategy) => {
    for (const level of [0, 1, 6, 9]) {
      const scanned = scan(kernel, [gzipSync(text, { level, strategy })]);
      expect(Buffer.from(scanned.text.read(0, scanned.text.length))).toEqual(text);
    }
  });

  it('copies matches of every distance and length', () => {
    for (let distance = 1; distance < 80; distance++) {
      const period = Array.from({ length: distance }, (_, i) => String.fromCharCode(35 + (i % 50))).join('');
      const content = `"${period.repeat(Math.ceil(700 / distance))}"`;
      const scanned = scan(kernel, [gzipSync(content, { level: 9 })]);
      expect(Buffer.from(scanned.text.read(0, content.length)).toString()).toBe(content);
    }
  });

  it('reads a trailer across the end of its window', () => {
    // The window has 128 KiB; two stored blocks with the headers of both and of the member end shortly before.
    for (let before = 0; before <= 14; before++) {
      const content = `"${'x'.repeat((128 << 10) - 10 - 2 * 5 - 2 - before)}"`;
      const scanned = scan(kernel, [gzipSync(content, { level: 0 })]);
      expect(scanned.text.length).toBe(content.length);
    }
  });

  it('takes the input in chunks of any size', () => {
    const input = gzipSync(text);
    for (const size of [1, 7, 1000]) {
      const chunks = Array.from({ length: Math.ceil(input.length / size) }, (_, i) =>
        input.subarray(i * size, i * size + size),
      );
      expect(outcome(kernel, chunks)).toEqual(outcome(jsKernel, [input]));
    }
  });

  it('reads inputs much larger than its window', () => {
    const next = generator(5);
    const noise = JSON.stringify(Array.from({ length: 200_000 }, () => next(1e9)));
    const scanned = scan(kernel, [gzipSync(noise, { level: 1 })]);
    expect(Buffer.from(scanned.text.read(0, scanned.text.length)).toString()).toBe(noise);
  });
});

describe('both builds agree with the JS kernel', () => {
  it('on a truncation at every byte', () => {
    for (const level of [0, 1, 9]) {
      const input = gzipSync(text.subarray(0, 2500), { level });
      for (let length = 0; length <= input.length; length++) expectSame(input.subarray(0, length));
    }
  });

  it('on each bit of header and trailer, and on bits of the data', () => {
    const input = gzipSync(text.subarray(0, 3000), { level: 9 });
    const flip = (bit: number) => {
      const damaged = Buffer.from(input);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      expectSame(damaged);
    };
    for (let bit = 0; bit < 80; bit++) flip(bit);
    for (let bit = input.length * 8 - 64; bit < input.length * 8; bit++) flip(bit);
    for (let bit = 80; bit < input.length * 8 - 64; bit += 5) flip(bit);
  });

  it('on members, padding, and what follows', () => {
    const [a, b] = [gzipSync(text.subarray(0, 1000)), gzipSync(text.subarray(1000))];
    const zeros = Buffer.alloc(5);
    for (const parts of [
      [a, b],
      [a, zeros, b, zeros],
      [gzipSync(''), a, gzipSync(''), b],
      [a, b, Buffer.from('x')],
      [a, zeros, Buffer.from([0x1f])],
      [a, Buffer.from([0x1f, 0x8b])],
      [a, b, Buffer.from([0x1f, 0x8c])],
      [zeros, a, b],
      [],
      [Buffer.from([0x1f])],
    ]) {
      expectSame(Buffer.concat(parts));
    }
  });

  it('on optional header fields', () => {
    const data = Buffer.concat([deflateRawSync('[]'), gzipSync('[]').subarray(-8)]);
    const fields = [
      Buffer.from([3, 0, 1, 2, 3]),
      Buffer.from('näme\0', 'latin1'),
      Buffer.from('note\0'),
      Buffer.alloc(2),
    ];
    for (let flags = 0; flags < 256; flags++) {
      const header = Buffer.from([0x1f, 0x8b, 8, flags, 1, 2, 3, 4, 0, 3]);
      const wanted = [4, 8, 16, 2].flatMap((flag, i) => (flags & flag ? [fields[i]!] : []));
      const input = Buffer.concat([header, ...wanted, data]);
      expectSame(input);
      expectSame(input.subarray(0, header.length + Buffer.concat(wanted).length - 1));
    }
  });

  it('on more members than one step lists', () => {
    const input = Buffer.concat([
      gzipSync('['),
      ...Array.from({ length: 700 }, () => gzipSync(' ')),
      gzipSync(']'),
    ]);
    expectSame(input);
  });

  it('on codes that zlib refuses', () => {
    const dynamic = (hlit: number, hdist: number, lengths: readonly number[]) =>
      packBits(
        [1, 1],
        [2, 2],
        [hlit, 5],
        [hdist, 5],
        [15, 4],
        ...lengths.map((length) => [length, 3] as const),
      );
    for (const data of [
      packBits([1, 1], [3, 2]),
      packBits([1, 1], [0, 2], [0, 5], [5, 16], [5, 16]),
      dynamic(30, 0, []),
      dynamic(0, 30, []),
      dynamic(0, 0, Array(19).fill(0)),
      dynamic(0, 0, Array(19).fill(1)),
      dynamic(0, 0, [1, ...Array(18).fill(0)]),
      dynamic(0, 0, [1, 0, 0, 1, ...Array(15).fill(0)]),
      // Fixed codes: symbol 286, then distance symbol 30, then a distance before the start.
      packBits([1, 1], [1, 2], [0b01100011, 8]),
      packBits([1, 1], [1, 2], [0b10001100, 8], [0b1000000, 7], [0b01111, 5]),
      packBits([1, 1], [1, 2], [0b10001100, 8], [0b1000000, 7], [0b00010, 5]),
    ]) {
      expectSame(deflated(data));
      expectSame(Buffer.concat([HEADER, data]));
    }
  });

  it('on limits', () => {
    const input = gzipSync(text);
    for (const textBytes of [0, 1, 999, text.length - 1, text.length])
      expectSame(input, { limits: { textBytes } });
    for (const kernel of wasmKernels) {
      expect(() => scan(kernel, [input], { limits: { inputBytes: input.length - 1 } })).toThrow(
        /longer than the limit/,
      );
    }
  });

  it('on what comes first, the limit or the end', () => {
    const short = Buffer.from('{"outcome":"pass","comments":"pass, pass, but \u{1f389}"}');
    for (const strategy of Object.values(strategies)) {
      const input = gzipSync(short, { level: 9, strategy });
      for (let end = 11; end < input.length; end++) {
        for (let textBytes = 0; textBytes <= short.length; textBytes++)
          expectSame(input.subarray(0, end), { limits: { textBytes } });
      }
    }
  });

  it('on random damage', () => {
    const next = generator(11);
    for (let round = 0; round < 1500; round++) {
      const from = next(text.length - 400);
      const strategy = Object.values(strategies)[next(4)]!;
      const level = [0, 1, 6, 9][next(4)]!;
      const input = gzipSync(text.subarray(from, from + 50 + next(2000)), { level, strategy });
      for (let i = 1 + next(3); i > 0; i--) input[10 + next(input.length - 10)] = next(256);
      expectSame(input);
    }
  });
});

it('agrees with zlib on every accepted text', () => {
  const next = generator(3);
  for (let round = 0; round < 200; round++) {
    const content = Buffer.from(
      JSON.stringify(Array.from({ length: next(3000) }, () => next(10 ** next(9)))),
    );
    const input = gzipSync(content, { level: 1 + next(9), memLevel: 1 + next(9), windowBits: 9 + next(7) });
    for (const kernel of wasmKernels) {
      const scanned = scan(kernel, [input]);
      expect(Buffer.from(scanned.text.read(0, scanned.text.length)).equals(gunzipSync(input))).toBe(true);
    }
  }
});
