import { describe, expect, it } from 'vitest';
import { ALLOWED_OUTCOMES, hexToRgb, OUTCOMES, outcomeInfo } from '../../src/results/outcomes.js';

describe('outcomes (results.md 3)', () => {
  it.each([
    [null, ' ', "job didn't run", 'not started', '', '#000000', 'none'],
    ['pass', '☑ ', 'job passed', 'passed', '\x1b[32;1m', '#6AA84F', 'pass'],
    ['fail', '☒ ', 'job failed', 'failed', '\x1b[31;1m', '#DC3912', 'fail'],
    ['skip', '☐ ', 'job manually skipped', 'manually skipped', '\x1b[33;1m', '#FF9900', 'skip'],
    [
      'skipped-dependency',
      '☐ ',
      'job cannot be started (failed dependency)',
      'skipped (failed dependency)',
      '\x1b[33;1m',
      '#FF9900',
      'skip',
    ],
    [
      'skipped-resource',
      '☐ ',
      'job cannot be started (unmet resource)',
      'skipped (unmet resource)',
      '\x1b[33;1m',
      '#FF9900',
      'skip',
    ],
    [
      'skipped-manifest',
      '☐ ',
      'job cannot be started (unmet manifest)',
      'skipped (unmet manifest)',
      '\x1b[33;1m',
      '#FF9900',
      'skip',
    ],
    ['not-supported', '☐ ', 'job cannot be started', 'not supported', '\x1b[33;1m', '#FF9900', 'skip'],
    ['not-implemented', '-', 'job is not implemented', 'not implemented', '\x1b[31;1m', '#DC3912', 'skip'],
    ['undecided', '\u2047 ', 'job needs verification', 'undecided', '\x1b[35;1m', '#FF00FF', 'skip'],
    ['crash', '\u26a0 ', 'job crashed', 'crashed', '\x1b[41;37;1m', '#FF0000', 'fail'],
  ])('%s', (value, sigil, description, label, ansi, hex, reportValue) => {
    expect(outcomeInfo(value)).toEqual({ value, sigil, description, label, ansi, hex, reportValue });
  });

  it('knows exactly the values that a stored result may have', () => {
    expect(new Set(OUTCOMES.map(({ value }) => value))).toEqual(new Set(ALLOWED_OUTCOMES));
    expect(outcomeInfo('bogus')).toBeUndefined();
  });

  it('derives the RGB triple from the hex colour', () => {
    expect(hexToRgb('#DC3912')).toEqual([220, 57, 18]);
  });
});
