import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstFailingLine, LogTail, logLines } from '../../src/report/log-lines.js';
import { cutText, plainText } from '../../src/report/plain-text.js';
import { bytesOf, record } from '../results/records.js';

const texts = (...parts: [stream: string, text: string][]) =>
  Array.from(
    logLines(parts.map(([stream, text]) => ({ delay: 0, stream, data: bytesOf(text) }))),
    ({ stream, text }) => `${stream[3]}:${text}`,
  );

describe('lines of a log', () => {
  it('keeps the streams apart where they interrupt each other', () => {
    expect(texts(['stdout', 'a'], ['stderr', 'x\ny'], ['stdout', 'b\n'])).toStrictEqual([
      'e:x',
      'o:ab',
      'e:y',
    ]);
  });

  it('joins characters that are split over records, and replaces what is no UTF-8', () => {
    const lines = [...logLines([record('stdout', '\xe2\x82'), record('stdout', '\xac\n\xff')])];
    expect(lines.map(({ text }) => text)).toStrictEqual(['\u20ac', '\ufffd']);
  });

  it('shows a progress bar as it was seen last', () => {
    expect(texts(['stdout', '10 %\r50 %\r'], ['stdout', '100 %\r\ndone'])).toStrictEqual([
      'o:100 %',
      'o:done',
    ]);
  });

  it('strips colours that are split over records', () => {
    expect(texts(['stdout', '\x1b[3'], ['stdout', '1mred\x1b[0m\n'])).toStrictEqual(['o:red']);
  });

  it('cuts a line without end, and says so', () => {
    const [line] = texts(
      ...Array.from({ length: 100 }, () => ['stdout', 'x'.repeat(1000)] as [string, string]),
    );
    expect(line).toMatch(/^o:x{65536} \[… 34464 more characters of this line are left out\]$/);
  });

  it('keeps the end of an endless progress bar', () => {
    const bar = Array.from(
      { length: 200 },
      (_, i) => ['stdout', `${'#'.repeat(1000)}${i}\r`] as [string, string],
    );
    expect(texts(...bar)).toStrictEqual([`o:${'#'.repeat(1000)}199`]);
  });

  it('loses and invents nothing, however the text is split', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z\n]{0,8}$/)), (pieces) => {
        const lines = texts(...pieces.map((piece) => ['stdout', piece] as [string, string]));
        const whole = pieces.join('').split('\n');
        if (whole.at(-1) === '') whole.pop();
        expect(lines).toStrictEqual(whole.map((line) => `o:${line}`));
      }),
    );
  });
});

describe('the end of a log', () => {
  it('keeps what fits, and counts what does not', () => {
    const tail = new LogTail(10, ({ text }) => text.length);
    for (const text of ['aaaa', 'bbbb', 'cccc', 'dd']) tail.push({ stream: 'stdout', text });
    expect(tail.lines.map(({ text }) => text)).toStrictEqual(['bbbb', 'cccc', 'dd']);
    expect(tail.omitted).toBe(1);
    expect(tail.size).toBe(10);
  });

  it('keeps nothing of a line that is too long alone', () => {
    const tail = new LogTail(3, ({ text }) => text.length);
    tail.push({ stream: 'stdout', text: 'aaaa' });
    expect([tail.lines, tail.omitted, tail.size]).toStrictEqual([[], 1, 0]);
  });

  it('goes on for ever in bounded memory', () => {
    const tail = new LogTail(5, () => 1);
    for (let i = 0; i < 100_000; i++) tail.push({ stream: 'stdout', text: String(i) });
    expect(tail.lines.map(({ text }) => text)).toStrictEqual(['99995', '99996', '99997', '99998', '99999']);
    expect(tail.omitted).toBe(99_995);
  });
});

describe('the first failing line', () => {
  const find = (...parts: [string, string][]) =>
    firstFailingLine(logLines(parts.map(([stream, text]) => ({ delay: 0, stream, data: bytesOf(text) }))));

  it('speaks of a failure', () => {
    expect(find(['stdout', 'ok\n  ERROR: no link\nlater\n'])).toBe('ERROR: no link');
  });

  it('is else the last of standard error, or of all', () => {
    expect(find(['stderr', 'no cable\n'], ['stdout', 'bye\n\n'])).toBe('no cable');
    expect(find(['stdout', 'hello\nbye\n\n'])).toBe('bye');
    expect(find(['stdout', ' \n'])).toBeUndefined();
  });
});

describe('plain text', () => {
  it.each([
    ['a\x1b[1;31mb\x1b[0mc', 'abc'],
    ['a\x9b31mb', 'ab'],
    ['\x1b]8;;http://x\x07link\x1b]8;;\x1b\\', 'link'],
    ['a\x1b(Bb\x1bcc', 'abc'],
    ['a\x1b[', 'a'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['\0\x07\x0c\x7f\x85\t\n', '\t\n'],
    ['a\u202eb\u2028', 'a\\u202eb\\u2028'],
    ['\ud83d\ude00\ud83d', '\ud83d\ude00\ufffd'],
  ])('%j is %j', (given, expected) => {
    expect(plainText(given)).toBe(expected);
  });

  it('has nothing left to strip', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(plainText(text)).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
      }),
    );
  });

  it('is cut between characters', () => {
    expect(cutText('abc', 3)).toBe('abc');
    expect(cutText('abcd', 3)).toBe('ab…');
    expect(cutText('a\ud83d\ude00cd', 3)).toBe('a…');
  });
});
