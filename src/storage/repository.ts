/** The directory of all sessions (spec `storage.md` 1, 3). */

import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isSystemError } from '../files/node-directory.js';
import { compareCodePoints } from '../python/text.js';
import { defaultRepository, SESSION_SUFFIX } from './session-layout.js';
import { SessionStorage } from './session-storage.js';

export interface StoredSession {
  readonly storage: SessionStorage;
  /**
   * When the session directory was last changed, as every save does: seconds since the epoch; undefined when it
   * cannot be had.
   */
  readonly modified: number | undefined;
}

/**
 * The sessions of a repository, youngest first; of the same age in descending order of their names, which end in
 * a time stamp. Sessions that vanish meanwhile are left out, a missing repository has none.
 *
 * @throws Error of the file system when the repository cannot be read
 */
export async function listRepository(repository: string = defaultRepository()): Promise<StoredSession[]> {
  const root = resolve(repository);
  const found: (StoredSession & { readonly order: bigint })[] = [];
  for (const entry of await entriesOf(root)) {
    if (!isSessionDirectory(entry)) continue;
    const location = join(root, entry.name);
    const order = await modificationTime(location);
    if (order === 'gone') continue;
    const modified = order === undefined ? undefined : Number(order) / 1e9;
    found.push({ storage: new SessionStorage(location), modified, order: order ?? 0n });
  }
  found.sort((a, b) =>
    a.order === b.order ? compareCodePoints(b.storage.id, a.storage.id) : a.order < b.order ? 1 : -1,
  );
  return found.map(({ storage, modified }) => ({ storage, modified }));
}

/** Whether an entry of a repository is a session; links are none. */
export function isSessionDirectory(entry: Dirent): boolean {
  return !entry.name.startsWith('.') && entry.name.endsWith(SESSION_SUFFIX) && entry.isDirectory();
}

async function entriesOf(repository: string): Promise<Dirent[]> {
  try {
    return await readdir(repository, { withFileTypes: true });
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Nanoseconds since the epoch. */
async function modificationTime(location: string): Promise<bigint | 'gone' | undefined> {
  try {
    return (await lstat(location, { bigint: true })).mtimeNs;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT' ? 'gone' : undefined;
  }
}
