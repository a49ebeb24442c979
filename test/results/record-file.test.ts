import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorruptedSessionError, DataError } from '../../src/errors.js';
import { encodeBase64 } from '../../src/python/base64.js';
import type { IOLog } from '../../src/results/io-log.js';
import { DamagedRecordFileError, readRecordFile, recordsOf } from '../../src/results/record-file.js';
import { RecordLineError } from '../../src/results/record-line.js';
import { bytesOf, gzip, record } from './records.js';

const PATH = 'io-logs/a.record.gz';
const LINES = ['[0.001234,"stdout","YQo="]', '[0.5,"stderr","/w=="]', '[1e-07,"stdout","w6k="]'];
const TEXT = `${LINES.join('\n')}\n`;
const RECORDS = [
  record('stdout', 'a\n', 0.001234),
  record('stderr', '\xff', 0.5),
  record('stdout', '\xc3\xa9', 1e-7),
];

const read = (text: string | Uint8Array) => readRecordFile(PATH, gzip(text));

function damageOf(compressed: Uint8Array): DamagedRecordFileError {
  try {
    readRecordFile(PATH, compressed);
  } catch (error) {
    if (error instanceof DamagedRecordFileError) return error;
    throw error;
  }
  throw new Error('the file is not damaged');
}

/** The log, or the part of it that comes with the error. */
function readable(compressed: Uint8Array): { log: IOLog; fault: CorruptedSessionError | undefined } {
  try {
    const log = readRecordFile(PATH, compressed);
    return { log, fault: log.problem };
  } catch (error) {
    if (!(error instanceof DamagedRecordFileError)) throw error;
    return { log: error.records, fault: error };
  }
}

/** Data that compresses badly, so that the deflate stream has several blocks and codes of all lengths. */
function noisyText(lines: number): string {
  let state = 1;
  const next = () => {
    state = (state * 48271) % 0x7fffffff;
    return state & 0xff;
  };
  return Array.from({ length: lines }, (_, i) => {
    const data = encodeBase64(Uint8Array.from({ length: 20 }, next));
    return `[${i}.25,"${i % 3 === 0 ? 'stderr' : 'stdout'}","${data}"]\n`;
  }).join('');
}

describe('reading (format.md 5)', () => {
  it('reads the records of the specification', () => {
    const log = read(TEXT);
    expect([...log]).toEqual(RECORDS);
    expect(log.problem).toBeUndefined();
  });

  it('accepts a last line without LF', () => {
    expect([...read(TEXT.slice(0, -1))]).toEqual(RECORDS);
  });

  it('has no records in an empty text or a file of no bytes', () => {
    expect(read('')).toHaveLength(0);
    expect(readRecordFile(PATH, new Uint8Array(0))).toMatchObject({ length: 0, problem: undefined });
  });

  it('joins gzip members, also inside of a line, and skips padding', () => {
    const bytes = [gzip(TEXT.slice(0, 40)), new Uint8Array(5), gzip(TEXT.slice(40)), new Uint8Array(3)];
    expect([...readRecordFile(PATH, Uint8Array.from(bytes.flatMap((piece) => [...piece])))]).toEqual(RECORDS);
  });

  it.each([
    [
      'an integer',
      '[1,"stderr","/w=="]',
      { delay: 1, stream: 'stderr', stored: { delay: 1n, stream: 'stderr' } },
    ],
    [
      'an unknown stream',
      '[0.5,"odd","/w=="]',
      { delay: 0.5, stream: 'odd', stored: { delay: 0.5, stream: 'odd' } },
    ],
    [
      'no numbers',
      '[null,[],"/w=="]',
      { delay: Number.NaN, stream: '', stored: { delay: null, stream: [] } },
    ],
    ['a huge integer', `[1${'0'.repeat(400)},"stdout","/w=="]`, { delay: Number.POSITIVE_INFINITY }],
    ['a negative delay', '[-1.5,"stdout","/w=="]', { delay: -1.5 }],
    ['NaN', '[NaN,"stdout","/w=="]', { delay: Number.NaN }],
    ['further elements', '[0.5,"stdout","/w==",{"a":[1]}]', { delay: 0.5 }],
    ['white space', ' [ 0.5 ,\t"stdout", "/w==" ] \r', { delay: 0.5 }],
    ['escapes', '[0.5,"st\\u0064out","\\u002fw\\n=="]', { delay: 0.5, stream: 'stdout' }],
    ['lenient base64', '[0.5,"stdout","/ w==YQ=="]', { delay: 0.5 }],
  ])('passes through %s', (_name, line, expected) => {
    const log = read(`${line}\n`);
    expect(log).toHaveLength(1);
    expect(log.at(0)).toMatchObject({ ...expected, data: Uint8Array.of(0xff) });
  });

  it('refuses a long line without a comma', () => {
    expect(damageOf(gzip(`["${'x'.repeat(1_000_000)}"]\n`)).message).toBe(
      `record file '${PATH}' is damaged at line 1: array of 1 instead of 3 elements`,
    );
  });

  it('decodes one record at a time', () => {
    const records = recordsOf(PATH, gzip(`${LINES[0]}\nnonsense\n`));
    expect(records.next()).toEqual({ done: false, value: RECORDS[0] });
    expect(records.next()).toMatchObject({ done: true, value: { line: 2, endsLog: false } });
  });

  it('reads many records', () => {
    const log = read(noisyText(5000));
    expect(log).toHaveLength(5000);
    expect(log.at(4998)).toMatchObject({ delay: 4998.25, stream: 'stderr' });
    expect(log.bytes()).toHaveLength(100_000);
  });
});

