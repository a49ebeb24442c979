/** From a path that somebody typed to a session (Node only). */

import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DataError, SessionResumeError } from '../errors.js';
import { readHeader } from '../kernel/js-gzip.js';
import { archiveKind, openArchive } from './archive.js';
import { SESSION_NAME } from './nearest-session.js';
import { isSystemError, NodeDirectoryFiles, type NodeDirectoryOptions } from './node-directory.js';
import type { SessionFiles } from './session-files.js';

export interface OpenedSessionPath {
  /** The bytes of the file `session`. */
  readonly session: Uint8Array;
  readonly files: SessionFiles;
  /**
   * The session directory, absolute; empty for an archive, in which stored names count from the session's
   * directory.
   */
  readonly location: string;
}

const SESSION_DIRECTORY = /\.session$/;
const RECORD_FILE = /\.record\.gz$/;
/** How many names an error lists. */
const NAMES_SHOWN = 3;

/**
 * Opens what a path leads to: a file `session`, a session directory, or a tar (plain or compressed by gzip or xz)
 * or zip of one. Any other file is taken for a session, so that its reader says what is wrong with it.
 *
 * @throws SessionResumeError `missing-file` when nothing can be read there, `several-sessions` for a repository
 *   or an archive of several sessions, `not-a-session` when no session is inside or the file is a record file,
 *   `bad-archive` for a damaged archive
 */
export async function openSessionPath(
  path: string,
  options: NodeDirectoryOptions = {},
): Promise<OpenedSessionPath> {
  const place = resolve(options.cwd ?? process.cwd(), path);
  const stats = await orMissing(path, () => stat(place));
  if (stats.isDirectory()) return openDirectory(path, place, options);
  if (!stats.isFile()) {
    throw new SessionResumeError(`neither file nor directory: ${path}`, {
      code: 'missing-file',
      actual: path,
    });
  }
  const bytes = await orMissing(path, () => readFile(place));
  const kind = archiveKind(bytes);
  if (kind !== undefined) {
    const { session, files } = await openArchive(bytes, kind);
    return { session, files, location: '' };
  }
  if (isRecordFile(path, bytes)) {
    throw new SessionResumeError(`a record file, not a session: ${path}`, {
      code: 'not-a-session',
      actual: path,
    });
  }
  const location = dirname(place);
  return { session: bytes, files: new NodeDirectoryFiles(location, options), location };
}

async function openDirectory(
  path: string,
  location: string,
  options: NodeDirectoryOptions,
): Promise<OpenedSessionPath> {
  const entries = await orMissing(path, () => readdir(location, { withFileTypes: true }));
  if (entries.some(({ name }) => name === SESSION_NAME)) {
    const session = await orMissing(path, () => readFile(join(location, SESSION_NAME)));
    return { session, files: new NodeDirectoryFiles(location, options), location };
  }
  throw noSession(path, entries);
}

function noSession(path: string, entries: readonly Dirent[]): SessionResumeError {
  const sessions = entries.filter(({ name }) => SESSION_DIRECTORY.test(name)).map(({ name }) => name);
  if (sessions.length > 0) {
    const more = sessions.length > NAMES_SHOWN ? ', …' : '';
    const shown = sessions.sort().slice(0, NAMES_SHOWN).join(', ');
    return new SessionResumeError(
      `a repository of ${sessions.length} session${sessions.length === 1 ? '' : 's'} (${shown}${more}): ${path}`,
      {
        code: 'several-sessions',
        actual: sessions,
      },
    );
  }
  const hasNext = entries.some(({ name }) => name === `${SESSION_NAME}.next`);
  const hint = hasNext ? `, but ${SESSION_NAME}.next of an interrupted save` : '';
  return new SessionResumeError(`no file named ${SESSION_NAME} in the directory${hint}: ${path}`, {
    code: 'not-a-session',
    actual: path,
  });
}

/** Record files keep their own name in the gzip header (spec `format.md` 5), sessions have none. */
function isRecordFile(path: string, bytes: Uint8Array): boolean {
  if (RECORD_FILE.test(path)) return true;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return false;
  try {
    return readHeader(bytes, 0).fileName?.endsWith('.record') ?? false;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}

async function orMissing<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const reason = error.code === 'ENOENT' ? 'no such file or directory' : `cannot read (${error.code})`;
    throw new SessionResumeError(`${reason}: ${path}`, { code: 'missing-file', actual: path, cause: error });
  }
}
