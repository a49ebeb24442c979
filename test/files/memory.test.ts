import { describe, expect, it } from 'vitest';
import { MemoryFiles } from '../../src/files/memory.js';

const ONE = Uint8Array.of(1);
const TWO = Uint8Array.of(2, 2);
const files = new MemoryFiles(
  [
    ['session', ONE],
    ['./io-logs/a.record.gz', TWO],
  ],
  '/var/x.session',
);

describe('MemoryFiles', () => {
  it('finds files by relative and by absolute path', () => {
    expect(files.read('session')).toBe(ONE);
    expect(files.read('/var/x.session/io-logs/../io-logs/./a.record.gz')).toBe(TWO);
    expect(files.stat('io-logs/a.record.gz')).toEqual({ kind: 'file', size: 2 });
  });

  it('knows directories', () => {
    expect(files.stat('/var/x.session')).toEqual({ kind: 'directory', size: 0 });
    expect(files.stat('io-logs/')).toEqual({ kind: 'directory', size: 0 });
    expect(files.list()).toEqual(['io-logs', 'session']);
    expect(files.list('io-logs')).toEqual(['a.record.gz']);
    expect(new MemoryFiles([]).list()).toEqual([]);
  });

  it('has nothing else', () => {
    for (const path of ['gone', 'session/', 'session/x', 'io-logs/\0', '__proto__']) {
      expect(files.stat(path)).toBeUndefined();
      expect(() => files.read(path)).toThrow(expect.objectContaining({ code: 'missing-file', actual: path }));
    }
    expect(() => files.read('io-logs')).toThrow(expect.objectContaining({ code: 'missing-file' }));
    expect(() => files.list('gone')).toThrow(expect.objectContaining({ code: 'missing-file' }));
  });

  it('does not leave its location', () => {
    for (const path of ['/etc/passwd', '../y.session/session', '/var/x.session/../../etc']) {
      expect(files.stat(path)).toEqual({ kind: 'outside', size: 0 });
      expect(() => files.read(path)).toThrow(expect.objectContaining({ code: 'outside-location' }));
      expect(() => files.list(path)).toThrow(expect.objectContaining({ code: 'outside-location' }));
    }
    expect(() => new MemoryFiles([['../x', ONE]])).toThrow(
      expect.objectContaining({ code: 'outside-location' }),
    );
  });
});
