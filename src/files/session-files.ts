/** The files of a session, wherever they are: a directory, an archive, memory. */

import { BrokenReferenceToExternalFileError } from '../errors.js';
import { pyRepr } from '../python/repr.js';
import type { MaybePromise } from './maybe-promise.js';

export interface FileStat {
  /** `outside`: the path leads out of the session's location and may not be followed (spec `deviations.md` E). */
  readonly kind: 'file' | 'directory' | 'other' | 'outside';
  /** Size in bytes; 0 for what is not a file. */
  readonly size: number;
}

/**
 * Access to the files of one session. Paths are those that results carry (spec `resume.md` 6.3): absolute, or
 * relative as the adapter says.
 */
export interface SessionFiles {
  /** What the path leads to after following links; undefined when nothing can be found there. */
  stat(path: string): MaybePromise<FileStat | undefined>;
  /**
   * The whole file.
   *
   * @throws BrokenReferenceToExternalFileError `missing-file` or `outside-location`
   */
  read(path: string): MaybePromise<Uint8Array>;
  /**
   * Names of the entries of a directory, by default of the session's own, in the order of their code points.
   *
   * @throws BrokenReferenceToExternalFileError `missing-file` or `outside-location`
   */
  list(directory?: string): MaybePromise<string[]>;
}

/** The error for a path that cannot be read, with the reference's text (spec `resume.md` 7). */
export function cannotAccess(
  path: string,
  code: 'missing-file' | 'outside-location',
  cause?: unknown,
): BrokenReferenceToExternalFileError {
  return new BrokenReferenceToExternalFileError(`cannot access file: ${pyRepr(path)}`, {
    code,
    actual: path,
    cause,
  });
}
