/** Session files in memory. */

import { sortCodePoints } from '../python/text.js';
import { normalizePath, pathInside } from './lexical-path.js';
import { cannotAccess, type FileStat, type SessionFiles } from './session-files.js';

export class MemoryFiles implements SessionFiles {
  readonly #entries = new Map<string, Uint8Array>();
  /** Every directory with the names in it, `.` is the session's own. */
  readonly #directories = new Map<string, Set<string>>([['.', new Set()]]);
  readonly #location: string;

  /**
   * @param entries contents by path relative to the session directory
   * @param location the name of the session directory in absolute paths; relative paths count from there
   * @throws BrokenReferenceToExternalFileError `outside-location` for an entry above the session directory
   */
  constructor(entries: Iterable<readonly [string, Uint8Array]>, location = '') {
    this.#location = location;
    for (const [name, bytes] of entries) {
      const path = pathInside(name, '');
      if (path === undefined) throw cannotAccess(name, 'outside-location');
      this.#entries.set(path, bytes);
      this.#register(path);
    }
  }

  stat(path: string): FileStat | undefined {
    const inside = pathInside(path, this.#location);
    if (inside === undefined) return { kind: 'outside', size: 0 };
    const bytes = path.endsWith('/') ? undefined : this.#entries.get(inside);
    if (bytes !== undefined) return { kind: 'file', size: bytes.length };
    return this.#directories.has(inside) ? { kind: 'directory', size: 0 } : undefined;
  }

  read(path: string): Uint8Array {
    const inside = pathInside(path, this.#location);
    if (inside === undefined) throw cannotAccess(path, 'outside-location');
    const bytes = path.endsWith('/') ? undefined : this.#entries.get(inside);
    if (bytes === undefined) throw cannotAccess(path, 'missing-file');
    return bytes;
  }

  list(directory = this.#location): string[] {
    const inside = pathInside(directory, this.#location);
    if (inside === undefined) throw cannotAccess(directory, 'outside-location');
    const names = this.#directories.get(normalizePath(inside));
    if (names === undefined) throw cannotAccess(directory, 'missing-file');
    return sortCodePoints([...names]);
  }

  #register(path: string): void {
    let directory = '.';
    for (const name of path.split('/')) {
      const names = this.#directories.get(directory) ?? new Set();
      this.#directories.set(directory, names.add(name));
      directory = directory === '.' ? name : `${directory}/${name}`;
    }
  }
}

/** For a session that has nothing beside it. */
export function noFiles(): MemoryFiles {
  return new MemoryFiles([]);
}
