import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../../src/units/languages/duration.js';

describe('durations (units.md 4.5)', () => {
  it.each([
    ['1h2m3s', 3723],
    ['1h 2m:3s', 3723],
    ['5m 3s', 303],
    ['2h', 7200],
    ['1h::3s', 3603],
    ['5', 5],
    ['1e3', 1000],
    ['-1', -1],
    ['', 0],
    ['١m', 60],
    ['inf', Number.POSITIVE_INFINITY],
  ])('%j is %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each(['3s5m', '1h,1m', 'abc', '1h2', '1 h', 'h', '1m 1h'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  it('takes numbers of YAML as they are, and nothing else', () => {
    expect(parseDuration(90n)).toBe(90);
    expect(parseDuration(1.5)).toBe(1.5);
    expect(parseDuration(null)).toBeNull();
    expect(parseDuration(['5m'])).toBeNull();
  });
});
