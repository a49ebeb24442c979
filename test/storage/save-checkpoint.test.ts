import { readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeFileSystem, type OpenFile } from '../../src/storage/file-system.js';
import { saveCheckpoint } from '../../src/storage/save-checkpoint.js';
import { LockedStorageError, StorageError } from '../../src/storage/storage-error.js';
import { makeDirectory } from '../files/directories.js';
import { faulty, systemError } from './faults.js';

const OLD = 'the previous checkpoint';
const NEW = Buffer.from('the new checkpoint');

const fails = (code: string) => async () => Promise.reject(systemError(code));
const contentOf = (location: string) => readFileSync(join(location, 'session'), 'utf8');

/** Half of the bytes reach the disk, as when it becomes full. */
function shortWrite(real: OpenFile): Partial<OpenFile> {
  const write = async (data: Uint8Array) => real.write(data.subarray(0, data.length / 2));
  return { write: write as OpenFile['write'] };
}

describe('saveCheckpoint', () => {
  it('replaces the checkpoint and leaves nothing else', async () => {
    const location = makeDirectory({ session: OLD });
    expect(await saveCheckpoint(location, NEW, nodeFileSystem)).toEqual({ syncErrors: [] });
    expect(contentOf(location)).toBe(String(NEW));
    expect(readdirSync(location)).toEqual(['session']);
  });

  it.each([
    [0o000, 0o644],
    [0o002, 0o644],
    [0o077, 0o600],
  ])('makes the first checkpoint, under the umask %i with the rights %i', async (umask, mode) => {
    const location = makeDirectory();
    const before = process.umask(umask);
    try {
      await saveCheckpoint(location, NEW, nodeFileSystem);
    } finally {
      process.umask(before);
    }
    expect(contentOf(location)).toBe(String(NEW));
    expect(statSync(join(location, 'session')).mode & 0o777).toBe(mode);
  });

  it('takes bytes only', async () => {
    const location = makeDirectory({ session: OLD });
    const save = saveCheckpoint(location, 'text' as unknown as Uint8Array, nodeFileSystem);
    await expect(save).rejects.toThrow(new TypeError('data must be bytes'));
  });

  it('says that there is no such directory', async () => {
    const save = saveCheckpoint(join(makeDirectory(), 'gone'), NEW, nodeFileSystem);
    await expect(save).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is locked by a file session.next, and touches nothing then', async () => {
    const location = makeDirectory({ session: OLD, 'session.next': 'half' });
    const save = saveCheckpoint(location, NEW, nodeFileSystem);
    await expect(save).rejects.toBeInstanceOf(LockedStorageError);
    expect(contentOf(location)).toBe(OLD);
    expect(readFileSync(join(location, 'session.next'), 'utf8')).toBe('half');
  });

  it('lets one of two savers win', async () => {
    const location = makeDirectory({ session: OLD });
    const attempts = ['one', 'two'].map((text) =>
      saveCheckpoint(location, Buffer.from(text), nodeFileSystem),
    );
    const outcomes = await Promise.allSettled(attempts);
    const winners = ['one', 'two'].filter((_, index) => outcomes[index]!.status === 'fulfilled');
    expect(winners.length).toBeGreaterThan(0);
    expect(winners).toContain(contentOf(location));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(LockedStorageError);
    }
    expect(readdirSync(location)).toEqual(['session']);
  });
});

