import { describe, expect, it } from 'vitest';
import { MemoryFiles } from '../../src/files/memory.js';
import type { SessionFiles } from '../../src/files/session-files.js';
import type { PyValue } from '../../src/python/value.js';
import { DiskJobResult, MemoryJobResult } from '../../src/results/job-result.js';
import { bytesOf, gzip, logOf, record } from './records.js';

const NO_FILES = new MemoryFiles([]);
const LOG = logOf(record('stdout', 'a\n'));

describe('content (results.md 2)', () => {
  it('reads absent members as null and the log as empty', () => {
    const result = new MemoryJobResult({});
    expect(result).toMatchObject({
      outcome: null,
      executionDuration: null,
      comments: null,
      rawComments: null,
      returnCode: null,
      skipReason: null,
      ioLogFilename: null,
    });
    expect(result.ioLog.length).toBe(0);
    expect(new DiskJobResult({}).readLog(NO_FILES)).toHaveLength(0);
  });

  it.each([
    ['nothing', new MemoryJobResult({}), true],
    ['a null outcome', new MemoryJobResult({ outcome: null }), true],
    ['an empty log', new MemoryJobResult({ ioLog: logOf() }), true],
    ['a log', new MemoryJobResult({ ioLog: LOG }), false],
    ['empty comments', new MemoryJobResult({ comments: '' }), false],
    ['return code 0', new MemoryJobResult({ returnCode: 0 }), false],
    ['no duration', new MemoryJobResult({ executionDuration: 0 }), false],
    ['an empty skip reason', new MemoryJobResult({ skipReason: new Map() }), false],
    ['nothing, on disk', new DiskJobResult({}), true],
    ['an empty file name', new DiskJobResult({ ioLogFilename: '' }), false],
  ])('is hollow or not with %s', (_name, result, isHollow) => {
    expect(result.isHollow).toBe(isHollow);
  });

  it('has return codes as numbers where that is exact', () => {
    expect(new MemoryJobResult({ returnCode: -9n }).returnCode).toBe(-9);
    expect(new MemoryJobResult({ returnCode: 2n ** 64n }).returnCode).toBe(2n ** 64n);
    expect(new MemoryJobResult({ returnCode: true }).returnCode).toBe(true);
  });

  it('lets the duration be set in place', () => {
    const result = new MemoryJobResult({ outcome: 'pass' });
    result.executionDuration = 1.5;
    expect(result.equals(new MemoryJobResult({ outcome: 'pass', executionDuration: 1.5 }))).toBe(true);
  });

  it('takes any outcome', () => {
    expect(new MemoryJobResult({ outcome: 'bogus' }).toString()).toBe('bogus');
  });
});

describe('equality', () => {
  it('does not tell the kinds apart', () => {
    const members = { outcome: 'pass', returnCode: 0 };
    expect(new MemoryJobResult(members).equals(new DiskJobResult(members))).toBe(true);
    expect(new DiskJobResult(members).equals(new MemoryJobResult(members))).toBe(true);
  });

  it('is that of Python', () => {
    const equal = (a: object, b: object) => new MemoryJobResult(a).equals(new MemoryJobResult(b));
    expect(equal({ executionDuration: 0 }, { executionDuration: -0 })).toBe(true);
    expect(equal({ executionDuration: Number.NaN }, { executionDuration: Number.NaN })).toBe(true);
    expect(equal({ returnCode: true }, { returnCode: 1 })).toBe(true);
    expect(equal({ returnCode: 2n ** 64n }, { returnCode: 2n ** 64n })).toBe(true);
    expect(equal({ returnCode: 0 }, {})).toBe(false);
    expect(equal({ comments: '' }, {})).toBe(false);
    const reason = (...ids: PyValue[]) => ({ skipReason: new Map([['related_dependencies', ids]]) });
    expect(equal(reason('a'), reason('a'))).toBe(true);
    expect(equal(reason('a'), reason('b'))).toBe(false);
  });

  it('compares logs and file names', () => {
    const same = logOf(record('stdout', 'a\n'));
    expect(new MemoryJobResult({ ioLog: LOG }).equals(new MemoryJobResult({ ioLog: same }))).toBe(true);
    expect(new MemoryJobResult({ ioLog: LOG }).equals(new MemoryJobResult({}))).toBe(false);
    const disk = (ioLogFilename: string) => new DiskJobResult({ ioLogFilename });
    expect(disk('a').equals(disk('a'))).toBe(true);
    expect(disk('a').equals(disk('b'))).toBe(false);
    expect(disk('a').equals(new MemoryJobResult({}))).toBe(false);
  });

  it('compares comments as stored', () => {
    const [red, plain] = ['a\x1b[31mred', 'ared'].map((comments) => new MemoryJobResult({ comments }));
    expect(red!.equals(plain!)).toBe(false);
  });
});

