/** Making the directories of a new session (spec `storage.md` 1, 2; `deviations.md` D). */

import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isSystemError } from '../files/node-directory.js';
import { slug } from '../results/paths.js';
import { SESSION_SUFFIX, SUBDIRECTORIES } from './session-layout.js';

/** A storage id without what keeps equal ones apart: the prefix as a slug, then the time in UTC. */
export function storageId(prefix: string, time: Date): string {
  // The clock counts in milliseconds, the reference's names in microseconds.
  const stamp = time.toISOString().replaceAll(':', '.').replace('Z', '000');
  return slug(prefix) + stamp;
}

/**
 * Makes the directory of a new session, and the repository if need be.
 *
 * @param mode of every directory that is made, whatever the process's umask
 * @returns the new directory
 * @throws Error of the file system
 */
export async function createSessionDirectory(repository: string, id: string, mode: number): Promise<string> {
  await makeDirectories(repository, mode);
  for (let copy = 0; ; copy++) {
    const name = copy === 0 ? id : `${id}_(${copy})`;
    const location = join(repository, name + SESSION_SUFFIX);
    if (!(await makeDirectory(location, mode))) continue;
    for (const subdirectory of SUBDIRECTORIES) await makeDirectory(join(location, subdirectory), mode);
    return location;
  }
}

/** Makes what is missing of a path; what exists is left as it is. */
async function makeDirectories(path: string, mode: number): Promise<void> {
  try {
    await makeDirectory(path, mode);
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeDirectories(dirname(path), mode);
    await makeDirectory(path, mode);
  }
}

/** Whether the directory was made; false when something of that name exists. */
async function makeDirectory(path: string, mode: number): Promise<boolean> {
  try {
    await mkdir(path, mode);
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return false;
    throw error;
  }
  await chmod(path, mode);
  return true;
}