describe('lines that are no records', () => {
  it.each([
    ['a blank line', '', DataError],
    ['no JSON', 'nope', DataError],
    ['two values', '[1.5,"stdout","YQ=="] []', DataError],
    ['a byte order mark', '\ufeff[1.5,"stdout","YQ=="]', DataError],
    ['an object', '{"0":1}', RecordLineError],
    ['a number', '17', RecordLineError],
    ['null', 'null', RecordLineError],
    ['too few elements', '[1.5,"stdout"]', RecordLineError],
    ['data that is no string', '[1.5,"stdout",null]', RecordLineError],
    ['data that is not ASCII', '[1.5,"stdout","\\u00e9"]', RecordLineError],
    ['data that is not base64', '[1.5,"stdout","YQ"]', RecordLineError],
    ['nesting without bounds', '['.repeat(100_000), DataError],
    ['a number of many digits', `[${'1'.repeat(5000)},"stdout","YQ=="]`, DataError],
  ])('%s', (_name, line, cause) => {
    const error = damageOf(gzip(`${LINES[0]}\n${line}\n${LINES[1]}\n`));
    expect(error).toMatchObject({
      name: 'CorruptedSessionError',
      code: 'damaged-record-file',
      file: PATH,
      line: 2,
    });
    expect(error.offset).toBeGreaterThanOrEqual(LINES[0]!.length + 1);
    expect(error.cause).toBeInstanceOf(cause);
    expect(error.message).toMatch(/^record file 'io-logs\/a\.record\.gz' is damaged at line 2: ./);
    expect([...error.records]).toEqual(RECORDS.slice(0, 1));
  });

  it('tells text that is not UTF-8, with its offset', () => {
    const error = damageOf(gzip(Uint8Array.of(...bytesOf(`${LINES[0]}\n[0.5,"`), 0xff, 0x0a)));
    expect(error).toMatchObject({
      line: 2,
      offset: LINES[0]!.length + 1 + 6,
      cause: { code: 'text-not-utf8' },
    });
  });
});

