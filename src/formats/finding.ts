/** What an examination of a session can find. */

import type { ErrorCode } from '../errors.js';

/** Beside the codes of errors: what no reader refuses, or what only the whole session shows. */
export type FindingCode =
  | ErrorCode
  /** The file `session` is missing or empty. */
  | 'no-checkpoint'
  /** A file `session.next` of a save that was interrupted, or is under way. */
  | 'left-over-save'
  /** A job with results and no checksum, as writers of version 4 and later leave it (spec `format.md` 3). */
  | 'history-without-checksum'
  /** A rejected job without checksum, as writers of version 6 and later leave it. */
  | 'rejected-without-checksum'
  /** A job with a checksum and no results, in a version that writes results for all jobs. */
  | 'checksum-without-results'
  /** A job that is wanted and has no checksum. */
  | 'wanted-without-checksum'
  /** The mandatory jobs stand in front of the desired list more than once (spec `format.md` 3). */
  | 'repeated-mandatory-jobs'
  /** A record file is not where its name leads, but in this session's directory. */
  | 'moved-log'
  /** A record file is there, and the system does not let it be read. */
  | 'unreadable-file'
  /** A record file is damaged in a way that Checkbox takes for the end of the log. */
  | 'shortened-log'
  /** A file among the logs that no result names. */
  | 'orphaned-file';

/**
 * - `error`: Checkbox cannot resume the session
 * - `warning`: something of the session is lost or out of reach
 * - `note`: worth knowing, nothing is lost
 */
export type Severity = 'error' | 'warning' | 'note';

export interface Finding {
  readonly severity: Severity;
  readonly code: FindingCode;
  /** The fact, one sentence. */
  readonly message: string;
  /** What Checkbox itself says about it; undefined where it says nothing. */
  readonly checkbox: string | undefined;
  /** JSON path of the value at fault. */
  readonly path: string | undefined;
  /** Byte offset: into the compressed file for `gzip-*` codes and `limit-input`, else into the decompressed text. */
  readonly offset: number | undefined;
  readonly jobId: string | undefined;
  /** The file at fault, as the session names it or relative to its directory. */
  readonly file: string | undefined;
  /** Byte offset into what that file decompresses to. */
  readonly fileOffset: number | undefined;
}

/** A finding from the facts that there are. */
export function finding(
  severity: Severity,
  code: FindingCode,
  message: string,
  facts: Partial<Omit<Finding, 'severity' | 'code' | 'message'>> = {},
): Finding {
  return {
    severity,
    code,
    message,
    checkbox: undefined,
    path: undefined,
    offset: undefined,
    jobId: undefined,
    file: undefined,
    fileOffset: undefined,
    ...facts,
  };
}
