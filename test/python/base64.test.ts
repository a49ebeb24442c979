import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiBytes, decodeBase64, decodeStrictBase64, encodeBase64 } from '../../src/python/base64.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decode(text: string): string | undefined {
  const data = decodeBase64(asciiBytes(text)!);
  return data && Buffer.from(data).toString('latin1');
}

/** The rules of resume.md 6.4, word by word, on bits. */
function modelDecode(text: string): number[] | undefined {
  let bits = '';
  let held = 0;
  let pads = 0;
  for (const character of text) {
    if (character === '=') {
      if (held < 2) continue;
      pads++;
      if (held + pads >= 4) return toBytes(bits);
      continue;
    }
    const value = ALPHABET.indexOf(character);
    if (value < 0) continue;
    pads = 0;
    bits += value.toString(2).padStart(6, '0');
    held = (held + 1) % 4;
  }
  return held === 0 ? toBytes(bits) : undefined;
}

function toBytes(bits: string): number[] {
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, i) =>
    Number.parseInt(bits.slice(i * 8, i * 8 + 8), 2),
  );
}

describe('lenient base64 (resume.md 6.4)', () => {
  it.each([
    ['YQ==', 'a'],
    ['Y Q = =', 'a'],
    ['=YQ==', 'a'],
    ['YQ==YQ==', 'a'],
    ['\0aGVsbG8=', 'hello'],
    ['aGVsbG8====', 'hello'],
    ['YWI=YWI=', 'ab'],
    ['abcd=', '\x69\xb7\x1d'],
    ['', ''],
    ['====', ''],
  ])('%j -> %j', (text, expected) => {
    expect(decode(text)).toBe(expected);
  });

  it.each(['a', 'ab', 'abc', 'YQ', '==broken', 'YQ=junk=', '_-8='])('%j is an error', (text) => {
    expect(decode(text)).toBeUndefined();
  });

  it('does what the rules say, on any text', () => {
    const text = fc.string({
      unit: fc.constantFrom(...ALPHABET.slice(0, 9), '+', '/', '=', '=', '=', ' ', '-', '\n'),
    });
    fc.assert(
      fc.property(text, (sample) => {
        const data = decodeBase64(asciiBytes(sample)!);
        expect(data && [...data]).toEqual(modelDecode(sample));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads back what it writes, strictly', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeStrictBase64(asciiBytes(text)!)).toEqual(bytes);
      }),
    );
  });

  it('writes texts of several pieces', () => {
    const bytes = new Uint8Array(40_000).map((_, i) => (i * 31) & 0xff);
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });

  it('tells text that is not ASCII', () => {
    expect(asciiBytes('YQ==é')).toBeUndefined();
    expect(asciiBytes('\x7f')).toEqual(Uint8Array.of(0x7f));
  });
});
