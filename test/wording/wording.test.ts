/** Figures and names as people read them. */

import { describe, expect, it } from 'vitest';
import {
  count,
  formatBytes,
  formatReturnCode,
  formatSeconds,
  formatTime,
} from '../../src/wording/figures.js';
import { JobNames } from '../../src/wording/job-names.js';

describe('figures', () => {
  it('of bytes', () => {
    const figures = [0, 999, 1000, 9_949, 9_950, 99_949, 999_499, 999_500, 634_000_000, 5e12, 5e15];
    expect(figures.map(formatBytes)).toStrictEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '9.9 kB',
      '10 kB',
      '100 kB',
      '999 kB',
      '1.0 MB',
      '634 MB',
      '5.0 TB',
      '5000 TB',
    ]);
  });

  it('of seconds', () => {
    const figures = [0, 0.001, 0.005, 1.5, 9.99, 12.34, 59.96, 60, 61, 3599, 3600, 3725, 90_000];
    expect(figures.map(formatSeconds)).toStrictEqual([
      '0.00 s',
      '<0.01 s',
      '0.01 s',
      '1.50 s',
      '9.99 s',
      '12.3 s',
      '1 min',
      '1 min',
      '1 min 01 s',
      '59 min 59 s',
      '1 h 00 min',
      '1 h 02 min',
      '25 h 00 min',
    ]);
    expect([Number.NaN, -1, 1e300].map(formatSeconds)).toStrictEqual(['NaN s', '-1 s', '1e+300 s']);
  });

  it('of times', () => {
    expect(formatTime(0)).toBe('1970-01-01 00:00:00 UTC');
    expect(formatTime(1_795_472_171.94)).toBe('2026-11-23 22:16:11 UTC');
    expect(formatTime(Number.NaN)).toBe('NaN s after the epoch');
    expect(formatTime(-5)).toBe('-5 s after the epoch');
  });

  it('of return codes', () => {
    expect(formatReturnCode(1)).toBe('exit code 1');
    expect(formatReturnCode(-11)).toBe('SIGSEGV');
    expect(formatReturnCode(-1000)).toBe('exit code -1000');
    expect(formatReturnCode(true)).toBe('exit code 1');
    expect(formatReturnCode(10n ** 30n)).toBe(`exit code 1${'0'.repeat(30)}`);
  });

  it('of things', () => {
    expect([0, 1, 2, 12_345].map((number) => count(number, 'job'))).toStrictEqual([
      '0 jobs',
      '1 job',
      '2 jobs',
      '12,345 jobs',
    ]);
    expect(count(2, 'loss', 'losses')).toBe('2 losses');
  });
});

it('names of jobs are without the namespace of most of them', () => {
  const names = new JobNames(['com.a::x', 'com.a::y', 'com.b::z'], (text) => text.toUpperCase());
  expect(['com.a::x', 'com.b::z', 'w'].map((id) => names.short(id))).toStrictEqual(['X', 'COM.B::Z', 'W']);
  expect(names.note).toBe('Ids without a namespace are in COM.A.');
  expect(new JobNames(['com.a::x', 'com.b::y'], String).note).toBeUndefined();
});
