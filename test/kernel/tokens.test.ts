/** The tokenizer against Python's dialect of JSON (spec `format.md` 1.3). */

import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorruptedSessionError, type Limits, unpackEnvelopeSync } from '../../src/index.js';
import type { PyValue } from '../../src/python/value.js';
import { kernels } from '../kernels.js';

describe.each(kernels.map((kernel) => [kernel.name, kernel] as const))(
  'tokens, kernel %s',
  (_name, kernel) => {
    const parse = (text: string | Uint8Array, limits: Limits = {}): PyValue =>
      unpackEnvelopeSync(gzipSync(text), { kernel, limits }).toPython();
    const faultOf = (text: string | Uint8Array, limits: Limits = {}): [string, number | undefined] => {
      try {
        parse(text, limits);
      } catch (error) {
        if (!(error instanceof CorruptedSessionError)) throw error;
        return [error.code, error.offset];
      }
      throw new Error(`accepted: ${text.slice(0, 50)}`);
    };

    it.each<[string, PyValue]>([
      ['1', 1n],
      ['-0', 0n],
      ['-0.0', -0],
      ['1e1', 10],
      ['5.0', 5],
      ['1E+2', 100],
      ['1e400', Number.POSITIVE_INFINITY],
      ['NaN', Number.NaN],
      ['Infinity', Number.POSITIVE_INFINITY],
      ['-Infinity', Number.NEGATIVE_INFINITY],
      ['123456789012345678901234567890', 123456789012345678901234567890n],
      [' \t\r\n[ true , false , null ] \n', [true, false, null]],
      ['"a\\u00e9\\ud83c\\udf89\\ud800\\n\\/\\"\\\\"', 'a\u00e9\u{1f389}\ud800\n/"\\'],
      ['"\u007f\u2028\u{1f389}"', '\u007f\u2028\u{1f389}'],
      [
        '{"a":1,"b":2,"a":3}',
        new Map([
          ['a', 3n],
          ['b', 2n],
        ]),
      ],
      ['{"__proto__":{"x":1}}', new Map([['__proto__', new Map([['x', 1n]])]])],
      ['{}', new Map()],
      ['[[],{},[{}]]', [[], new Map(), [new Map()]]],
    ])('reads %s', (text, value) => {
      expect(parse(text)).toStrictEqual(value);
    });

    it.each<[string, number]>([
      ['', 0],
      ['  ', 2],
      ['\ufeff{}', 0],
      ['{} x', 3],
      ['[1,]', 3],
      ['[1 2]', 3],
      ['[,1]', 1],
      ['{"a" 1}', 5],
      ['{"a":1,}', 7],
      ['{a:1}', 1],
      ['{"a":1 "b":2}', 7],
      ['[1', 2],
      ['{"a":', 5],
      ['"abc', 4],
      ['"a\nb"', 2],
      ['"\\x"', 1],
      ['"\\u12g4"', 1],
      ['01', 1],
      ['-', 1],
      ['-NaN', 1],
      ['1.', 2],
      ['1e', 2],
      ['.5', 0],
      ['+1', 0],
      ['tru', 0],
      ['nul', 0],
      ['Nan', 0],
      ['infinity', 0],
      ['[1}', 2],
      ['\u00a01', 0],
      ['\f1', 0],
      ["'a'", 0],
    ])('refuses %j at byte %i', (text, offset) => {
      expect(faultOf(text)).toStrictEqual(['json-syntax', offset]);
    });

    it.each<[string, number[], number]>([
      ['overlong', [0x22, 0xc0, 0xaf, 0x22], 1],
      ['encoded surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22], 1],
      ['above U+10FFFF', [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], 1],
      ['lone continuation', [0x22, 0x61, 0x80, 0x22], 2],
      ['cut sequence', [0x22, 0xe2, 0x82], 1],
      ['bad UTF-8 behind bad JSON', [0x78, 0x20, 0xff], 2],
    ])('refuses bad UTF-8: %s', (_what, bytes, offset) => {
      expect(faultOf(Uint8Array.from(bytes))).toStrictEqual(['text-not-utf8', offset]);
    });

    it('bounds the depth and the digits of integers', () => {
      const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
      expect(parse(nested(1000))).toBeInstanceOf(Array);
      expect(faultOf(nested(1001))).toStrictEqual(['json-too-deep', 1000]);
      expect(faultOf(nested(4), { depth: 3 })).toStrictEqual(['json-too-deep', 3]);
      expect(parse('9'.repeat(4300))).toBe(BigInt('9'.repeat(4300)));
      expect(faultOf(`[-${'9'.repeat(4301)}]`)).toStrictEqual(['json-integer-too-long', 1]);
      expect(parse(`${'9'.repeat(5000)}.0`)).toBe(Number.POSITIVE_INFINITY);
    });

    it('reads what JSON.stringify writes', () => {
      fc.assert(
        fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(3), (value, indent) => {
          const text = JSON.stringify(value, undefined, indent);
          // JSON.parse has no exact form for large integers.
          const exact = unpackEnvelopeSync(gzipSync(text), { kernel }).toJS();
          const rounded = JSON.stringify(exact, (_key, item) =>
            typeof item === 'bigint' ? Number(item) : item,
          );
          expect(JSON.parse(rounded)).toStrictEqual(JSON.parse(text));
        }),
        { numRuns: 300 },
      );
    });

    it('refuses exactly what JSON.parse and strict UTF-8 refuse, the extensions apart', () => {
      const seeds = [
        '{"a":[1,-2.5e-3,"x\\u00e9\\n",true,false,null],"\u00e9\u{1f389}":{}}',
        `{"k":[${'[0.1,"stdout","YWJj"],'.repeat(20)}1]}`,
      ].map((text) => Buffer.from(text));
      const mutation = fc.tuple(fc.nat(), fc.nat(255));
      fc.assert(
        fc.property(
          fc.constantFrom(...seeds),
          fc.array(mutation, { minLength: 1, maxLength: 3 }),
          (seed, changes) => {
            const bytes = Uint8Array.from(seed);
            for (const [where, byte] of changes) bytes[where % bytes.length] = byte;
            let expected: 'text-not-utf8' | 'json' | 'ok' = 'ok';
            try {
              const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
              expected = 'json';
              JSON.parse(text);
              expected = 'ok';
            } catch {
              if (expected === 'ok') expected = 'text-not-utf8';
            }
            let actual: string = 'ok';
            try {
              unpackEnvelopeSync(gzipSync(bytes, { level: 0 }), { kernel });
            } catch (error) {
              actual = (error as CorruptedSessionError).code;
            }
            expect(actual.startsWith('json') ? 'json' : actual).toBe(expected);
          },
        ),
        { numRuns: 3000 },
      );
    });
  },
);
