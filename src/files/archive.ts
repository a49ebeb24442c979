/** Sessions in archives: tar, compressed by gzip, xz or not, and zip; read in memory, never unpacked to disk. */

import { unpackTar } from 'modern-tar';
import { DataError, SessionResumeError } from '../errors.js';
import { gunzip } from './gunzip.js';
import { pathInside } from './lexical-path.js';
import { MemoryFiles } from './memory.js';
import { nearestSessions, SESSION_NAME, severalSessions } from './nearest-session.js';
import { unxz, XzError } from './unxz.js';
import { readZipDirectory, readZipEntry, ZipError } from './zip.js';

export type ArchiveKind = 'tar' | 'tar.gz' | 'tar.xz' | 'zip';

/** A session with the files around it. */
export interface FoundSession {
  /** The bytes of the file `session`. */
  readonly session: Uint8Array;
  readonly files: MemoryFiles;
  /** Path of the session directory inside the archive; `.` when it is the archive's root. */
  readonly directory: string;
}

export interface ArchiveLimits {
  /** Bytes accepted of all the content together; default 2 GiB. */
  readonly contentBytes?: number | undefined;
}

const DEFAULT_CONTENT_BYTES = 2 ** 31;
/** The report that each submission of Checkbox has. */
const SUBMISSION = /(^|\/)submission\.(json|html|xml)$/;
const TAR_MAGIC = [0x75, 0x73, 0x74, 0x61, 0x72];
const TAR_MAGIC_OFFSET = 257;
const XZ_MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0];
const GZIP_SAMPLE_BYTES = 4096;
/** The longest entry name in UTF-16 code units and its most components: every directory above it is kept. */
const LONGEST_NAME = 4096;
const MOST_COMPONENTS = 256;
/** How much of a refused name is told. */
const SHOWN_NAME = 200;

/** What the tar reader refuses; its own errors have no class. */
class TarError extends Error {
  override readonly name = 'TarError';
}

/** What the readers of all kinds of archives throw for one that cannot be read. */
const BAD_ARCHIVE = [ZipError, TarError, XzError, DataError];

/** A file in an archive; the content is made when it is asked for. */
interface ArchiveFile {
  readonly path: string;
  readonly size: number;
  readonly content: () => Uint8Array;
}

/**
 * What kind of archive the bytes are, if any; a gzipped tar is told from a session by its content, while nothing
 * else than archives is compressed by xz.
 */
export function archiveKind(bytes: Uint8Array): ArchiveKind | undefined {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)) return 'zip';
  if (XZ_MAGIC.every((byte, i) => bytes[i] === byte)) return 'tar.xz';
  if (hasTarMagic(bytes)) return 'tar';
  return hasTarMagic(gzipSample(bytes)) ? 'tar.gz' : undefined;
}

/**
 * Finds the session in an archive: the file `session` that is nearest to the root, with its directory.
 *
 * @throws SessionResumeError `bad-archive` when the archive cannot be read, `not-a-session` when there is no
 *   session in it, `several-sessions` when it holds more than one
 */
export async function openArchive(
  bytes: Uint8Array,
  kind: ArchiveKind,
  { contentBytes = DEFAULT_CONTENT_BYTES }: ArchiveLimits = {},
): Promise<FoundSession> {
  try {
    const entries =
      kind === 'zip' ? zipFiles(bytes) : await tarFiles(await tarBytes(bytes, kind, contentBytes));
    return pickSession(entries, contentBytes);
  } catch (error) {
    const isBad = BAD_ARCHIVE.some((refusal) => error instanceof refusal);
    throw isBad ? badArchive(kind, error as Error) : error;
  }
}

async function tarBytes(
  bytes: Uint8Array,
  kind: Exclude<ArchiveKind, 'zip'>,
  limit: number,
): Promise<Uint8Array> {
  if (kind === 'tar') return bytes;
  if (kind === 'tar.gz') return concat(Array.from(gunzip(bytes, limit)));
  const tar = await unxz(bytes, limit);
  if (!hasTarMagic(tar)) throw new TarError('no tar inside');
  return tar;
}

async function tarFiles(bytes: Uint8Array): Promise<ArchiveFile[]> {
  const entries = await unpackTar(bytes, { strict: true }).catch((error: unknown) => {
    throw new TarError(error instanceof Error ? error.message : String(error), { cause: error });
  });
  return entries.flatMap(({ header, data }) => {
    if (data === undefined || header.type !== 'file') return [];
    return { path: safePath(header.name), size: data.length, content: () => data };
  });
}

function zipFiles(bytes: Uint8Array): ArchiveFile[] {
  return readZipDirectory(bytes).flatMap((entry) => {
    if (entry.isLink || entry.name.endsWith('/')) return [];
    return { path: safePath(entry.name), size: entry.size, content: () => readZipEntry(bytes, entry) };
  });
}

function pickSession(entries: readonly ArchiveFile[], limit: number): FoundSession {
  const sessions = nearestSessions(entries.map(({ path }) => path));
  const [nearest] = sessions;
  if (nearest === undefined) {
    const isSubmission = entries.some(({ path }) => SUBMISSION.test(path));
    const what = isSubmission ? ': it is a submission, the reports of a finished run' : '';
    throw new SessionResumeError(`no file named ${SESSION_NAME} in the archive${what}`, {
      code: 'not-a-session',
    });
  }
  if (sessions.length > 1) throw severalSessions('archive', sessions);
  const prefix = nearest.slice(0, -SESSION_NAME.length);
  const inside = entries.filter(({ path }) => path.startsWith(prefix));
  const size = inside.reduce((sum, entry) => sum + entry.size, 0);
  if (size > limit) {
    throw new SessionResumeError(`${size} bytes of content in the archive, more than ${limit}`, {
      code: 'limit-text',
      expected: limit,
      actual: size,
    });
  }
  const files = new MemoryFiles(inside.map(({ path, content }) => [path.slice(prefix.length), content()]));
  return { session: files.read(SESSION_NAME), files, directory: prefix === '' ? '.' : prefix.slice(0, -1) };
}

function safePath(name: string): string {
  const refuse = (what: string) =>
    new SessionResumeError(`${what}: ${name.slice(0, SHOWN_NAME)}`, { code: 'bad-archive' });
  if (name.length > LONGEST_NAME) throw refuse(`entry with a name of ${name.length} characters`);
  const path = pathInside(name, '');
  if (path === undefined) throw refuse('entry outside of the archive');
  if (path.split('/').length > MOST_COMPONENTS) throw refuse('entry that is nested too deeply');
  return path;
}

function badArchive(kind: ArchiveKind, cause: Error): SessionResumeError {
  const isLimit = cause instanceof DataError && cause.code === 'limit-text';
  return new SessionResumeError(`cannot read ${kind} archive: ${cause.message}`, {
    code: isLimit ? 'limit-text' : 'bad-archive',
    cause,
  });
}

function hasTarMagic(bytes: Uint8Array): boolean {
  return TAR_MAGIC.every((byte, i) => bytes[TAR_MAGIC_OFFSET + i] === byte);
}

/** The beginning of what gzipped bytes hold, as far as it can be read. */
function gzipSample(bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  try {
    for (const piece of gunzip(bytes.subarray(0, GZIP_SAMPLE_BYTES), Number.POSITIVE_INFINITY))
      pieces.push(piece);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
  }
  return concat(pieces);
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let written = 0;
  for (const piece of pieces) {
    bytes.set(piece, written);
    written += piece.length;
  }
  return bytes;
}
