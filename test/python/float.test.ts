import { describe, expect, it } from 'vitest';
import { parsePyFloat, pyFloatRepr } from '../../src/python/float.js';

describe('parsePyFloat', () => {
  it.each([
    [' 1_0.5 ', 10.5],
    ['\u3000\u0661.\u0665\x85', 1.5],
    ['1_0e-0_1', 1],
    ['5.', 5],
    ['.5', 0.5],
    ['+InFiNiTy', Number.POSITIVE_INFINITY],
    ['-inf', Number.NEGATIVE_INFINITY],
    ['-NaN', Number.NaN],
    ['1e400', Number.POSITIVE_INFINITY],
    ['-0', -0],
  ])('reads %j', (text, value) => {
    expect(parsePyFloat(text)).toBe(value);
  });

  it.each([
    '',
    ' ',
    '.',
    '1__0',
    '_1',
    '1_',
    '1_.5',
    '1._5',
    '1e_5',
    '1_e5',
    '1e5_',
    '+_1',
    '0x10',
    '1e',
    '- 1',
    '1 2',
    '\x1c1',
    '\u00b2',
    'infinit',
  ])('refuses %j', (text) => {
    expect(parsePyFloat(text)).toBeUndefined();
  });

  it('reads and refuses texts of any length', () => {
    const length = 10_000_000;
    expect(parsePyFloat('1'.repeat(length))).toBe(Number.POSITIVE_INFINITY);
    expect(parsePyFloat(`${'1_'.repeat(length)}1`)).toBe(Number.POSITIVE_INFINITY);
    expect(parsePyFloat(`0.${'1'.repeat(length)}`)).toBe(1 / 9);
    expect(parsePyFloat('1_'.repeat(length))).toBeUndefined();
    expect(parsePyFloat(`${'1'.repeat(length)}e`)).toBeUndefined();
  });
});

describe('pyFloatRepr', () => {
  it.each([
    [5, '5.0'],
    [-0, '-0.0'],
    [1e16, '1e+16'],
    [9999999999999998, '9999999999999998.0'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1.5e300, '1.5e+300'],
    [Number.NaN, 'nan'],
    [Number.NEGATIVE_INFINITY, '-inf'],
  ])('writes %d', (value, text) => {
    expect(pyFloatRepr(value)).toBe(text);
  });
});
