import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatText, flatTextPieces, textAttachment } from '../../src/results/text.js';
import { bytesOf, logOf, record } from './records.js';

const SPLIT = logOf(record('stdout', '\xf0\x9f'), record('stderr', 'X'), record('stdout', '\x8e\x89'));

describe('flat text (results.md 4.1)', () => {
  it('removes control characters but TAB, LF, VT and CR', () => {
    const log = logOf(record('stdout', 'foo\n'), record('stderr', '\x1ebar\r\n\t\v\f\0\x7f\xc2\x85\n'));
    expect(flatText(log)).toBe('foo\nbar\r\n\t\v\n');
  });

  it('decodes both streams as one', () => {
    expect(flatText(SPLIT)).toBe('\ufffdX\ufffd\ufffd');
    expect(flatText(logOf(record('stdout', '\xc3'), record('stderr', '\xa9')))).toBe('é');
  });

  it('shows an incomplete character at the end', () => {
    expect(flatText(logOf(record('stdout', 'a\xf0\x9f')))).toBe('a\ufffd');
  });

  it('keeps a byte order mark', () => {
    expect(flatText(logOf(record('stdout', '\xef\xbb\xbfa')))).toBe('\ufeffa');
  });

  it('gives the text of records in pieces, of a log in few of them', () => {
    const records = [record('stdout', 'a\n'), record('stdout', 'b\n')];
    expect([...flatTextPieces(records)]).toEqual(['a\n', 'b\n']);
    expect([...flatTextPieces(logOf(...records))]).toEqual(['a\nb\n']);
  });

  it('joins characters that are split between the pieces of a log', () => {
    const text = 'é\n€'.repeat(100_000);
    const log = logOf({ delay: 0, stream: 'stdout', data: bytesOf(text) });
    expect([...flatTextPieces(log)].length).toBeGreaterThan(1);
    expect(flatText(log)).toBe(text);
    expect(textAttachment(log)).toBe(text);
  });
});

describe('text attachment (results.md 4.2)', () => {
  it('joins characters of the standard output only', () => {
    expect(textAttachment(SPLIT)).toBe('\u{1f389}');
  });

  it.each([
    ['an invalid byte', logOf(record('stdout', 'good\n'), record('stdout', '\xff'))],
    ['an incomplete end', logOf(record('stdout', 'good\n\xc3'))],
    ['an encoded surrogate', logOf(record('stdout', '\xed\xa0\x80'))],
  ])('is empty for %s', (_name, log) => {
    expect(textAttachment(log)).toBe('');
  });

  it('takes no offence at the standard error', () => {
    expect(textAttachment(logOf(record('stderr', '\xff'), record('stdout', 'a\x07b\n')))).toBe('ab\n');
  });
});

it('text does not depend on how it is cut into records', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 7 }), (text, size) => {
      const bytes = bytesOf(text);
      const records = [];
      for (let i = 0; i < bytes.length; i += size) {
        records.push({ delay: 0, stream: 'stdout', data: bytes.subarray(i, i + size) });
      }
      const whole = logOf({ delay: 0, stream: 'stdout', data: bytes });
      for (const source of [records, logOf(...records)]) {
        expect(flatText(source)).toBe(flatText(whole));
        expect(textAttachment(source)).toBe(textAttachment(whole));
      }
    }),
  );
});
