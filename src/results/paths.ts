/** Names of log files (spec `resume.md` 6.3 and 7, `format.md` 5, `results.md` 4.3). */

import { isAbsolutePath, joinPath } from '../files/lexical-path.js';
import { type MaybePromise, runSteps, type Steps, settled } from '../files/maybe-promise.js';
import { cannotAccess, type SessionFiles } from '../files/session-files.js';

/** The first version that stores log names relative to the session directory. */
const FIRST_RELATIVE_VERSION = 5;
/** Where the runner puts record files, inside of the session directory. */
export const LOG_DIRECTORY = 'io-logs';
const HISTORIC_LOCATION = '/.cache/plainbox/sessions/';
const RECORD_SUFFIX = 'record.gz';
const RAW_OUTPUT_SUFFIX = 'stdout';

export interface LogNameRules {
  /** Format version, 1 to 11. */
  readonly version: number;
  /** The session directory; null when there is none. */
  readonly location: string | null;
  /** Flag `file-reference-checks`: the file must be there. */
  readonly checkFiles: boolean;
  /** Flag `rewrite-log-pathnames`: look for a missing file of the historic location in this one. */
  readonly rewriteNames: boolean;
  /** Told of every name that is rewritten. */
  readonly onRewrite?: (from: string, to: string) => void;
}

/** The text with `_` for every character that has no place in the name of a file. */
export function slug(text: string): string {
  return text.replace(/[^A-Za-z0-9_.-]/gu, '_');
}

/** The name of the record file of a job. */
export function recordFileName(jobId: string): string {
  return `${slug(jobId)}.${RECORD_SUFFIX}`;
}

/** The file with the raw standard output beside a record file. */
export function rawOutputPath(recordFile: string): string {
  return recordFile.replaceAll(RECORD_SUFFIX, RAW_OUTPUT_SUFFIX);
}

/**
 * The path of the record file that a stored result names. Without file checks nothing is looked at.
 *
 * @throws BrokenReferenceToExternalFileError (or rejects with it) when files are checked and it is no file
 */
export function resolveLogPath(name: string, rules: LogNameRules, files: SessionFiles): MaybePromise<string> {
  const { version, location, checkFiles } = rules;
  const isRelative = version >= FIRST_RELATIVE_VERSION && !isAbsolutePath(name);
  if (isRelative && location === null && checkFiles) throw cannotAccess(name, 'missing-file');
  const path = isRelative && location !== null ? joinPath(location, name) : name;
  return checkFiles ? runSteps(existingPath(path, rules, files)) : path;
}

function* existingPath(path: string, rules: LogNameRules, files: SessionFiles): Steps<string> {
  const stat = yield* settled(files.stat(path));
  if (stat?.kind === 'file') return path;
  const { location, rewriteNames, onRewrite } = rules;
  const rewritten = rewriteNames && location !== null ? rewriteLogPath(path, location) : path;
  if (rewritten === path) {
    throw cannotAccess(path, stat?.kind === 'outside' ? 'outside-location' : 'missing-file');
  }
  onRewrite?.(path, rewritten);
  return yield* existingPath(rewritten, { ...rules, rewriteNames: false }, files);
}

/**
 * Replaces everything up to and including the last `/.cache/plainbox/sessions/<component>` by the location.
 * A path without it, or with a line feed in front of it, stays as it is.
 */
export function rewriteLogPath(path: string, location: string): string {
  const lineFeed = path.indexOf('\n');
  let start = path.lastIndexOf(HISTORIC_LOCATION, lineFeed < 0 ? path.length : lineFeed);
  while (start >= 0) {
    const component = start + HISTORIC_LOCATION.length;
    if (component < path.length && path[component] !== '/') {
      const end = path.indexOf('/', component);
      return location + (end < 0 ? '' : path.slice(end));
    }
    start = start === 0 ? -1 : path.lastIndexOf(HISTORIC_LOCATION, start - 1);
  }
  return path;
}
