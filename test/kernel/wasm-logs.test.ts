/** IO logs: the verdicts and records of the WebAssembly kernel, in the pass and on demand. */

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ScannedText } from '../../src/kernel/kernel.js';
import { changeByte, generator, jsKernel, type Options, outcome, scan, wasmKernels } from './wasm-support.js';

/** Two results, the second of which has a log of its own. */
const documentOf = (log: string, padding = '') =>
  `{"session":{"pad":"${padding}","results":{"a":[{"io_log":${log},"outcome":"pass"}],"b":[{"io_log":[[1,"stdout","YQ=="]]}]}}}`;

function read(scanned: ScannedText, start: number, end: number) {
  const count = scanned.countRecords(start, end);
  if (count < 0) return count;
  const { delays, streams, ends, data } = scanned.decodeRecords(start, end);
  // As text, which compares fast.
  return { count, delays, streams, ends, data: Buffer.from(data).toString('latin1') };
}

/** The log must be read alike by all kernels, whether it was decoded in the pass, validated, or dropped. */
function expectSame(log: string, padding = ''): unknown {
  const text = documentOf(log, padding);
  const input = gzipSync(text, { level: 1 });
  const start = text.indexOf(log);
  const end = start + log.length;
  const wanted = read(scan(jsKernel, [input]), start, end);
  for (const kernel of wasmKernels) {
    for (const options of [
      {},
      { decodeLogs: true },
      { dropDepth: 2 },
      { dropDepth: 5, decodeLogs: true },
    ] as Options[]) {
      expect(read(scan(kernel, [input], options), start, end)).toEqual(wanted);
    }
  }
  return wanted;
}

const isText = (seen: unknown): seen is Pick<ScannedText, 'spans'> =>
  typeof seen === 'object' && seen !== null && 'spans' in seen;

const record = (delay: string, data = 'aGVsbG8=') => `[${delay},"stdout","${data}"]`;

describe('canonical logs', () => {
  it.each([
    ['[]', 0],
    ['[ ]', 0],
    ['[[0.5,"stdout","aGk="],[1e-05,"stderr",""]]', 2],
    ['[ [ 0 , "stderr" , "YWI=" ] ,\n[3,"stdout","YWJj"] ]', 2],
    [`[${record('0.1')}${`,${record('2')}`.repeat(5000)}]`, 5001],
  ])('log %# has its records', (log, count) => {
    expect(expectSame(log)).toMatchObject({ count });
  });

  it.each([
    '1e308',
    '1.7976931348623157e308',
    '1e-400',
    '0e999',
    '0.0',
    '4.9e-324',
    '123456789012345678901234567890',
  ])('delay %s', (delay) => {
    expect(expectSame(`[${record(delay)}]`)).toMatchObject({
      count: 1,
      delays: Float64Array.of(Number(delay)),
    });
  });

  it('every length of payload, with padding', () => {
    const logs = Array.from({ length: 200 }, (_, n) => record('0', Buffer.alloc(n, n).toString('base64')));
    expect(expectSame(`[${logs.join(',')}]`)).toMatchObject({ count: 200 });
  });

  it.each(['1e-50', '0.12345678901234567890123', '12.5', '0.25', '7e-05', '1.50e-05', '0.1234567', '60.0'])(
    'delay %s of a payload longer than the text in memory',
    (delay) => {
      const data = Buffer.alloc(300_000, 'log').toString('base64');
      const log = `[${record('1.5')},${record(delay, data)},${record(delay)},${record('2e-50', data)}]`;
      expect(expectSame(log)).toMatchObject({
        count: 4,
        delays: Float64Array.of(1.5, ...[delay, delay].map(Number), 2e-50),
      });
    },
  );

  // The WebAssembly kernels may leave such a log to its reader, but what they count they decode.
  it('white space that is cut elsewhere when the log is read by itself', () => {
    const filler = record('0.25', 'YWJj'.repeat(60_000));
    for (const length of [12_000, 16_000, 20_000, 30_000]) {
      const spaced = `[0.5,"stdout",${' '.repeat(length)}"aGk="]`;
      for (const padding of ['', 'x'.repeat(120_000), 'x'.repeat(240_000)]) {
        for (const log of [`[${filler},${spaced},${record('1')}]`, `[${record('1')},${spaced}]`]) {
          const text = documentOf(log, padding);
          const start = text.indexOf(log);
          const wanted = read(scan(jsKernel, [gzipSync(text)]), start, start + log.length);
          for (const kernel of wasmKernels) {
            const found = read(scan(kernel, [gzipSync(text)]), start, start + log.length);
            if (found !== -1) expect(found).toEqual(wanted);
          }
        }
      }
    }
  });

  it('payloads longer than the text in memory', () => {
    const next = generator(31);
    for (const length of [16_000, 33_000, 300_001, 1_000_002]) {
      const data = Buffer.from(Array.from({ length }, () => next(256))).toString('base64');
      for (const padding of ['', 'x'.repeat(250_000)]) {
        const log = `[${record('0.25', data)},${record('1')},${record('2', data)}]`;
        expect(expectSame(log, padding)).toMatchObject({ count: 3 });
        expect(expectSame(log.replace('",', '"   ,'), padding)).toMatchObject({ count: 3 });
      }
      expect(expectSame(`[${record('0', data.replace(/.{4}$/, 'A*=='))}]`)).toBe(-1);
      expect(expectSame(`[${record('0', data).replace(/\]$/, ',1]')}]`)).toBe(-1);
    }
  });
});

