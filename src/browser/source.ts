/** Where a browser takes a session from. */

import { SessionResumeError } from '../errors.js';
import { archiveKind, openArchive } from '../files/archive.js';
import { noFiles } from '../files/memory.js';
import { nearestSessions, SESSION_NAME, severalSessions } from '../files/nearest-session.js';
import type { SessionFiles } from '../files/session-files.js';
import type { Input } from '../input.js';
import { BlobFiles, type FileEntry } from './blob-files.js';
import { DirectoryHandleFiles } from './directory-handle.js';

/** Everything in it can be sent to a worker. */
export type BrowserSource =
  /** A file `session`, or a tar, gzipped tar or zip of a session directory. */
  | Blob
  /** The files of a session directory, or of one above it. */
  | readonly FileEntry[]
  /** The same, read when it is needed. */
  | FileSystemDirectoryHandle;

export interface LocatedSession {
  readonly session: Input;
  readonly files: SessionFiles;
  /** Empty where log names count from the root of `files`; null when only the session itself is there. */
  readonly location: string | null;
  /** Path of the session directory in what was given; undefined when that was the session itself. */
  readonly directory: string | undefined;
}

const SESSION_DIRECTORY = /\.session$/;
/** Enough to tell an archive from a session: a gzipped tar shows itself in its first block. */
const SAMPLE_BYTES = 8192;

/**
 * Finds the session in a source.
 *
 * @throws SessionResumeError `not-a-session`, `several-sessions`, or `bad-archive`
 */
export function locateSession(source: BrowserSource): Promise<LocatedSession> {
  if (source instanceof Blob) return locateInBlob(source);
  return Array.isArray(source)
    ? locateInEntries(source)
    : locateInDirectory(source as FileSystemDirectoryHandle);
}

async function locateInBlob(blob: Blob): Promise<LocatedSession> {
  const kind = archiveKind(await bytesOf(blob.slice(0, SAMPLE_BYTES)));
  if (kind === undefined) {
    return { session: blob, files: noFiles(), location: null, directory: undefined };
  }
  return { ...(await openArchive(await bytesOf(blob), kind)), location: '' };
}

async function locateInEntries(entries: readonly FileEntry[]): Promise<LocatedSession> {
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) return locateInBlob(only[1]);
  const sessions = nearestSessions(entries.map(([path]) => path));
  const [nearest] = sessions;
  if (nearest === undefined) throw noSession();
  if (sessions.length > 1) throw severalSessions('directory', sessions.map(parentOf));
  const prefix = nearest.slice(0, -SESSION_NAME.length);
  const inside = entries.flatMap(([path, blob]): FileEntry[] =>
    path.startsWith(prefix) ? [[path.slice(prefix.length), blob]] : [],
  );
  return {
    session: entries.find(([path]) => path === nearest)![1],
    files: new BlobFiles(inside),
    location: '',
    directory: parentOf(nearest),
  };
}

async function locateInDirectory(handle: FileSystemDirectoryHandle): Promise<LocatedSession> {
  const files = new DirectoryHandleFiles(handle);
  const names = await files.list();
  if (names.includes(SESSION_NAME)) {
    return { session: await files.file(SESSION_NAME), files, location: '', directory: handle.name };
  }
  const sessions = names.filter((name) => SESSION_DIRECTORY.test(name));
  const [nearest] = sessions;
  if (nearest === undefined) throw noSession();
  if (sessions.length > 1) throw severalSessions('directory', sessions);
  return locateInDirectory(await handle.getDirectoryHandle(nearest));
}

function noSession(): SessionResumeError {
  return new SessionResumeError(`no file named ${SESSION_NAME} in the directory`, { code: 'not-a-session' });
}

function parentOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end < 0 ? '.' : path.slice(0, end);
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
