/** The logs of stored results, wherever the session lies now. */

import { BrokenReferenceToExternalFileError } from '../errors.js';
import { isAbsolutePath, joinPath } from '../files/lexical-path.js';
import { type MaybePromise, runSteps, type Steps, settled } from '../files/maybe-promise.js';
import { noFiles } from '../files/memory.js';
import type { SessionFiles } from '../files/session-files.js';
import type { IOLog } from '../results/io-log.js';
import { DiskJobResult, type JobResult } from '../results/job-result.js';
import { LOG_DIRECTORY, resolveLogPath } from '../results/paths.js';
import type { VersionNumber } from './versions.js';

/** What lies around a session, as `openSessionPath`, `locateSession` and `openArchive` find it. */
export interface LogPlace {
  /** Where record files are read; without it there are none. */
  readonly files?: SessionFiles | undefined;
  /** The session directory, from which stored names count; null when there is none. */
  readonly location?: string | null | undefined;
}

/**
 * The path of the record file that a stored result names. When the session has moved since, it is the file of that
 * name in its log directory, wherever that was: versions 1 to 4 store absolute names. Undefined when the result
 * names none.
 *
 * @throws BrokenReferenceToExternalFileError (or rejects with it) when it is not there
 */
export function findLog(
  { ioLogFilename: name }: JobResult,
  version: VersionNumber,
  place: LogPlace,
): MaybePromise<string | undefined> {
  return name === null || name === '' ? undefined : runSteps(findSteps(name, version, place));
}

function* findSteps(
  name: string,
  version: VersionNumber,
  { files = noFiles(), location = null }: LogPlace,
): Steps<string> {
  try {
    const rules = { version, location, checkFiles: true, rewriteNames: true };
    return yield* settled(resolveLogPath(name, rules, files));
  } catch (error) {
    if (!(error instanceof BrokenReferenceToExternalFileError) || location === null) throw error;
    const start = isAbsolutePath(name) ? name.lastIndexOf(`/${LOG_DIRECTORY}/`) : -1;
    if (start < 0) throw error;
    const path = joinPath(location, name.slice(start + 1));
    const stat = yield* settled(files.stat(path));
    if (stat?.kind !== 'file') throw error;
    return path;
  }
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
  const { files = noFiles() } = place;
  const located = path !== undefined && result instanceof DiskJobResult ? result.withLogFile(path) : result;
  return yield* settled(located.readLog(files));
}
