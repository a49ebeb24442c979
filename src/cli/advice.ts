/** One line of advice for an error: what the library leaves to its front ends. */

import type { ErrorCode, SessionResumeError } from '../errors.js';
import { BrokenReferenceToExternalFileError } from '../errors.js';
import { type AdviceQuotes, damageAdvice } from '../wording/advice.js';

/** An error with a piece of advice that only its place of origin knows. */
export class AdvisedError extends Error {
  override readonly name = 'AdvisedError';

  constructor(
    readonly error: SessionResumeError,
    readonly advice: string,
  ) {
    super(error.message, { cause: error });
  }
}

const UNITS =
  'Give the unit files, each with its --namespace, and providers of the time of the run; `why` tells all differences.';
const BROKEN_UNITS = 'Correct the definition, or leave the file out when the session does not need it.';

/** What depends on how the command line is told things. */
const ADVICE: Partial<Record<ErrorCode, string>> = {
  'version-from-the-future': 'A newer Checkbox wrote this session: update plainbox-session to read it.',
  'unknown-job': UNITS,
  'changed-job': 'Use the definitions of the time of the run, or `--flag ignore-job-checksums`.',
  'outside-location': 'A session may name any file of this machine; --allow-outside-location reads it.',
  'not-a-session': 'Name the file `session` or the directory that holds it.',
  'several-sessions': 'Name one of them.',
  'bad-archive': 'Unpack the archive yourself and name the directory.',
  'unit-syntax': BROKEN_UNITS,
  'unit-field': BROKEN_UNITS,
  'unit-kind': BROKEN_UNITS,
  'unit-expression': BROKEN_UNITS,
  'unit-template': BROKEN_UNITS,
  'unit-duplicate': 'Two files define the same job in different ways: give only one of them.',
};

const QUOTES: AdviceQuotes = { command: (name) => `\`${name}\``, file: (name) => `\`${name}\`` };

/** Faults of single values: the rest of such a session can be read. */
const PARTIAL: ReadonlySet<ErrorCode> = new Set([
  'missing-key',
  'null-value',
  'wrong-type',
  'not-allowed',
  'bad-base64',
  'not-ascii',
  'bad-delay',
]);

const RECORD_FILE = /\.record\.gz$/;

/** @param verb the one that failed */
export function adviceFor(error: SessionResumeError, verb: string): string | undefined {
  if (error instanceof BrokenReferenceToExternalFileError && error.code === 'missing-file') {
    return 'Name the session directory, which has the logs; `show` counts those that are missing.';
  }
  if (error.code === 'not-a-session' && RECORD_FILE.test(String(error.actual))) {
    return 'This is the log of one job: name the session directory, `log DIRECTORY JOB` prints it.';
  }
  // What `show` itself cannot read, nothing can.
  const isHopeless = PARTIAL.has(error.code) && (verb === 'show' || verb === 'jobs' || verb === 'log');
  return isHopeless ? 'This is JSON, but no session.' : adviceForDamage(error.code);
}

/** Advice that holds wherever the damage is told. */
export function adviceForDamage(code: ErrorCode): string | undefined {
  return PARTIAL.has(code)
    ? 'The rest may be fine: `show` reads all that is intact, `salvage` writes a session of it.'
    : (ADVICE[code] ?? damageAdvice(code, QUOTES));
}
