import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NodeDirectoryFiles } from '../../src/files/node-directory.js';
import { makeDirectory } from './directories.js';

const outside = expect.objectContaining({
  name: 'BrokenReferenceToExternalFileError',
  code: 'outside-location',
});
const missing = expect.objectContaining({ name: 'BrokenReferenceToExternalFileError', code: 'missing-file' });
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A session directory beside a secret. */
function setUp() {
  const root = makeDirectory({ 'x.session/session': 's', 'x.session/io-logs/a.gz': 'log', secret: 'top' });
  return { root, location: join(root, 'x.session') };
}

describe('NodeDirectoryFiles', () => {
  it('reads, describes and lists what is inside the location', () => {
    const { location } = setUp();
    const files = new NodeDirectoryFiles(location);
    expect(text(files.read(`${location}/io-logs/a.gz`))).toBe('log');
    expect(text(files.read(`${location}/io-logs/../io-logs/./a.gz`))).toBe('log');
    expect(files.stat(`${location}/io-logs/a.gz`)).toEqual({ kind: 'file', size: 3 });
    expect(files.stat(`${location}/`)).toEqual({ kind: 'directory', size: 0 });
    expect(files.list()).toEqual(['io-logs', 'session']);
    expect(files.list(`${location}/io-logs`)).toEqual(['a.gz']);
  });

  it('counts relative paths from the working directory', () => {
    const { root, location } = setUp();
    expect(text(new NodeDirectoryFiles(location, { cwd: location }).read('io-logs/a.gz'))).toBe('log');
    expect(text(new NodeDirectoryFiles('x.session', { cwd: root }).read('x.session/io-logs/a.gz'))).toBe(
      'log',
    );
    expect(() => new NodeDirectoryFiles(location, { cwd: root }).read('io-logs/a.gz')).toThrow(outside);
  });

  it('finds nothing where nothing is', () => {
    const { location } = setUp();
    const files = new NodeDirectoryFiles(location);
    for (const name of ['gone', 'session/x', 'nul\0name', 'n'.repeat(5000)]) {
      expect(files.stat(`${location}/${name}`)).toBeUndefined();
      expect(() => files.read(`${location}/${name}`)).toThrow(missing);
      expect(() => files.list(`${location}/${name}`)).toThrow(missing);
    }
    expect(() => files.read(location)).toThrow(missing);
    expect(new NodeDirectoryFiles(`${location}/gone`).stat(`${location}/gone/x`)).toBeUndefined();
  });

  it('stays inside the location', () => {
    const { root, location } = setUp();
    const files = new NodeDirectoryFiles(location);
    for (const path of [`${root}/secret`, `${location}/../secret`, `${location}x/y`, '/dev/zero']) {
      expect(files.stat(path)).toEqual({ kind: 'outside', size: 0 });
      expect(() => files.read(path)).toThrow(outside);
      expect(() => files.list(path)).toThrow(outside);
    }
  });

  it('does not follow links out of the location', () => {
    const { root, location } = setUp();
    symlinkSync(`${root}/secret`, `${location}/io-logs/link.gz`);
    symlinkSync(root, `${location}/up`);
    symlinkSync('a.gz', `${location}/io-logs/fine.gz`);
    const files = new NodeDirectoryFiles(location);
    for (const path of [`${location}/io-logs/link.gz`, `${location}/up/secret`]) {
      expect(files.stat(path)).toEqual({ kind: 'outside', size: 0 });
      expect(() => files.read(path)).toThrow(outside);
    }
    expect(text(files.read(`${location}/io-logs/fine.gz`))).toBe('log');
  });

  it('goes up behind a link as the system does, not as the text suggests', () => {
    const { root, location } = setUp();
    mkdirSync(`${root}/far/away`, { recursive: true });
    writeFileSync(`${root}/far/session`, 'far');
    symlinkSync(`${root}/far/away`, `${location}/link`);
    expect(() => new NodeDirectoryFiles(location).read(`${location}/link/../session`)).toThrow(outside);
  });

  it('accepts a location that is reached through a link', () => {
    const { root, location } = setUp();
    symlinkSync(location, `${root}/current`);
    expect(text(new NodeDirectoryFiles(`${root}/current`).read(`${root}/current/io-logs/a.gz`))).toBe('log');
  });

  it('goes everywhere when that is allowed, but opens only files', () => {
    const { root, location } = setUp();
    symlinkSync(`${root}/secret`, `${location}/link`);
    const files = new NodeDirectoryFiles(location, { allowOutsideLocation: true });
    expect(text(files.read(`${root}/secret`))).toBe('top');
    expect(text(files.read(`${location}/link`))).toBe('top');
    expect(files.stat('/dev/zero')).toEqual({ kind: 'other', size: 0 });
    expect(() => files.read('/dev/zero')).toThrow(missing);
  });
});
