import { describe, expect, it } from 'vitest';
import { MemoryFiles } from '../../src/files/memory.js';
import type { SessionFiles } from '../../src/files/session-files.js';
import {
  type LogNameRules,
  recordFileName,
  resolveLogPath,
  rewriteLogPath,
} from '../../src/results/paths.js';
import { bytesOf } from './records.js';

const HISTORIC = '/home/u/.cache/plainbox/sessions/p.session/io-logs/a.record.gz';
const FILES = new MemoryFiles([['io-logs/a.record.gz', bytesOf('')]], '/L');

function rules(changes: Partial<LogNameRules>): LogNameRules {
  return { version: 11, location: '/L', checkFiles: false, rewriteNames: false, ...changes };
}

describe('log file names (resume.md 6.3)', () => {
  it.each([
    ['as is before version 5', 'io-logs/x', 4, '/a/b', 'io-logs/x'],
    ['joined', 'io-logs/x', 5, '/a/b', '/a/b/io-logs/x'],
    ['one slash, no normalisation', '../x', 5, '/a/b/', '/a/b/../x'],
    ['absolute names as is', '/x', 11, '/a/b', '/x'],
    ['an empty location keeps the name', 'x', 5, '', 'x'],
    ['no location keeps the name', 'x', 5, null, 'x'],
    ['an empty name is the directory', '', 5, '/a', '/a/'],
  ])('%s', (_name, name, version, location, expected) => {
    expect(resolveLogPath(name, rules({ version, location }), FILES)).toBe(expected);
  });

  it('names record files after jobs (format.md 5)', () => {
    expect(recordFileName('com.example::usb/insert')).toBe('com.example__usb_insert.record.gz');
    expect(recordFileName('é\u{1f389}-_.9')).toBe('__-_.9.record.gz');
  });
});

describe('rewriting (resume.md 7)', () => {
  it.each([
    [HISTORIC, 'L/io-logs/a.record.gz'],
    ['/a/.cache/plainbox/sessions/x/.cache/plainbox/sessions/y/z', 'L/z'],
    ['/a/.cache/plainbox/sessions/x', 'L'],
    ['/.cache/plainbox/sessions/x/y', 'L/y'],
    ['/a/.cache/plainbox/sessions/x/.cache/plainbox/sessions//z', 'L/.cache/plainbox/sessions//z'],
    ['/a/.cache/plainbox/sessions//z', '/a/.cache/plainbox/sessions//z'],
    ['/a/.cache/plainbox/sessions/', '/a/.cache/plainbox/sessions/'],
    ['/a\n/.cache/plainbox/sessions/x/z', '/a\n/.cache/plainbox/sessions/x/z'],
    ['/a/.cache/plainbox/sessions/x/\n/.cache/plainbox/sessions/y/z', 'L/\n/.cache/plainbox/sessions/y/z'],
    ['/var/tmp/checkbox-ng/sessions/x.session/y', '/var/tmp/checkbox-ng/sessions/x.session/y'],
  ])('%j -> %j', (path, expected) => {
    expect(rewriteLogPath(path, 'L')).toBe(expected);
  });

  it('takes the location literally', () => {
    expect(rewriteLogPath(HISTORIC, 'C:\\1$&')).toBe('C:\\1$&/io-logs/a.record.gz');
  });

  it('gets along with a name that is all pattern', () => {
    const name = '/.cache/plainbox/sessions/'.repeat(20_000);
    expect(rewriteLogPath(name, 'L') === name).toBe(true);
    expect(rewriteLogPath(`${name}x`, 'L')).toBe('L');
  });
});

describe('file checks (resume.md 7)', () => {
  const resolve = (name: string, changes: Partial<LogNameRules>, files: SessionFiles = FILES) =>
    resolveLogPath(name, rules({ checkFiles: true, ...changes }), files);
  const broken = (path: string, code = 'missing-file') =>
    expect.objectContaining({
      name: 'BrokenReferenceToExternalFileError',
      message: `cannot access file: '${path}'`,
      code,
    });

  it('accepts an existing file', () => {
    expect(resolve('io-logs/a.record.gz', {})).toBe('/L/io-logs/a.record.gz');
  });

  it('refuses what is missing, a directory, outside, or relative to nothing', () => {
    expect(() => resolve('gone', {})).toThrow(broken('/L/gone'));
    expect(() => resolve('io-logs', {})).toThrow(broken('/L/io-logs'));
    expect(() => resolve('', {})).toThrow(broken('/L/'));
    expect(() => resolve('/etc/passwd', {})).toThrow(broken('/etc/passwd', 'outside-location'));
    expect(() => resolve('../x', {})).toThrow(broken('/L/../x', 'outside-location'));
    expect(() => resolve('io-logs/a.record.gz', { location: null })).toThrow(broken('io-logs/a.record.gz'));
  });

  it('rewrites a missing file of the historic location, and checks again', () => {
    expect(resolve(HISTORIC, { version: 1, rewriteNames: true })).toBe('/L/io-logs/a.record.gz');
    const gone = HISTORIC.replace('a.record', 'gone.record');
    expect(() => resolve(gone, { version: 1, rewriteNames: true })).toThrow(
      broken('/L/io-logs/gone.record.gz'),
    );
  });

  it('does not rewrite without a location, without file checks, or an existing file', () => {
    const files = new MemoryFiles([[HISTORIC.slice(1), bytesOf('')]], '/');
    expect(resolve(HISTORIC, { rewriteNames: true }, files)).toBe(HISTORIC);
    expect(() => resolve(HISTORIC, { rewriteNames: true, location: null })).toThrow(
      broken(HISTORIC, 'outside-location'),
    );
    expect(resolveLogPath(HISTORIC, rules({ rewriteNames: true }), FILES)).toBe(HISTORIC);
  });

  it('waits for files that answer later', async () => {
    const later: SessionFiles = {
      stat: async (path) => FILES.stat(path),
      read: async (path) => FILES.read(path),
      list: async () => [],
    };
    expect(await resolve(HISTORIC, { version: 1, rewriteNames: true }, later)).toBe('/L/io-logs/a.record.gz');
    await expect(resolve('gone', {}, later)).rejects.toThrow(broken('/L/gone'));
  });
});
