/** UTF-8 and Python's JSON dialect in the WebAssembly kernel: the same outcome as the JS kernel. */

import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generator, jsKernel, outcome, sampleText, scan, wasmKernels } from './wasm-support.js';

/** Fast, and no text fits less. */
const packed = (text: string | Uint8Array) => gzipSync(text, { level: 1 });

function expectSame(text: string | Uint8Array, options = {}): void {
  const input = packed(text);
  const wanted = outcome(jsKernel, [input], options);
  for (const kernel of wasmKernels) expect(outcome(kernel, [input], options)).toEqual(wanted);
}

describe('the dialect', () => {
  it.each([
    [
      'scalars',
      ['0', '-0', '5.0', '1e5', '1E+5', '1.5e-3', 'NaN', 'Infinity', '-Infinity', 'true', 'false', 'null'],
    ],
    ['cut words', ['t', 'tru', 'nul', 'Na', 'Infinit', '-', '-I', '-Infinit', 'truex', 'null1', 'NaN"']],
    [
      'numbers',
      ['01', '1.', '.5', '1.e1', '1e', '1e+', '--1', '+1', '1.5.5', '1a', '1"a"', '-x', '0x1', '1 2'],
    ],
    [
      'strings',
      [
        '""',
        '"a',
        '"\\',
        '"\\"',
        '"\\x"',
        '"\\u12"',
        '"\\u12G4"',
        '"\\ud800"',
        '"\\u00e9\\/\\b"',
        '"\x01"',
        '"\n"',
      ],
    ],
    [
      'arrays',
      ['[]', '[ ]', '[1,]', '[,1]', '[1 2]', '[1', '[', ']', '[}', '["a"1]', '[1"a"]', '[\x0b1]', '[1\x0b]'],
    ],
    [
      'objects',
      [
        '{}',
        '{"a":1}',
        '{"a":1,}',
        '{,}',
        '{"a"}',
        '{"a" 1}',
        '{a:1}',
        '{1:1}',
        '{"a":1',
        '{"a":',
        '{"a"',
        '{',
      ],
    ],
    ['white space', [' \t\n\r[] \t\n\r', '\u00a0[]', '\f[]', '', ' ', '\ufeff[]', '[]\0', '[]\u00a0']],
  ])('%s', (_, texts) => {
    for (const text of texts) {
      expectSame(text);
      expectSame(`[${text}]`);
      expectSame(`{"a":${text}}`);
    }
  });

  it('at every place of a block', () => {
    const pieces = [
      '"\\u00e9"',
      '"\\\\\\""',
      '"é漢\u{1f600}"',
      '-1.25e-7',
      'false',
      '{"a":[]}',
      '"\\q"',
      '"\x02"',
      '1x',
      'tru,',
    ];
    for (const piece of pieces)
      for (let pad = 0; pad < 130; pad++) expectSame(`[${' '.repeat(pad)}${piece}]`);
  });

  it('at the ends of chunks and steps', () => {
    for (const edge of [16 << 10, 256 << 10]) {
      for (let back = -140; back < 20; back += 3) {
        const text = `["${'x'.repeat(edge + back)}é\\u0041",12345678901234567890,{"name":[true,null]}]`;
        expectSame(text);
        expectSame(text.replace('\\u0041', '\\u004g'));
        expectSame(text.replace('890,', '890.,'));
      }
    }
  });

  it('with numbers and white space longer than the text in memory', () => {
    const long = '3'.repeat(100_000);
    for (const piece of [
      `1.${long}`,
      `1.${long}.`,
      `1e${long}`,
      `0.${long}e`,
      `-${long}`,
      `${long}.5`,
      `1${' '.repeat(600_000)}x`,
    ]) {
      expectSame(`[${piece}]`);
      expectSame(`[${piece}`);
    }
  });

  it('within the limits of nesting and digits', () => {
    for (const depth of [0, 1, 2, 5, 6, 7, 8, 1000]) {
      for (const levels of [depth - 1, depth, depth + 1].filter((n) => n > 0)) {
        expectSame('['.repeat(levels) + ']'.repeat(levels), { limits: { depth } });
        expectSame('{"io_log":'.repeat(levels), { limits: { depth } });
      }
    }
    const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
    for (const depth of [999_999, 1_000_000, Number.POSITIVE_INFINITY])
      expectSame(deep, { limits: { depth } });
    for (const integerDigits of [1, 3, 40, 4300]) {
      for (const digits of [integerDigits, integerDigits + 1]) {
        const number = '7'.repeat(digits);
        for (const text of [
          number,
          `-${number}`,
          `${number}.5`,
          `${number}e1`,
          `${number}.x`,
          `${number}x`,
        ]) {
          expectSame(`[${text}]`, { limits: { integerDigits } });
        }
      }
    }
  });
});

describe('UTF-8', () => {
  it('every pair of bytes, and what follows the leads', () => {
    for (let first = 0x80; first < 0x100; first++) {
      for (const second of [0x22, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff]) {
        for (const rest of [[], [0x80], [0x80, 0x80], [0xbf, 0xbf, 0xbf]]) {
          expectSame(Uint8Array.from([0x22, first, second, ...rest, 0x22]));
        }
      }
    }
  }, 120_000);

  it('sequences across the ends of blocks, chunks and steps', () => {
    const sequences = [
      [0xc3, 0xa9],
      [0xe2, 0x82, 0xac],
      [0xf0, 0x9f, 0x98, 0x80],
      [0xe2, 0x82],
      [0xf0, 0x9f, 0x98],
      [0x80],
    ];
    for (const edge of [64, 16 << 10, 256 << 10]) {
      for (const sequence of sequences) {
        for (let back = 0; back < 6; back++) {
          const head = Buffer.from(`"${'x'.repeat(edge - back)}`);
          expectSame(Buffer.concat([head, Buffer.from(sequence), Buffer.from('yyy"')]));
        }
      }
    }
  });

  it('comes before a fault of the grammar, behind one of the envelope', () => {
    const text = Buffer.concat([
      Buffer.from(`[1,,${' '.repeat(300_000)}`),
      Buffer.from([0xff]),
      Buffer.from(']'),
    ]);
    expectSame(text);
    const damaged = packed(text);
    damaged[damaged.length - 8]! ^= 1;
    for (const kernel of wasmKernels)
      expect(outcome(kernel, [damaged])).toMatchObject({ code: 'gzip-crc-mismatch' });
  });
});

it('agrees on mutated documents', () => {
  const next = generator(17);
  const inserts = [
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    ' ',
    '\n',
    '\0',
    '\x1f',
    '0',
    '-',
    '.',
    'e',
    'N',
    't',
    'é',
    '=',
  ];
  for (let round = 0; round < 1200; round++) {
    let text = Buffer.from(sampleText(round, next(6)));
    for (let i = 1 + next(2); i > 0; i--) {
      const at = next(text.length);
      const cut = at + next(3);
      text = Buffer.concat([
        text.subarray(0, at),
        Buffer.from(inserts[next(inserts.length)]!),
        text.subarray(cut),
      ]);
    }
    expectSame(text, { dropDepth: next(7), decodeLogs: next(2) === 0 });
  }
});

it('accepts every JSON value, with the index of the JS kernel', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8, noUnicodeString: false }), fc.nat(3), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expectSame(text);
      expect(() => scan(wasmKernels[0]!, [packed(text)])).not.toThrow();
    }),
    { numRuns: 300 },
  );
});
