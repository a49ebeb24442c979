/** The flags of a resume (spec `resume.md` 7). */

/** A differing checksum of a job is only a warning. */
export const FLAG_IGNORE_JOB_CHECKSUMS = 'ignore-job-checksums';
/** The log file that an on-disk result names must be there. */
export const FLAG_FILE_REFERENCE_CHECKS = 'file-reference-checks';
/** A missing log file of the historic location is looked for in the session's location. */
export const FLAG_REWRITE_LOG_PATHNAMES = 'rewrite-log-pathnames';

export interface ResumeFlags {
  readonly ignoreJobChecksums: boolean;
  readonly checkFiles: boolean;
  readonly rewriteNames: boolean;
}

/** Flags by name; unknown names are ignored, one string is one flag (spec `deviations.md` B). */
export function resolveFlags(flags: Iterable<string> | null | undefined): ResumeFlags {
  const names = new Set(typeof flags === 'string' ? [flags] : (flags ?? []));
  return {
    ignoreJobChecksums: names.has(FLAG_IGNORE_JOB_CHECKSUMS),
    checkFiles: names.has(FLAG_FILE_REFERENCE_CHECKS),
    rewriteNames: names.has(FLAG_REWRITE_LOG_PATHNAMES),
  };
}
