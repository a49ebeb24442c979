import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Simdjson, type SimdjsonError } from '../../bench/simdjson/simdjson.js';

const folder = new URL('../../bench/simdjson/', import.meta.url);
const wasm = readFileSync(new URL('simdjson.wasm', folder));
const simdjson = new Simdjson(new WebAssembly.Module(wasm));
const utf8 = (text: string) => new TextEncoder().encode(text);

describe('binding of simdjson', () => {
  it('is the one whose origin is written beside it', () => {
    const provenance = readFileSync(new URL('PROVENANCE.md', folder), 'utf8');
    expect(provenance).toContain(createHash('sha256').update(wasm).digest('hex'));
  });

  it.each<[string, SimdjsonError]>([
    ['{"a":[1,2.5,"x",true,false,null]}', 'SUCCESS'],
    ['', 'EMPTY'],
    ['{"a":1,}', 'TAPE_ERROR'],
    ['"\u0001"', 'UNESCAPED_CHARS'],
    ['"open', 'UNCLOSED_STRING'],
    ['"\\x"', 'STRING_ERROR'],
    ['[truth]', 'T_ATOM_ERROR'],
    ['[01]', 'NUMBER_ERROR'],
    ['[NaN]', 'TAPE_ERROR'],
    ['[1] 2', 'TAPE_ERROR'],
  ])('judges %j as %s', (text, verdict) => {
    expect(simdjson.validate(utf8(text))).toBe(verdict);
  });

  it('refuses what is no UTF-8', () => {
    expect(simdjson.validate(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22))).toBe('UTF8_ERROR');
  });

  it('bounds the nesting at will', () => {
    const text = utf8('[[[[]]]]');
    expect(simdjson.validate(text, 3)).toBe('DEPTH_ERROR');
    expect(simdjson.validate(text, 5)).toBe('SUCCESS');
    expect(simdjson.validate(text)).toBe('SUCCESS');
  });

  it('lists the tokens', () => {
    simdjson.load(utf8(' {"a": [10, true]}'));
    expect(simdjson.stage1()).toBe('SUCCESS');
    const { offsets, kinds } = simdjson.tokens();
    expect([...offsets]).toEqual([1, 2, 5, 7, 8, 10, 12, 16, 17]);
    expect(String.fromCharCode(...kinds)).toBe('{":[1,t]}');
  });

  it('gives integers as bigint, floats as number, and the last of equal keys', () => {
    simdjson.validate(
      utf8('{"i":[-1,18446744073709551615],"f":[1.0,1e2],"i2":"\\u00e9 \\ud83c\\udf89","i2":null}'),
    );
    expect(simdjson.value()).toEqual(
      new Map<string, unknown>([
        ['i', [-1n, 18446744073709551615n]],
        ['f', [1, 100]],
        ['i2', null],
      ]),
    );
  });

  it('reads every document as JSON.parse does', () => {
    const plain = (value: unknown): unknown => {
      if (value instanceof Map)
        return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
      if (Array.isArray(value)) return value.map(plain);
      return typeof value === 'bigint' ? Number(value) : value;
    };
    fc.assert(
      fc.property(fc.json({ stringUnit: 'grapheme' }), (text) => {
        const verdict = simdjson.validate(utf8(text));
        if (verdict === 'SUCCESS')
          expect(JSON.stringify(plain(simdjson.value()))).toBe(JSON.stringify(JSON.parse(text)));
        else expect(verdict).toMatch(/NUMBER_ERROR|BIGINT_ERROR|STRING_ERROR/);
      }),
    );
  });
});
