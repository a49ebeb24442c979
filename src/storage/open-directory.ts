/**
 * A directory held open, so that files in it are reached even when it is moved meanwhile.
 *
 * Node has no file operations relative to a handle. Where `/proc/self/fd` exists (Linux) a path through it leads
 * into the very directory that is open. Elsewhere the path is used, after a check that it still leads to that
 * directory: a move between the check and the use goes unnoticed, a move before it is refused.
 */

import { constants } from 'node:fs';
import { join } from 'node:path';
import { isSystemError } from '../files/node-directory.js';
import type { FileSystem, OpenFile } from './file-system.js';
import { StorageError } from './storage-error.js';

const HANDLES = '/proc/self/fd';

export class OpenDirectory {
  readonly #path: string;
  readonly #handle: OpenFile;
  readonly #system: FileSystem;
  readonly #hasHandlePath: boolean;

  private constructor(path: string, handle: OpenFile, system: FileSystem, hasHandlePath: boolean) {
    this.#path = path;
    this.#handle = handle;
    this.#system = system;
    this.#hasHandlePath = hasHandlePath;
  }

  /** @throws Error of the file system, `ENOENT` when there is no such directory */
  static async open(path: string, system: FileSystem): Promise<OpenDirectory> {
    // Windows knows no such flag, and opens directories without it.
    const handle = await system.open(path, constants.O_RDONLY | (constants.O_DIRECTORY ?? 0));
    try {
      const hasHandlePath = await isSameFile(join(HANDLES, String(handle.fd)), handle, system);
      return new OpenDirectory(path, handle, system, hasHandlePath);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /**
   * A path that leads to the entry `name` of this directory, to be used at once.
   *
   * @throws StorageError `storage-moved`
   */
  async entry(name: string): Promise<string> {
    if (this.#hasHandlePath) return join(HANDLES, String(this.#handle.fd), name);
    if (await isSameFile(this.#path, this.#handle, this.#system)) return join(this.#path, name);
    throw new StorageError(`the directory was moved: ${this.#path}`, 'storage-moved', this.#path);
  }

  sync(): Promise<void> {
    return this.#handle.sync();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

async function isSameFile(path: string, handle: OpenFile, system: FileSystem): Promise<boolean> {
  try {
    const there = await system.stat(path, { bigint: true });
    const here = await handle.stat({ bigint: true });
    return there.dev === here.dev && there.ino === here.ino;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}
