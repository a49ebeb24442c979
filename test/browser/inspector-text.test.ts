/** What the inspector makes of text: filters, lines of output, colours, names, tables. No browser is needed. */

import { describe, expect, it } from 'vitest';
import { toCsv } from '../../inspector/state/export.js';
import { logTexts, matches, parseFilter } from '../../inspector/state/filter.js';
import { groupRows } from '../../inspector/state/grouping.js';
import { styledTexts } from '../../inspector/text/ansi.js';
import { lineOfRecord, linesOf } from '../../inspector/text/log-lines.js';
import { nearMiss } from '../../inspector/text/near-miss.js';
import { visible } from '../../inspector/text/visible.js';
import type { JobRow, LogPage } from '../../src/browser/index.js';

function job(changes: Partial<JobRow>): JobRow {
  const id = changes.id ?? 'com.example::disk/read';
  const partialId = id.slice(id.indexOf('::') < 0 ? 0 : id.indexOf('::') + 2);
  return {
    id,
    partialId,
    name: partialId,
    category: 'Uncategorised',
    templateId: null,
    plugin: null,
    outcome: 'pass',
    duration: 1.5,
    attempts: 1,
    returnCode: 0,
    comments: null,
    isDesired: true,
    isRunning: false,
    isRejected: false,
    ...changes,
  };
}

describe('the filter', () => {
  const holds = (filter: string, changes: Partial<JobRow>, logs = new Map<string, ReadonlySet<string>>()) =>
    matches(job(changes), parseFilter(filter), logs);

  it.each<[string, Partial<JobRow>, boolean]>([
    ['', {}, true],
    ['s:pass', {}, true],
    ['s:fail,crash', { outcome: 'crash' }, true],
    ['s:fail', {}, false],
    ['!s:fail', {}, true],
    ['s:none', { outcome: null }, true],
    ['s:left', { outcome: null }, true],
    ['s:left', { outcome: null, isDesired: false }, false],
    ['s:running', { outcome: null, isRunning: true }, true],
    ['s:rejected', { isRejected: true }, true],
    ['s:skipped', { outcome: 'skipped-resource' }, true],
    ['j:DISK', {}, true],
    ['j:disk !j:read', {}, false],
    ['disk', {}, true],
    ['by-hand', { comments: 'done By-Hand' }, true],
    ['m:"two words"', { comments: 'Two Words' }, true],
    ['"two words"', { comments: 'words two' }, false],
    ['c:audio', { category: 'Audio tests' }, true],
    ['t:disk', { templateId: 'com.example::disk-{name}' }, true],
    ['d:>1', {}, true],
    ['d:>2', {}, false],
    ['d:<2', {}, true],
    ['d:>1', { duration: null }, false],
    ['d:soon', {}, false],
    ['com.example::disk', {}, true],
    ['x:disk', {}, false],
    ['j:"disk', {}, true],
    ['!', {}, true],
  ])('%s', (filter, changes, expected) => {
    expect(holds(filter, changes)).toBe(expected);
  });

  it('takes what was found in the output', () => {
    expect(logTexts(parseFilter('io:"No Space" s:fail io:x'))).toEqual(['no space', 'x']);
    expect(holds('io:x', {}, new Map([['x', new Set(['com.example::disk/read'])]]))).toBe(true);
    expect(holds('io:x', {})).toBe(false);
  });
});

describe('groups', () => {
  it('keep the order of the jobs, and can be folded', () => {
    const jobs = ['a/1', 'b/1', 'a/2', 'c'].map((id) => job({ id }));
    const rows = groupRows(jobs, 'prefix', new Set(['a']));
    expect(rows.map((row) => (row.kind === 'group' ? `${row.name} (${row.count})` : row.job.id))).toEqual([
      'a (2)',
      'b (1)',
      'b/1',
      'others (1)',
      'c',
    ]);
  });
});

function page(records: readonly (readonly [stream: string, bytes: string | Uint8Array])[]): LogPage {
  const pieces = records.map(([, bytes]) => (typeof bytes === 'string' ? Buffer.from(bytes) : bytes));
  let end = 0;
  return {
    from: 10,
    times: Float64Array.from(records, (_, index) => index),
    streams: records.map(([stream]) => stream),
    ends: Uint32Array.from(pieces, ({ length }) => (end += length)),
    data: Uint8Array.from(Buffer.concat(pieces)),
    cut: new Uint32Array(records.length),
  };
}