describe('logs that are not canonical', () => {
  it.each([
    '{}',
    '[1]',
    '[[]]',
    '[{}]',
    '[[0]]',
    '[[0,"stdout"]]',
    '[[0,"stdout","aGk=",1]]',
    '[["0","stdout","aGk="]]',
    '[[null,"stdout","aGk="]]',
    '[[0,"stdin","aGk="]]',
    '[[0,"stdouT","aGk="]]',
    '[[0,"stdou\\u0074","aGk="]]',
    '[[0,"stdout","aGk"]]',
    '[[0,"stdout","aGk=="]]',
    '[[0,"stdout","a=Gk"]]',
    '[[0,"stdout","===="]]',
    '[[0,"stdout","aGk-"]]',
    '[[0,"stdout","aG\\/="]]',
    '[[0,"stdout",null]]',
    '[[-1,"stdout","aGk="]]',
    '[[-0.0,"stdout","aGk="]]',
    '[[1e309,"stdout","aGk="]]',
    '[[NaN,"stdout","aGk="]]',
    '[[0,"stdout","aGk="],null]',
    '[[0,"stdout","aGk="],[0,"stdout","aGk="],[]]',
  ])('%s', (log) => {
    if (log.startsWith('[')) expect(expectSame(log)).toBe(-1);
    else expect(() => expectSame(log)).not.toThrow();
  });

  it.each([
    ['delay', (long: string) => `["${long}","stdout","aGk="]`],
    ['delay, a number', (long: string) => `[0.${long},"stdout","aGk="]`],
    ['stream', (long: string) => `[0.5,"${long}","aGk="]`],
    ['fourth member', (long: string) => `[0.5,"stdout","aGk=","${long}"]`],
  ])('a %s longer than the text in memory', (_, recordOf) => {
    for (const length of [20_000, 300_000, 700_000]) {
      expectSame(`[${record('0.5')},${recordOf('1'.repeat(length))},${record('1.5')}]`);
    }
  });

  /** The WebAssembly kernels read records among many straight from the text. */
  const amongMany = (odd: string, record: string) =>
    `[${Array(60).fill(record).join(',')},${odd},${Array(60).fill(record).join(',')}]`;

  it.each([
    ...[
      '[0.5,"stdout","aGk="] ',
      ' [0.5,"stdout","aGk="]',
      '[ 0.5,"stdout","aGk="]',
      '[0.5 ,"stdout","aGk="]',
    ],
    ...[
      '[0.5, "stdout","aGk="]',
      '[0.5,"stdout" ,"aGk="]',
      '[0.5,"stdout", "aGk="]',
      '[0.5,"stdout","aGk=" ]',
    ],
    ...[
      '[5,"stdout","aGk="]',
      '[1e5,"stdout","aGk="]',
      '[1.5E-05,"stderr","aGk="]',
      '[3e-05,"stdout","aGk="]',
    ],
    ...[
      '[0,"stdout","aGk="]',
      '[0e-05,"stdout","aGk="]',
      '[10.25e-05,"stdout","aGk="]',
      '[1e-100,"stdout",""]',
    ],
    ...[`[0.${'1'.repeat(29)},"stdout","aGk="]`, `[0.${'1'.repeat(25)}e-05,"stdout","aGk="]`],
    ...[`[0.${'1'.repeat(30)},"stdout","aGk="]`, `[0.${'1'.repeat(290)},"stdout","aGk="]`],
  ])('reads %s among many', (odd) => {
    expect(expectSame(amongMany(odd, record('0.25')))).toMatchObject({ count: 121 });
  });

  it.each([
    ...['[01,"stdout","aGk="]', '[00.5,"stdout","aGk="]', '[.5,"stdout","aGk="]', '[5.,"stdout","aGk="]'],
    ...[
      '[5.e-05,"stdout","aGk="]',
      '[.e-05,"stdout","aGk="]',
      '[e-05,"stdout","aGk="]',
      '[5e-.5,"stdout","aGk="]',
    ],
    ...[
      '[5e-05.5,"stdout","aGk="]',
      '[0.5.5,"stdout","aGk="]',
      '[5e-a5,"stdout","aGk="]',
      '[,"stdout","aGk="]',
    ],
    ...['[0x5,"stdout","aGk="]', '[0.5,"stdout","aGk="', '0.5,"stdout","aGk="]', '[0.5,"stdout","aGk=]'],
    ...['[0.5,"stdout",aGk="]', '[0.5,"stdout,"aGk="]', '[0.5,stdout","aGk="]', '[0.5"stdout","aGk="]'],
    ...['[0.5,"stdout""aGk="]', '[0.5,"stdout","aGk="]]', '[0.5,"stdout","aGk="],', '[0.5,"stdout","aGk="}'],
    ...[
      '[0.5,"stdout","aG\u0001k="]',
      '[0.5,"stdout","aG\u00e9k="]'.replace('\u00e9', 'é'),
      '[0.5,"stdout","]',
    ],
    ...['[-5,"stdout","aGk="]', '[0.5,"stdin","aGk="]', '[0.5,"stdout","aGk"]', '[0.5,"stdout","aGkA="]'],
    ...['[0.5,"stdout","aGk=="]', '[0.5,"stdout","aG="]', '[0.5,"stdout","a==="]', '[0.5,"stdout","===="]'],
    ...[
      '[0.5,"stdout","aGk=",1]',
      '[0.5,"stdout","aGk="],1',
      '[0.5,"stdout","aG]k"]',
      '[0.5,"stdout","]aGk"]',
    ],
    ...['[0.5,"stdout",""aGk="]', '[0.5,"stdout","aGkAa"]', '[0.5,"stdout","aGkAaG\\n"]', '[]', 'null', ''],
    ...[
      '[0.5,"stdout","aGk="]x',
      '[0.5,"stdout","aGk="].',
      '[0.5,"stdout","aGk="]"',
      '[0.5,"stdout","aGk="][]',
    ],
  ])('finds %s among many', (odd) => {
    const text = documentOf(amongMany(odd, record('0.25')));
    const wanted = outcome(jsKernel, [gzipSync(text)]);
    for (const kernel of wasmKernels) expect(outcome(kernel, [gzipSync(text)])).toEqual(wanted);
    if (isText(wanted)) expect(expectSame(amongMany(odd, record('0.25')))).toBe(-1);
  });

  it('agrees on logs with any byte changed', () => {
    const next = generator(53);
    const records = Array.from({ length: 120 }, (_, i) =>
      record(String(next(1e6) / 10 ** (i % 8)), Buffer.alloc(next(120), i).toString('base64')),
    );
    const text = Buffer.from(documentOf(`[${records.join(',')}]`));
    for (let i = 0; i < 1500; i++) {
      const changed = changeByte(text, next, '[],"=.e-0 A');
      const input = [gzipSync(changed, { level: 1 })];
      const wanted = outcome(jsKernel, input);
      for (const kernel of wasmKernels) expect(outcome(kernel, input)).toEqual(wanted);
      if (!isText(wanted)) continue;
      const { starts, ends } = wanted.spans;
      const start = changed.indexOf('[', changed.indexOf('"io_log"'));
      const row = starts.indexOf(start);
      if (row === -1) continue;
      const end = ends[row]!;
      const counted = read(scan(jsKernel, input), start, end);
      for (const kernel of wasmKernels) {
        for (const options of [{}, { decodeLogs: true }]) {
          expect(read(scan(kernel, input, options), start, end)).toEqual(counted);
        }
      }
    }
  });

  // The WebAssembly kernels may leave such a log to its reader.
  it.each([
    ['in front of', (space: string) => `[0.5,"stdout",${space}"aGk="]`],
    ['behind', (space: string) => `[0.5,"stdout","aGk="${space}]`],
  ])('white space longer than the text in memory %s a payload', (_, recordOf) => {
    const text = documentOf(`[${record('0.5')},${recordOf(' '.repeat(700_000))},${record('1.5')}]`);
    const wanted = outcome(jsKernel, [gzipSync(text)]);
    for (const kernel of wasmKernels) expect(outcome(kernel, [gzipSync(text)])).toEqual(wanted);
  });
});