describe('text and debug form', () => {
  it('text is the outcome', () => {
    expect(String(new MemoryJobResult({ outcome: 'pass' }))).toBe('pass');
    expect(String(new DiskJobResult({}))).toBe('None');
  });

  it.each([
    [
      new MemoryJobResult({ outcome: 'pass', returnCode: 0 }),
      "<MemoryJobResult outcome:'pass' return_code:0>",
    ],
    [new MemoryJobResult({}), '<MemoryJobResult>'],
    [
      new DiskJobResult({ ioLogFilename: 'a.record.gz', executionDuration: 5, comments: "it's" }),
      `<DiskJobResult comments:"it's" execution_duration:5.0 io_log_filename:'a.record.gz'>`,
    ],
    [
      new MemoryJobResult({ ioLog: LOG }),
      "<MemoryJobResult io_log:[IOLogRecord(delay=0.0, stream_name='stdout', data=b'a\\n')]>",
    ],
  ])('debug form names the members in order', (result, text) => {
    expect(result.toDebugString()).toBe(text);
  });
});

describe('comments (results.md 5)', () => {
  it.each([
    ['a\x1b[31mred\x1b[0m', 'ared'],
    ['\x1b]0;t\x07', '\x1b]0;t\x07'],
    ['\x9b1;2 qx', 'x'],
    ['\x1b[', '\x1b['],
    ['\x1b[12\n3m', '\x1b[12\n3m'],
  ])('%j -> %j', (stored, shown) => {
    const result = new MemoryJobResult({ comments: stored });
    expect(result.comments).toBe(shown);
    expect(result.rawComments).toBe(stored);
  });
});

describe('logs on disk', () => {
  const path = 'io-logs/a.record.gz';
  const bytes = gzip('[0.5,"stdout","YQo="]\n');
  const result = new DiskJobResult({ ioLogFilename: path });

  it('reads the file at every access', () => {
    let reads = 0;
    const files: SessionFiles = {
      stat: () => undefined,
      list: () => [],
      read: () => {
        reads++;
        return bytes;
      },
    };
    expect(result.readLog(files)).toMatchObject({ length: 1 });
    expect(result.readLog(files)).toMatchObject({ length: 1 });
    expect(reads).toBe(2);
  });

  it('waits for files that come later', async () => {
    const files: SessionFiles = {
      stat: async () => undefined,
      list: async () => [],
      read: async () => bytes,
    };
    const pending = result.readLog(files);
    expect(pending).toBeInstanceOf(Promise);
    expect([...(await pending)]).toEqual([record('stdout', 'a\n', 0.5)]);
  });

  it('passes the limits on', () => {
    expect(() => result.readLog(new MemoryFiles([[path, bytes]]), { textBytes: 5 })).toThrow(
      expect.objectContaining({ code: 'limit-text' }),
    );
  });

  it('names the file that is missing', () => {
    expect(() => result.readLog(NO_FILES)).toThrow(
      expect.objectContaining({
        name: 'BrokenReferenceToExternalFileError',
        code: 'missing-file',
        message: "cannot access file: 'io-logs/a.record.gz'",
      }),
    );
  });

  it('has no log without a file name', () => {
    const files = new MemoryFiles([['session', bytesOf('')]]);
    expect(new DiskJobResult({ ioLogFilename: '' }).readLog(files)).toHaveLength(0);
  });
});
