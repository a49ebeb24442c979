/** One session directory on disk (spec `storage.md`). */

import { constants } from 'node:fs';
import { lstat, open, readdir, rm, rmdir, stat, unlink } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { isSystemError } from '../files/node-directory.js';
import { createSessionDirectory, storageId } from './create-storage.js';
import { nodeFileSystem } from './file-system.js';
import { type SaveOutcome, saveCheckpoint } from './save-checkpoint.js';
import { defaultRepository, NEXT_FILE, SESSION_FILE, SESSION_SUFFIX } from './session-layout.js';
import { StorageError } from './storage-error.js';

export interface CreateOptions {
  /** The directory of all sessions; default: {@link defaultRepository}. */
  readonly repository?: string | undefined;
  /** Beginning of the session's id; default `pbox-`. Checkbox uses the title and a hyphen. */
  readonly prefix?: string | undefined;
  /**
   * Permissions of the directories that are made, whatever the process's umask; default 0700. 0777 for a Checkbox
   * agent that shares them.
   */
  readonly directoryMode?: number | undefined;
}

export class SessionStorage {
  /** Absolute path of the session directory. */
  readonly location: string;

  /** @param location the session directory; it need not exist */
  constructor(location: string) {
    this.location = resolve(location);
  }

  /**
   * Makes a session directory with a name of its own.
   *
   * @throws Error of the file system
   */
  static async create({
    repository = defaultRepository(),
    prefix = 'pbox-',
    directoryMode = 0o700,
  }: CreateOptions = {}): Promise<SessionStorage> {
    const id = storageId(prefix, new Date());
    return new SessionStorage(await createSessionDirectory(resolve(repository), id, directoryMode));
  }

  /** The name of the directory without its suffix. */
  get id(): string {
    return basename(this.location, SESSION_SUFFIX);
  }

  /**
   * The last checkpoint; no bytes when nothing was ever saved.
   *
   * @throws Error of the file system, `ENOENT` when the directory is missing
   * @throws StorageError `not-a-file` or `partial-read`
   */
  async load(): Promise<Uint8Array> {
    const path = join(this.location, SESSION_FILE);
    try {
      return await readWhole(path);
    } catch (error) {
      if (!isSystemError(error) || error.code !== 'ENOENT') throw error;
      await stat(this.location);
      return new Uint8Array(0);
    }
  }

  /**
   * Replaces the checkpoint; readers find the previous or the new one at any time.
   *
   * @throws LockedStorageError when another save is under way or was interrupted, see {@link breakLock}
   * @throws StorageError `partial-write` or `lock-left-behind`
   * @throws Error of the file system; the previous checkpoint is then untouched
   */
  save(data: Uint8Array): Promise<SaveOutcome> {
    return saveCheckpoint(this.location, data, nodeFileSystem);
  }

  /**
   * Removes what an interrupted save left behind.
   *
   * @throws Error of the file system, `ENOENT` when there is no lock
   */
  breakLock(): Promise<void> {
    return unlink(join(this.location, NEXT_FILE));
  }

  /** Bytes of all files of the session, as far as they can be counted. */
  async size(): Promise<number> {
    let bytes = 0;
    for (const entry of await readdir(this.location, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const stats = await lstat(join(entry.parentPath, entry.name)).catch(ignoreSystemError);
      bytes += stats?.size ?? 0;
    }
    return bytes;
  }

  /**
   * Removes the session as far as that is possible; removing it twice is harmless.
   *
   * @returns what went wrong, nothing when the directory is gone
   */
  async remove(): Promise<readonly Error[]> {
    const failures: Error[] = [];
    const note = async (action: () => Promise<void>) => {
      try {
        await action();
      } catch (error) {
        if (!isSystemError(error)) throw error;
        if (error.code !== 'ENOENT') failures.push(error);
      }
    };
    await note(async () => {
      // What a symbolic link leads to is somebody else's.
      if ((await lstat(this.location)).isSymbolicLink()) return unlink(this.location);
      for (const name of await readdir(this.location)) {
        await note(() => rm(join(this.location, name), { recursive: true }));
      }
      await rmdir(this.location);
    });
    return failures;
  }
}

function ignoreSystemError(error: unknown): undefined {
  if (!isSystemError(error)) throw error;
}

/** Reads as many bytes as the file has when it is opened. */
async function readWhole(path: string): Promise<Uint8Array> {
  // Without the flag a pipe would wait for its other end; Windows has neither.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new StorageError(`not a file: ${path}`, 'not-a-file', path);
    const bytes = new Uint8Array(stats.size);
    let size = 0;
    while (size < bytes.length) {
      const { bytesRead } = await file.read(bytes, size, bytes.length - size, size);
      if (bytesRead === 0) {
        const message = `partial read? ${size} of ${bytes.length} bytes: ${path}`;
        throw new StorageError(message, 'partial-read', path);
      }
      size += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
