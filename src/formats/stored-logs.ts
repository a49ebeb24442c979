/** The logs of stored results, wherever the session lies now. */

import { type MaybePromise, runSteps, type Steps, settled } from '../files/maybe-promise.js';
import { MemoryFiles } from '../files/memory.js';
import type { SessionFiles } from '../files/session-files.js';
import type { IOLog } from '../results/io-log.js';
import { DiskJobResult, type JobResult } from '../results/job-result.js';
import { resolveLogPath } from '../results/paths.js';
import type { VersionNumber } from './versions.js';

/** What lies around a session, as `openSessionPath`, `locateSession` and `openArchive` find it. */
export interface LogPlace {
  /** Where record files are read; without it there are none. */
  readonly files?: SessionFiles | undefined;
  /** The session directory, from which stored names count; null when there is none. */
  readonly location?: string | null | undefined;
}

/**
 * The path of the record file that a stored result names: also in this directory when the session has moved since.
 * Undefined when it names none.
 *
 * @throws BrokenReferenceToExternalFileError (or rejects with it) when it is not there
 */
export function findLog(
  { ioLogFilename: name }: JobResult,
  version: VersionNumber,
  { files = new MemoryFiles([]), location = null }: LogPlace,
): MaybePromise<string | undefined> {
  if (name === null || name === '') return undefined;
  return resolveLogPath(name, { version, location, checkFiles: true, rewriteNames: true }, files);
}

/** Reads the log of a stored result from its record file, or from the result itself. */
export function readStoredLog(
  result: JobResult,
  version: VersionNumber,
  place: LogPlace,
): MaybePromise<IOLog> {
  return runSteps(readSteps(result, version, place));
}

function* readSteps(result: JobResult, version: VersionNumber, place: LogPlace): Steps<IOLog> {
  const path = yield* settled(findLog(result, version, place));
  const { files = new MemoryFiles([]) } = place;
  const located = path !== undefined && result instanceof DiskJobResult ? result.withLogFile(path) : result;
  return yield* settled(located.readLog(files));
}
