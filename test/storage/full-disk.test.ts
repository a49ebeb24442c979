import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SessionStorage } from '../../src/storage/session-storage.js';
import { makeDirectory } from '../files/directories.js';

const DISK_BYTES = 64 << 10;

/** A file system of 64 KiB; undefined where mounting is not allowed. */
function mountSmallDisk(): string | undefined {
  const directory = makeDirectory();
  const options = ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', directory];
  if (process.platform !== 'linux' || spawnSync('mount', options).status !== 0) return undefined;
  onTestFinished(() => {
    spawnSync('umount', [directory]);
  });
  return directory;
}

describe('a disk that becomes full', () => {
  it('keeps the previous checkpoint, and takes the next one that fits', async ({ skip }) => {
    const disk = mountSmallDisk();
    if (disk === undefined) return skip('mounting is not allowed');
    const storage = await SessionStorage.create({ repository: disk });
    const small = randomBytes(1000);
    await storage.save(small);

    await expect(storage.save(randomBytes(4 * DISK_BYTES))).rejects.toMatchObject({ code: 'partial-write' });
    expect(readdirSync(storage.location)).not.toContain('session.next');
    expect(Buffer.compare(await storage.load(), small)).toBe(0);

    fill(join(disk, 'filler'));
    await expect(storage.save(randomBytes(8192))).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(readdirSync(storage.location)).not.toContain('session.next');
    expect(Buffer.compare(await storage.load(), small)).toBe(0);

    writeFileSync(join(disk, 'filler'), '');
    await storage.save(randomBytes(8192));
    expect(await storage.load()).toHaveLength(8192);
  });
});

/** Writes until nothing more fits. */
function fill(path: string): void {
  expect(() => writeFileSync(path, randomBytes(2 * DISK_BYTES))).toThrow('ENOSPC');
}
