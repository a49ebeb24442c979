/** Examining whatever a path leads to: a session, an archive of one, or a repository. */

import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isSystemError, NodeDirectoryFiles } from '../files/node-directory.js';
import { openSessionPath } from '../files/session-path-node.js';
import { type Diagnosis, diagnose } from '../formats/diagnose.js';
import { finding } from '../formats/finding.js';
import type { CommonOptions } from '../input.js';
import { isSessionDirectory, listRepository } from './repository.js';
import { NEXT_FILE, SESSION_FILE, SESSION_SUFFIX } from './session-layout.js';
import { SessionStorage } from './session-storage.js';

export interface DoctorOptions extends CommonOptions {
  /** From where a relative path counts; default: the working directory of the process. */
  readonly cwd?: string | undefined;
}

export interface ExaminedSession {
  /** The file or archive as it was named, or the session directory. */
  readonly path: string;
  readonly diagnosis: Diagnosis;
}

/**
 * Examines a file `session`, a session directory, an archive of one, or all sessions of a repository, youngest
 * first. Whatever is wrong with one of them, the others follow.
 *
 * One session at a time is held in memory: what the diagnosis has of it must be read before the next one is
 * asked for.
 *
 * @throws SessionResumeError when the path leads to none of these, as {@link openSessionPath}
 * @throws Error of the file system when a repository cannot be read
 */
export async function* doctor(
  path: string,
  options: DoctorOptions = {},
): AsyncGenerator<ExaminedSession, void, void> {
  const place = resolve(options.cwd ?? process.cwd(), path);
  const entries = await directoryEntries(place);
  if (entries !== undefined && isSession(place, entries)) {
    yield* examine(new SessionStorage(place), options);
  } else if (entries?.some(isSessionDirectory)) {
    for (const { storage } of await listRepository(place)) yield* examine(storage, options);
  } else {
    const { session, files, location } = await openSessionPath(place);
    yield* disposing({ path, diagnosis: await diagnose(session, { ...options, files, location }) });
  }
}

/** Undefined for what is no directory, or cannot be read as one. */
async function directoryEntries(place: string): Promise<Dirent[] | undefined> {
  try {
    return (await stat(place)).isDirectory() ? await readdir(place, { withFileTypes: true }) : undefined;
  } catch (error) {
    // The reason is told by the one who opens it.
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

/** A session directory may have lost its checkpoint, or never had one. */
function isSession(place: string, entries: readonly Dirent[]): boolean {
  const isCheckpoint = (entry: Dirent) => entry.name === SESSION_FILE || entry.name === NEXT_FILE;
  return (
    place.endsWith(SESSION_SUFFIX) || entries.some((entry) => isCheckpoint(entry) && !entry.isDirectory())
  );
}

async function* examine(
  storage: SessionStorage,
  options: DoctorOptions,
): AsyncGenerator<ExaminedSession, void, void> {
  const { location } = storage;
  let checkpoint: Uint8Array;
  try {
    checkpoint = await storage.load();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    // It has vanished since it was listed.
    if (error.code === 'ENOENT') return;
    const findings = [finding('error', 'unreadable-file', error.message, { file: SESSION_FILE })];
    yield { path: location, diagnosis: { session: undefined, leftOver: undefined, findings } };
    return;
  }
  const files = new NodeDirectoryFiles(location);
  yield* disposing({
    path: location,
    diagnosis: await diagnose(checkpoint, { ...options, files, location }),
  });
}

async function* disposing(examined: ExaminedSession): AsyncGenerator<ExaminedSession, void, void> {
  try {
    yield examined;
  } finally {
    examined.diagnosis.session?.dispose();
  }
}