describe('lines of output', () => {
  const texts = (...records: Parameters<typeof page>[0]) => linesOf(page(records)).map(({ text }) => text);

  it('are the records without their line ends', () => {
    expect(texts(['stdout', 'a\n'], ['stderr', 'b\r\n'], ['stdout', 'c'])).toEqual(['a', 'b', 'c']);
  });

  it('are several where a record has several', () => {
    const lines = linesOf(page([['stdout', 'a\n\nb\n']]));
    expect(lines.map(({ text, isFirst, records }) => [text, isFirst, records])).toEqual([
      ['a', true, [10]],
      ['', false, [10]],
      ['b', false, [10]],
    ]);
  });

  it('are put together of the records of a stream, with the times of their first and last one', () => {
    const lines = linesOf(
      page([
        ['stdout', 'a'],
        ['stderr', 'x\n'],
        ['stdout', 'b'],
        ['stdout', 'c\nd\ne'],
      ]),
    );
    expect(lines).toMatchObject([
      { text: 'abc', stream: 'stdout', records: [10, 12, 13], isFirst: true, time: 0, endTime: 3 },
      { text: 'x', stream: 'stderr', records: [11], isFirst: true },
      { text: 'd', stream: 'stdout', records: [13], isFirst: true, time: 3 },
      { text: 'e', stream: 'stdout', records: [13], isFirst: false },
    ]);
    expect([10, 11, 12, 13, 14].map((record) => lineOfRecord(lines, record)?.text)).toEqual([
      'abc',
      'x',
      'abc',
      'd',
      undefined,
    ]);
  });

  it('put characters and sequences together that are split over records of a stream', () => {
    const euro = Buffer.from('€');
    expect(texts(['stdout', euro.subarray(0, 1)], ['stderr', 'x'], ['stdout', euro.subarray(1)])).toEqual([
      '€',
      'x',
    ]);
    expect(texts(['stdout', 'a\x1b[3'], ['stdout', '1mb\n'])).toEqual(['a\x1b[31mb']);
  });

  it('show what is left of a line that overwrites itself, also record by record', () => {
    expect(texts(['stdout', '10%\r50%\r100%\n'], ['stdout', '50%\r'])).toEqual(['100%', '50%']);
    expect(texts(['stdout', '10%\r'], ['stdout', '20%\r'], ['stdout', '30%\r\n'])).toEqual(['30%']);
    expect(texts(['stdout', '10%'], ['stdout', '\r20%'])).toEqual(['20%']);
  });

  it('keep the colours of their stream', () => {
    expect(
      texts(
        ['stdout', '\x1b[1;31mred\n'],
        ['stderr', 'plain\n'],
        ['stdout', 'still\n'],
        ['stdout', 'over\x1b[48;5;20m\rwritten\x1b[22;39m\n'],
        ['stdout', 'ground\x1b[m\n'],
        ['stdout', 'none'],
      ),
    ).toEqual([
      '\x1b[1;31mred',
      'plain',
      '\x1b[1;31mstill',
      '\x1b[1;31;48;5;20mwritten\x1b[22;39m',
      '\x1b[48;5;20mground\x1b[m',
      'none',
    ]);
  });

  it('tell how much of them is not shown', () => {
    const [line, next] = linesOf({
      ...page([
        ['stdout', 'abc'],
        ['stdout', 'd'],
      ]),
      cut: Uint32Array.of(5, 0),
    });
    expect([line, next]).toMatchObject([
      { text: 'abc', cut: 5 },
      { text: 'd', cut: 0 },
    ]);
    const many = linesOf(page([['stdout', 'é\n'.repeat(205)]]));
    expect(many).toHaveLength(200);
    expect(many.at(-1)?.cut).toBe(5 * 3);
  });

  it('do not grow without bounds', () => {
    const records = Array.from({ length: 10 }, () => ['stdout', 'x'.repeat(15_000)] as const);
    const lengths = linesOf(page(records)).map(({ text }) => text.length);
    expect(lengths).toEqual([30_000, 30_000, 30_000, 30_000, 30_000]);
  });
});

describe('colours', () => {
  it('become classes', () => {
    expect(styledTexts('\x1b[31;1mFAIL\x1b[0m it')).toEqual([
      { text: 'FAIL', className: 'ansi-bold ansi-red-fg', style: {} },
      { text: ' it', className: '', style: {} },
    ]);
  });

  it('of the palette and of 24 bits become checked colours', () => {
    expect(styledTexts('\x1b[38;5;196mx')[0]).toMatchObject({
      text: 'x',
      style: { color: 'rgb(255, 0, 0)' },
    });
    expect(styledTexts('\x1b[48;2;1;2;3mx')[0]?.style.backgroundColor?.replaceAll(' ', '')).toBe(
      'rgb(1,2,3)',
    );
  });

  it('in the form with colons leave only their text', () => {
    expect(styledTexts('\x1b[38:2::1:2:3mred \x1b[4:0mplain').map(({ text }) => text)).toEqual(['red plain']);
  });

  it('and links and titles leave only their text', () => {
    const text = '\x1b]0;title\x07\x1b]8;;javascript:alert(1)\x1b\\link\x1b]8;;\x1b\\ \x1b[2Kend';
    expect(
      styledTexts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe('link end');
  });
});

describe('text', () => {
  it('has no hidden meaning', () => {
    expect(visible('a\u202eb\0c\x7f\x9b')).toBe('a\\u202eb␀c␡\\u009b');
  });

  it('knows files that are no session', async () => {
    expect(await nearMiss(new Blob(['  {"version": 8}']))).toContain('JSON');
    expect(await nearMiss(new Blob(['<html>']))).toContain('report');
    expect(await nearMiss(new Blob([Uint8Array.of(0x1f, 0x8b)]))).toBeUndefined();
  });
});

describe('a table', () => {
  it('is quoted as RFC 4180 says, and is no formula', () => {
    const [, line] = toCsv([job({ comments: 'a "b"\nc', name: '=cmd()', duration: -1 })]).split('\r\n');
    expect(line).toBe(
      'com.example::disk/read,\'=cmd(),Uncategorised,pass,-1,1,0,"a ""b""\nc",true,false,false',
    );
  });
});
