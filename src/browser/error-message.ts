/** Errors on their way out of a worker: structured clones keep neither classes nor fields. */

import {
  BrokenReferenceToExternalFileError,
  CorruptedSessionError,
  DataError,
  type ErrorFacts,
  IncompatibleJobError,
  IncompatibleSessionError,
  SessionResumeError,
  UnitDefinitionError,
  type UnitFacts,
} from '../errors.js';

export interface ErrorMessage {
  readonly name: string;
  readonly message: string;
  /** Absent for errors that are none of this library. */
  readonly facts?: UnitFacts;
  readonly cause?: ErrorMessage;
}

type ErrorClass = new (message: string, facts: UnitFacts) => SessionResumeError;

/** Functions instead of a table of classes, so that bundlers can tell that nothing happens at import. */
function classOf(name: string): ErrorClass {
  switch (name) {
    case 'CorruptedSessionError':
      return CorruptedSessionError;
    case 'IncompatibleSessionError':
      return IncompatibleSessionError;
    case 'IncompatibleJobError':
      return IncompatibleJobError;
    case 'BrokenReferenceToExternalFileError':
      return BrokenReferenceToExternalFileError;
    case 'UnitDefinitionError':
      return UnitDefinitionError;
    default:
      return SessionResumeError;
  }
}

export function packError(error: unknown): ErrorMessage {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  const cause = error.cause === undefined ? {} : { cause: packError(error.cause) };
  const facts = factsOf(error);
  return { name, message, ...cause, ...(facts === undefined ? {} : { facts }) };
}

function factsOf(error: Error): UnitFacts | undefined {
  if (error instanceof DataError) {
    const { code, offset, expected, actual } = error;
    return { code, offset, expected, actual };
  }
  if (!(error instanceof SessionResumeError)) return undefined;
  const { code, path, offset, jobId, expected, actual } = error;
  const facts: ErrorFacts = { code, path, offset, jobId, expected, actual };
  if (!(error instanceof UnitDefinitionError)) return facts;
  const { unitId, field, file, line } = error;
  return { ...facts, unitId, field, file, line };
}

export function unpackError({ name, message, facts, cause: packed }: ErrorMessage): Error {
  const cause = packed === undefined ? undefined : unpackError(packed);
  if (facts === undefined) {
    const error = new Error(message, cause === undefined ? undefined : { cause });
    error.name = name;
    return error;
  }
  if (name === 'DataError') {
    return new DataError(facts.code, facts.offset ?? 0, message, facts.expected, facts.actual);
  }
  return new (classOf(name))(message, { ...facts, cause });
}
