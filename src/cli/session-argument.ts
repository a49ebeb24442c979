/** The argument FILE: from what the user names to a session with its files. */

import { SessionResumeError } from '../errors.js';
import { archiveKind, openArchive } from '../files/archive.js';
import { noFiles } from '../files/memory.js';
import type { NodeDirectoryOptions } from '../files/node-directory.js';
import type { SessionFiles } from '../files/session-files.js';
import { openSessionPath } from '../files/session-path-node.js';
import type { DormantSession } from '../formats/dormant-session.js';
import { open } from '../formats/open.js';
import type { Progress } from '../input.js';
import { nearMiss } from '../wording/advice.js';
import { AdvisedError } from './advice.js';
import type { Context } from './context.js';
import { UsageError } from './exit-codes.js';
import type { InputStream } from './io.js';
import { ProgressLine } from './progress.js';

export const FILE_HELP =
  'a `session` file, a session directory, a tar or zip of one, or - for standard input';

/** The bytes of a session and what lies around them. */
export interface SessionSource {
  readonly session: Uint8Array;
  readonly files: SessionFiles;
  /** The session directory; empty in an archive; null when only the bytes are there. */
  readonly location: string | null;
}

export interface OpenedSession extends SessionSource {
  readonly dormant: DormantSession;
}

/**
 * Reads what FILE leads to.
 *
 * @throws SessionResumeError as {@link openSessionPath}
 * @throws UsageError when a session is to be typed in by hand, or the name is empty
 */
export async function readSession(
  file: string,
  { io }: Context,
  options: Pick<NodeDirectoryOptions, 'allowOutsideLocation'> = {},
): Promise<SessionSource> {
  if (file === '') throw new UsageError('the name of the file is empty');
  if (file !== '-') return openSessionPath(file, { cwd: io.cwd, ...options });
  const bytes = await readAll(io.stdin);
  const kind = archiveKind(bytes);
  if (kind !== undefined) return { ...(await openArchive(bytes, kind)), location: '' };
  return { session: bytes, files: noFiles(), location: null };
}

/** @throws UsageError when several of the arguments are standard input */
export function refuseStdinTwice(files: readonly string[]): void {
  if (files.indexOf('-') !== files.lastIndexOf('-')) {
    throw new UsageError('standard input holds one session only', 'Name the file of the other one.');
  }
}

/**
 * Reads with a function of the library, showing on a terminal how far it has come.
 *
 * @throws AdvisedError when the bytes are no session, but something else that is known
 */
export async function reading<T>(
  { session }: SessionSource,
  { err }: Context,
  read: (bytes: Uint8Array, options: { onProgress(progress: Progress): void }) => Promise<T>,
): Promise<T> {
  const line = new ProgressLine(err);
  try {
    return await read(session, { onProgress: (progress) => line.show(progress) });
  } catch (error) {
    const isNoGzip = error instanceof SessionResumeError && isNotPacked(error, session);
    const advice = isNoGzip ? nearMiss(session) : undefined;
    throw isNoGzip && advice !== undefined ? new AdvisedError(error, advice) : error;
  } finally {
    await line.clear();
  }
}

export async function openSession(file: string, context: Context): Promise<OpenedSession> {
  const source = await readSession(file, context);
  return { ...source, dormant: await reading(source, context, open) };
}

/** Nothing at all counts as gzip of nothing. */
function isNotPacked({ code }: SessionResumeError, session: Uint8Array): boolean {
  return code === 'gzip-not-gzip' || session.length === 0;
}

async function readAll(stdin: InputStream): Promise<Uint8Array> {
  if (stdin.isTTY) throw new UsageError('a session cannot be typed in', 'Redirect a file to standard input.');
  const pieces: Uint8Array[] = [];
  for await (const piece of stdin) pieces.push(piece);
  return Buffer.concat(pieces);
}
