import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultRepository } from '../../src/storage/session-layout.js';
import { SessionStorage } from '../../src/storage/session-storage.js';
import { makeDirectory } from '../files/directories.js';

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('SessionStorage.create', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('names the session after its prefix and the time in UTC', async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 23, 20, 47, 53, 71), toFake: ['Date'] });
    const repository = makeDirectory();
    const storage = await SessionStorage.create({ repository, prefix: 'My Title! é-' });
    expect(storage.id).toBe('My_Title___-2026-11-23T20.47.53.071000');
    expect(storage.location).toBe(join(repository, `${storage.id}.session`));
    expect(readdirSync(storage.location).sort()).toEqual(['io-logs', 'session-share']);
  });

  it('counts sessions of the same moment', async () => {
    vi.useFakeTimers({ now: 0, toFake: ['Date'] });
    const repository = makeDirectory();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push((await SessionStorage.create({ repository })).id);
    const id = 'pbox-1970-01-01T00.00.00.000000';
    expect(ids).toEqual([id, `${id}_(1)`, `${id}_(2)`]);
  });

  it('gives every one of many a directory of its own', async () => {
    const repository = join(makeDirectory(), 'a', 'b');
    const made = await Promise.all(Array.from({ length: 20 }, () => SessionStorage.create({ repository })));
    expect(new Set(made.map(({ location }) => location)).size).toBe(20);
    expect(readdirSync(repository)).toHaveLength(20);
  });

  it.each([
    [undefined, 0o700],
    [0o777, 0o777],
  ])('makes directories of mode %o whatever the umask', async (directoryMode, expected) => {
    const root = makeDirectory();
    const repository = join(root, 'checkbox-ng', 'sessions');
    const { location } = await SessionStorage.create({ repository, directoryMode });
    const made = [dirname(repository), repository, location, join(location, 'io-logs')];
    expect(made.map(modeOf)).toEqual(made.map(() => expected));
  });

  it('leaves directories as they are that exist', async () => {
    const repository = makeDirectory();
    mkdirSync(join(repository, 'sessions'), { mode: 0o750 });
    await SessionStorage.create({ repository: join(repository, 'sessions'), directoryMode: 0o777 });
    expect(modeOf(join(repository, 'sessions'))).toBe(0o750);
  });

  it('takes no path as a prefix', async () => {
    const repository = makeDirectory();
    const { location } = await SessionStorage.create({ repository, prefix: '../../x/' });
    expect(dirname(location)).toBe(repository);
    expect(basename(location)).toMatch(/^\.\._\.\._x_/);
  });
});

it.runIf(process.platform === 'linux')('knows where Checkbox keeps its sessions', () => {
  expect(defaultRepository()).toBe('/var/tmp/checkbox-ng/sessions');
});

describe('load', () => {
  it('gives what was saved', async () => {
    const storage = await SessionStorage.create({ repository: makeDirectory() });
    for (const text of ['one', '', 'three']) {
      await storage.save(Buffer.from(text));
      expect(Buffer.from(await storage.load()).toString()).toBe(text);
    }
  });

  it('gives no bytes when nothing was saved', async () => {
    const storage = await SessionStorage.create({ repository: makeDirectory() });
    expect(await storage.load()).toHaveLength(0);
  });

  it('never reads session.next', async () => {
    const storage = new SessionStorage(makeDirectory({ 'session.next': 'new' }));
    expect(await storage.load()).toHaveLength(0);
  });

  it('says that there is no such directory', async () => {
    const storage = new SessionStorage(join(makeDirectory(), 'gone.session'));
    await expect(storage.load()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('does not take a directory for a checkpoint', async () => {
    const storage = new SessionStorage(makeDirectory({ 'session/x': '' }));
    await expect(storage.load()).rejects.toMatchObject({ name: 'StorageError', code: 'not-a-file' });
  });
});

it('breaks the lock of an interrupted save', async () => {
  const storage = new SessionStorage(makeDirectory({ session: 'old', 'session.next': 'ne' }));
  await expect(storage.save(Buffer.from('new'))).rejects.toMatchObject({
    name: 'LockedStorageError',
    code: 'storage-locked',
    path: join(storage.location, 'session.next'),
  });
  await storage.breakLock();
  await storage.save(Buffer.from('new'));
  expect(readFileSync(join(storage.location, 'session'), 'utf8')).toBe('new');
  await expect(storage.breakLock()).rejects.toMatchObject({ code: 'ENOENT' });
});

it('counts the bytes of all files, and not what links lead to', async () => {
  const root = makeDirectory({ 'x/session': '12345', 'x/io-logs/a': '123', big: 'x'.repeat(1000) });
  symlinkSync(join(root, 'big'), join(root, 'x', 'link'));
  expect(await new SessionStorage(join(root, 'x')).size()).toBe(8);
});

describe('remove', () => {
  it('removes everything, and does no harm twice', async () => {
    const storage = await SessionStorage.create({ repository: makeDirectory() });
    await storage.save(Buffer.from('x'));
    writeFileSync(join(storage.location, 'io-logs', 'a'), 'log');
    expect(await storage.remove()).toEqual([]);
    expect(readdirSync(dirname(storage.location))).toEqual([]);
    expect(await storage.remove()).toEqual([]);
  });

  it('leaves alone what links lead to', async () => {
    const root = makeDirectory({ 'other/session': 'x', 'a.session/session': 'x' });
    symlinkSync(join(root, 'other'), join(root, 'a.session', 'link'));
    symlinkSync(join(root, 'other'), join(root, 'b.session'));
    expect(await new SessionStorage(join(root, 'a.session')).remove()).toEqual([]);
    expect(await new SessionStorage(join(root, 'b.session')).remove()).toEqual([]);
    expect(readdirSync(root)).toEqual(['other']);
    expect(readdirSync(join(root, 'other'))).toEqual(['session']);
  });

  it('tells what it could not do', async () => {
    const storage = new SessionStorage(join(makeDirectory({ file: '' }), 'file'));
    expect(await storage.remove()).toEqual([expect.objectContaining({ code: 'ENOTDIR' })]);
  });
});
