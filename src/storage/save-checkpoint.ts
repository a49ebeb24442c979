/**
 * The atomic protocol of a save (spec `storage.md` 4): at every moment the file `session` is the previous or the
 * new checkpoint, whole.
 */

import { constants } from 'node:fs';
import { join } from 'node:path';
import { isSystemError } from '../files/node-directory.js';
import type { FileSystem, OpenFile } from './file-system.js';
import { OpenDirectory } from './open-directory.js';
import { NEXT_FILE, SESSION_FILE } from './session-layout.js';
import { LockedStorageError, StorageError } from './storage-error.js';

/** The rights of a new checkpoint; the process's umask may take some away. */
const FILE_MODE = 0o644;

export interface SaveOutcome {
  /**
   * Why the checkpoint may not outlive a power failure: the system could not confirm that it is on the medium.
   * For everybody who reads the file the save has happened.
   */
  readonly syncErrors: readonly Error[];
}

/**
 * Replaces the checkpoint in the session directory `location`.
 *
 * @throws TypeError when `data` are not bytes
 * @throws LockedStorageError when `session.next` exists
 * @throws StorageError `partial-write`
 * @throws Error of the file system. Whatever is thrown, the previous checkpoint is untouched, and `session.next`
 *   is gone again unless the error is `storage-locked` or `lock-left-behind`
 */
export async function saveCheckpoint(
  location: string,
  data: Uint8Array,
  system: FileSystem,
): Promise<SaveOutcome> {
  if (!(data instanceof Uint8Array)) throw new TypeError('data must be bytes');
  const directory = await OpenDirectory.open(location, system);
  try {
    const syncErrors: Error[] = [];
    const file = await createNext(location, directory, system);
    try {
      await writeAndClose(file, data, join(location, NEXT_FILE), syncErrors);
      await system.rename(await directory.entry(NEXT_FILE), await directory.entry(SESSION_FILE));
    } catch (error) {
      await removeNext(location, directory, system, error);
      throw error;
    }
    await noteFailure(syncErrors, () => directory.sync());
    return { syncErrors };
  } finally {
    await directory.close();
  }
}

async function createNext(location: string, directory: OpenDirectory, system: FileSystem): Promise<OpenFile> {
  const path = await directory.entry(NEXT_FILE);
  try {
    return await system.open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, FILE_MODE);
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EEXIST') throw error;
    throw new LockedStorageError(join(location, NEXT_FILE), { cause: error });
  }
}

async function writeAndClose(
  file: OpenFile,
  data: Uint8Array,
  path: string,
  syncErrors: Error[],
): Promise<void> {
  try {
    const { bytesWritten } = await file.write(data);
    if (bytesWritten !== data.length) {
      const message = `partial write? ${bytesWritten} of ${data.length} bytes: ${path}`;
      throw new StorageError(message, 'partial-write', path);
    }
    await noteFailure(syncErrors, () => file.sync());
  } finally {
    await file.close();
  }
}

/** Undoes a failed save. */
async function removeNext(
  location: string,
  directory: OpenDirectory,
  system: FileSystem,
  failure: unknown,
): Promise<void> {
  try {
    await system.unlink(await directory.entry(NEXT_FILE));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Somebody else broke the lock.
    if (isSystemError(error) && error.code === 'ENOENT') return;
    const path = join(location, NEXT_FILE);
    const message = `the save failed, and ${path} could not be removed: ${error.message}`;
    throw new StorageError(message, 'lock-left-behind', path, { cause: failure });
  }
}

async function noteFailure(failures: Error[], action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    failures.push(error);
  }
}