it('rounds every delay correctly', () => {
  const next = generator(41);
  const digits = (count: number) => Array.from({ length: count }, () => next(10)).join('');
  const literals = Array.from({ length: 20_000 }, (_, i) => {
    const fraction = `${i % 3 ? 0 : next(9) + 1}.${'0'.repeat(next(6))}${digits(1 + next(22))}`;
    return [
      fraction,
      `${fraction}e-${digits(1 + next(2))}`,
      `${next(2 ** 22) / 2 ** 22}`,
      `${digits(1 + next(17))}.5`,
    ][i % 4]!;
  }).map((literal) => literal.replace(/^0+(?=\d)/, ''));
  const log = `[${literals.map((literal) => record(literal, '')).join(',')}]`;
  expect(expectSame(log)).toMatchObject({ delays: Float64Array.from(literals, Number) });
});

it('reads arrays that are no logs by their place', () => {
  const log = '[[0.5,"stdout","aGk="]]';
  const text = `{"elsewhere":${log}}`;
  const start = text.indexOf(log);
  for (const kernel of wasmKernels) {
    const scanned = scan(kernel, [gzipSync(text)]);
    expect(scanned.countRecords(start, start + log.length)).toBe(1);
    expect(Buffer.from(scanned.decodeRecords(start, start + log.length).data).toString()).toBe('hi');
  }
});

it('forgets the log of a document that failed', () => {
  const broken = documentOf('[[0.5,"stdout","aGk="],');
  const text = documentOf('[[0.5,"stdin","aGk="]]').replace('io_log', 'no_log');
  const start = text.indexOf('[[0.5');
  for (const kernel of wasmKernels) {
    expect(() => scan(kernel, [gzipSync(broken)])).toThrow('JSON');
    expect(scan(kernel, [gzipSync(text)]).countRecords(start, text.indexOf(']]') + 2)).toBe(-1);
  }
});
