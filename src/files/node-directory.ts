/** Session files in a directory of the machine (Node only), read synchronously. */

import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { SessionResumeError } from '../errors.js';
import { sortCodePoints } from '../python/text.js';
import { cannotAccess, type FileStat, type SessionFiles } from './session-files.js';

export interface NodeDirectoryOptions {
  /**
   * Whether files outside of the location may be read, directly or through symbolic links. Off by default: a
   * session can name any file of the machine (spec `deviations.md` E).
   */
  readonly allowOutsideLocation?: boolean | undefined;
  /** From where relative paths count; default: the working directory of the process. */
  readonly cwd?: string | undefined;
}

export class NodeDirectoryFiles implements SessionFiles {
  readonly #location: string;
  readonly #cwd: string;
  readonly #allowOutside: boolean;

  /** @param location the session directory; it need not exist */
  constructor(
    location: string,
    { allowOutsideLocation = false, cwd = process.cwd() }: NodeDirectoryOptions = {},
  ) {
    this.#cwd = resolve(cwd);
    this.#location = resolve(this.#cwd, location);
    this.#allowOutside = allowOutsideLocation;
  }

  stat(path: string): FileStat | undefined {
    const place = this.#find(path);
    if (place instanceof Error) return undefined;
    if (place === 'outside') return { kind: 'outside', size: 0 };
    const stats = statSync(place, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if (stats.isFile()) return { kind: 'file', size: stats.size };
    return { kind: stats.isDirectory() ? 'directory' : 'other', size: 0 };
  }

  read(path: string): Uint8Array {
    const place = this.#find(path);
    if (place === 'outside') throw cannotAccess(path, 'outside-location');
    if (place instanceof Error) throw cannotAccess(path, 'missing-file', place);
    return orCannotAccess(path, () => {
      // Opening a pipe or a device could wait for ever.
      if (!statSync(place).isFile()) throw cannotAccess(path, 'missing-file');
      return readFileSync(place);
    });
  }

  list(directory = this.#location): string[] {
    const place = this.#find(directory);
    if (place === 'outside') throw cannotAccess(directory, 'outside-location');
    if (place instanceof Error) throw cannotAccess(directory, 'missing-file', place);
    return sortCodePoints(orCannotAccess(directory, () => readdirSync(place)));
  }

  /** The path behind all links, or why it cannot be had. A path outside is not even looked at. */
  #find(path: string): string | 'outside' | Error {
    const full = isAbsolute(path) ? path : `${this.#cwd}${sep}${path}`;
    if (!this.#allowOutside && !isInside(resolve(full), this.#location)) return 'outside';
    try {
      // The native function follows links before it goes up at `..`, as opening the file would.
      const real = realpathSync.native(full);
      if (this.#allowOutside || isInside(real, realpathSync.native(this.#location))) return real;
      return 'outside';
    } catch (error) {
      if (isSystemError(error)) return error;
      throw error;
    }
  }
}

function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function orCannotAccess<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw isSystemError(error) ? cannotAccess(path, 'missing-file', error) : error;
  }
}

/** An error of the operating system, or of Node about a path that no system takes. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error) || error instanceof SessionResumeError) return false;
  return typeof (error as NodeJS.ErrnoException).code === 'string';
}
