/** Finding sessions below paths. Node only. */

import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SESSION_NAME } from '../../files/nearest-session.js';
import { isSystemError } from '../../files/node-directory.js';
import { compareCodePoints } from '../../python/text.js';
import type { IndexSource } from './index-row.js';

const ARCHIVE = /\.(?:tar|tar\.[gx]z|t[gx]z|zip)$/i;

/**
 * The sources below the paths, in the order of their names: session directories, archives, and whatever is
 * named itself. Links below a path are not followed; directories that cannot be read are told to `onUnreadable`.
 *
 * @throws Error of the file system when one of the paths themselves cannot be read
 */
export async function* discoverSources(
  paths: readonly string[],
  cwd: string,
  onUnreadable: (error: Error) => void,
): AsyncGenerator<IndexSource, void, void> {
  for (const path of paths) {
    const place = resolve(cwd, path);
    const stats = await stat(place);
    if (stats.isDirectory()) yield* walk(place, await readdir(place, { withFileTypes: true }), onUnreadable);
    else yield sourceOf(place, stats);
  }
}

async function* walk(
  directory: string,
  entries: readonly Dirent[],
  onUnreadable: (error: Error) => void,
): AsyncGenerator<IndexSource, void, void> {
  if (entries.some((entry) => entry.name === SESSION_NAME && entry.isFile())) {
    return yield sourceOf(directory, await stat(join(directory, SESSION_NAME)));
  }
  for (const entry of [...entries].sort((a, b) => compareCodePoints(a.name, b.name))) {
    const place = join(directory, entry.name);
    try {
      if (entry.isDirectory()) {
        yield* walk(place, await readdir(place, { withFileTypes: true }), onUnreadable);
      } else if (entry.isFile() && ARCHIVE.test(entry.name)) {
        yield sourceOf(place, await stat(place));
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
      onUnreadable(error);
    }
  }
}

function sourceOf(source: string, { size, mtimeMs }: { size: number; mtimeMs: number }): IndexSource {
  return { source, source_bytes: size, source_mtime: Math.floor(mtimeMs) };
}