describe('a save that fails', () => {
  it.each([
    ['a short write', faulty({}, shortWrite), 'partial-write'],
    ['a full disk', faulty({}, () => ({ write: fails('ENOSPC') })), 'ENOSPC'],
    ['an error of the disk', faulty({}, () => ({ write: fails('EIO') })), 'EIO'],
    ['an error at closing', faulty({}, closeFails), 'EIO'],
    ['a rename that is refused', faulty({ rename: fails('EPERM') }), 'EPERM'],
    ['a rename on a broken disk', faulty({ rename: fails('EIO') }), 'EIO'],
  ] as const)('with %s keeps the previous checkpoint and removes its own', async (_, system, code) => {
    const location = makeDirectory({ session: OLD });
    await expect(saveCheckpoint(location, NEW, system)).rejects.toMatchObject({ code });
    expect(contentOf(location)).toBe(OLD);
    expect(readdirSync(location)).toEqual(['session']);
    await saveCheckpoint(location, NEW, nodeFileSystem);
    expect(contentOf(location)).toBe(String(NEW));
  });

  it('tells how much was written', async () => {
    const location = makeDirectory();
    const save = saveCheckpoint(location, NEW, faulty({}, shortWrite));
    await expect(save).rejects.toThrow(`partial write? 9 of 18 bytes: ${join(location, 'session.next')}`);
  });

  it('says so when it cannot remove session.next', async () => {
    const location = makeDirectory({ session: OLD });
    const system = faulty({ rename: fails('EIO'), unlink: fails('EROFS') });
    const error: unknown = await saveCheckpoint(location, NEW, system).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ code: 'lock-left-behind', cause: { code: 'EIO' } });
    expect(contentOf(location)).toBe(OLD);
  });

  it('tells the reason when somebody broke its lock meanwhile', async () => {
    const location = makeDirectory({ session: OLD });
    const system = faulty({}, (real) => ({
      async sync() {
        unlinkSync(join(location, 'session.next'));
        await real.sync();
      },
    }));
    await expect(saveCheckpoint(location, NEW, system)).rejects.toMatchObject({
      code: 'ENOENT',
      syscall: 'rename',
    });
    expect(contentOf(location)).toBe(OLD);
  });

  it('goes on when only the medium cannot confirm', async () => {
    const location = makeDirectory({ session: OLD });
    const system = faulty({}, () => ({ sync: fails('EIO') }));
    const { syncErrors } = await saveCheckpoint(location, NEW, system);
    expect(syncErrors).toEqual([expect.objectContaining({ code: 'EIO' })]);
    expect(contentOf(location)).toBe(String(NEW));
  });
});

describe('a directory that moves during the save', () => {
  /** Moves the directory away, and puts another one in its place, while the new checkpoint is written. */
  function moving(location: string, decoy: string) {
    return (real: OpenFile): Partial<OpenFile> => ({
      async sync() {
        renameSync(location, `${location}.moved`);
        renameSync(decoy, location);
        await real.sync();
      },
    });
  }

  it.runIf(process.platform === 'linux')('gets the checkpoint wherever it is', async () => {
    const root = makeDirectory({ 'a/session': OLD, 'b/session': 'of another session' });
    const location = join(root, 'a');
    await saveCheckpoint(location, NEW, faulty({}, moving(location, join(root, 'b'))));
    expect(contentOf(`${location}.moved`)).toBe(String(NEW));
    expect(contentOf(location)).toBe('of another session');
  });

  it('is noticed where there are no paths through handles', async () => {
    const root = makeDirectory({ 'a/session': OLD, 'b/session': 'of another session' });
    const location = join(root, 'a');
    const stat = ((path, options) => {
      return String(path).startsWith('/proc/') ? fails('ENOENT')() : nodeFileSystem.stat(path, options);
    }) as typeof nodeFileSystem.stat;
    const save = saveCheckpoint(location, NEW, faulty({ stat }, moving(location, join(root, 'b'))));
    await expect(save).rejects.toMatchObject({ code: 'lock-left-behind', cause: { code: 'storage-moved' } });
    expect(contentOf(`${location}.moved`)).toBe(OLD);
    expect(readdirSync(location)).toEqual(['session']);
    writeFileSync(join(location, 'session'), OLD);
    await saveCheckpoint(location, NEW, faulty({ stat }));
    expect(contentOf(location)).toBe(String(NEW));
  });
});

function closeFails(real: OpenFile): Partial<OpenFile> {
  return {
    async close() {
      await real.close();
      throw systemError('EIO');
    },
  };
}
