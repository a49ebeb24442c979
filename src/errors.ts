/**
 * The errors of this library.
 *
 * Every error states facts in its fields; advice is left to the front ends. The `message` of an error that
 * the reference documents is exactly the reference's text (spec `resume.md` 1, 2 and 6).
 */

/** What went wrong, as a stable word for programs. */
export type ErrorCode =
  // envelope
  | 'gzip-not-gzip'
  | 'gzip-truncated'
  | 'gzip-unsupported-method'
  | 'gzip-corrupt-deflate'
  | 'gzip-crc-mismatch'
  | 'gzip-length-mismatch'
  | 'gzip-trailing-bytes'
  // text and document
  | 'text-not-utf8'
  | 'json-syntax'
  | 'json-too-deep'
  | 'json-integer-too-long'
  // limits
  | 'limit-input'
  | 'limit-text'
  | 'limit-evaluation'
  // validation
  | 'missing-key'
  | 'null-value'
  | 'wrong-type'
  | 'not-allowed'
  | 'bad-base64'
  | 'not-ascii'
  | 'bad-delay'
  | 'more-problems'
  | 'unsupported-version'
  | 'version-from-the-future'
  // resume
  | 'unknown-job'
  | 'changed-job'
  | 'missing-file'
  | 'outside-location'
  | 'damaged-record-file'
  // finding a session
  | 'not-a-session'
  | 'several-sessions'
  | 'bad-archive'
  // units
  | 'unit-syntax'
  | 'unit-field'
  | 'unit-kind'
  | 'unit-expression'
  | 'unit-template'
  | 'unit-duplicate'
  // writing
  | 'not-representable';

/** The facts an error carries beside its message. */
export interface ErrorFacts {
  readonly code: ErrorCode;
  /** JSON path of the value at fault, for example `$.session.results["a"][0].outcome`. */
  readonly path?: string | undefined;
  /**
   * Byte offset: into the compressed input for `gzip-*` codes and `limit-input`, into the decompressed text
   * otherwise.
   */
  readonly offset?: number | undefined;
  readonly jobId?: string | undefined;
  readonly expected?: unknown;
  readonly actual?: unknown;
  /** The lower-level error that says why. */
  readonly cause?: unknown;
}

/** Base of everything that can be wrong with a session; catch this one to catch them all. */
export class SessionResumeError extends Error {
  override readonly name: string = 'SessionResumeError';
  readonly code: ErrorCode;
  readonly path: string | undefined;
  readonly offset: number | undefined;
  readonly jobId: string | undefined;
  readonly expected: unknown;
  readonly actual: unknown;

  constructor(message: string, facts: ErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = facts.code;
    this.path = facts.path;
    this.offset = facts.offset;
    this.jobId = facts.jobId;
    this.expected = facts.expected;
    this.actual = facts.actual;
  }
}

/** The data is damaged or malformed. */
export class CorruptedSessionError extends SessionResumeError {
  override readonly name = 'CorruptedSessionError';
}

/** The document's version is not one of 1 to 11. */
export class IncompatibleSessionError extends SessionResumeError {
  override readonly name = 'IncompatibleSessionError';
}

/** The checksum of a job differs from that of the known definition. */
export class IncompatibleJobError extends SessionResumeError {
  override readonly name = 'IncompatibleJobError';
}

/** A log file that a result names cannot be accessed. */
export class BrokenReferenceToExternalFileError extends SessionResumeError {
  override readonly name = 'BrokenReferenceToExternalFileError';
}

/** Where in the unit definitions a fault lies. */
export interface UnitFacts extends ErrorFacts {
  readonly unitId?: string | undefined;
  readonly field?: string | undefined;
  /** Name of the file and 1-based line number, when known. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

/** A unit definition is broken (spec `deviations.md` A). */
export class UnitDefinitionError extends SessionResumeError {
  override readonly name = 'UnitDefinitionError';
  readonly unitId: string | undefined;
  readonly field: string | undefined;
  readonly file: string | undefined;
  readonly line: number | undefined;

  constructor(message: string, facts: UnitFacts) {
    super(message, facts);
    this.unitId = facts.unitId;
    this.field = facts.field;
    this.file = facts.file;
    this.line = facts.line;
  }
}

/**
 * The precise reason behind a {@link CorruptedSessionError} of the envelope or the text: always a `cause`,
 * never thrown on its own.
 */
export class DataError extends Error {
  override readonly name = 'DataError';

  /**
   * @param code what is wrong
   * @param offset byte offset of the fault, see {@link ErrorFacts.offset}
   * @param message one sentence for people, with the figures
   */
  constructor(
    readonly code: ErrorCode,
    readonly offset: number,
    message: string,
    readonly expected?: unknown,
    readonly actual?: unknown,
  ) {
    super(message);
  }
}