describe('faults of the gzip data', () => {
  const sound = gzip(TEXT);
  const changed = (position: number) => {
    const bytes = sound.slice();
    const index = position < 0 ? bytes.length + position : position;
    bytes[index] = bytes[index]! ^ 1;
    return bytes;
  };

  it.each([
    ['other data', bytesOf('hello world'), 0, 'gzip-not-gzip'],
    ['a lone 1f', Uint8Array.of(0x1f), 0, 'gzip-not-gzip'],
    ['another method', changed(2), 0, 'gzip-unsupported-method'],
    ['a wrong CRC', changed(-8), 3, 'gzip-crc-mismatch'],
    ['a wrong length', changed(-4), 3, 'gzip-length-mismatch'],
    ['other data behind', Uint8Array.of(...sound, 1), 3, 'gzip-trailing-bytes'],
  ])('%s ends the log, and the log says so', (_name, bytes, count, code) => {
    const log = readRecordFile(PATH, bytes);
    expect([...log]).toEqual(RECORDS.slice(0, count));
    expect(log.problem).toBeInstanceOf(CorruptedSessionError);
    expect(log.problem).toMatchObject({ code: 'damaged-record-file', cause: { code } });
  });

  it('leaves out an unfinished line where the log ends so, and says how long it is', () => {
    const bytes = gzip(TEXT.slice(0, -1));
    bytes[bytes.length - 8]! ^= 1;
    const log = readRecordFile(PATH, bytes);
    expect(log).toHaveLength(2);
    expect(log.problem?.message).toMatch(/; 23 bytes of an unfinished line are left out$/);
  });

  it('gives an error with the records in front when deflate data is corrupt', () => {
    const bytes = Uint8Array.of(...gzip(TEXT), 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 7);
    const error = damageOf(bytes);
    expect(error).toMatchObject({
      code: 'damaged-record-file',
      line: 4,
      cause: { code: 'gzip-corrupt-deflate' },
    });
    expect([...error.records]).toEqual(RECORDS);
  });

  it('gives all that can be read of a file truncated at any byte', () => {
    const text = noisyText(80);
    const whole = [...read(text)];
    const compressed = gzip(text);
    let best = 0;
    for (let size = 1; size < compressed.length; size++) {
      const { log, fault } = readable(compressed.subarray(0, size));
      expect(fault?.cause).toMatchObject({ code: size === 1 ? 'gzip-not-gzip' : 'gzip-truncated' });
      expect(log.length).toBeGreaterThanOrEqual(best);
      best = log.length;
      for (let i = 0; i < log.length; i += 7) expect(log.at(i)).toEqual(whole[i]);
    }
    expect(best).toBe(80);
  });

  it('stops at the limit', () => {
    const bomb = gzip(new Uint8Array(50 << 20));
    const limited = () => readRecordFile(PATH, bomb, { textBytes: 1 << 20 });
    expect(limited).toThrow(
      expect.objectContaining({ name: 'CorruptedSessionError', code: 'limit-text', line: 1 }),
    );
  });
});

describe('arbitrary files', () => {
  it('give records or the documented error', () => {
    const fragment = fc.oneof(
      fc.constantFrom(...LINES, '\n', '\n', '[', ']', ',', '"', '\\', '1', '1e', '{}', 'NaN'),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 8 }), (fragments) => {
        readable(gzip(fragments.join('')));
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        readable(bytes);
        readable(Uint8Array.of(0x1f, 0x8b, 8, 0, ...bytes));
        readable(gzip(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('may break off behind a code that does not exist', () => {
    // A fixed block: length 13, then the distance code 30.
    const { fault } = readable(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0x42, 0x79));
    expect(fault).toBeDefined();
  });

  it('are never taken for sound when a bit was flipped', () => {
    const text = noisyText(40);
    const whole = [...read(text)];
    const compressed = gzip(text);
    fc.assert(
      fc.property(fc.integer({ min: 10, max: compressed.length * 8 - 1 }), (bit) => {
        const bytes = compressed.slice();
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        const { log, fault } = readable(bytes);
        if (fault === undefined) expect([...log]).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });

  it('read back what the writer wrote', () => {
    const written = fc.array(
      fc.record({
        delay: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
        stream: fc.constantFrom('stdout', 'stderr'),
        data: fc.uint8Array({ maxLength: 50 }),
      }),
    );
    fc.assert(
      fc.property(written, (records) => {
        const lines = records.map(({ delay, stream, data }) => {
          const number = Number.isInteger(delay) && delay < 1e21 ? `${delay}.0` : String(delay);
          return `[${number},"${stream}","${encodeBase64(data)}"]\n`;
        });
        expect([...read(lines.join(''))]).toEqual(records.map((one) => ({ ...one, delay: one.delay + 0 })));
      }),
    );
  });
});
