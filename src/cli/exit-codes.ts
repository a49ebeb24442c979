/** What the exit code of the program says. */

import { BrokenReferenceToExternalFileError, type SessionResumeError } from '../errors.js';

export const ExitCode = {
  OK: 0,
  /** Something is wrong with the session, or with what it was compared to. */
  FINDING: 1,
  USAGE: 2,
  /** A file cannot be read. */
  IO: 3,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** The command line asks for something that cannot be; the message says what, the hint what can. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** A file that the session names is a finding about the session; the file that the user names is not. */
export function exitCodeOf(error: SessionResumeError): ExitCode {
  const isBroken = error instanceof BrokenReferenceToExternalFileError;
  return error.code === 'missing-file' && !isBroken ? ExitCode.IO : ExitCode.FINDING;
}
