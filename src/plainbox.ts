/**
 * The reference's names (`plainbox-session/plainbox`), for those who know its API: the same implementation, made
 * from the same table of versions.
 *
 * Names are in camelCase where they are methods; what takes bytes takes a `Uint8Array`, and everything is
 * synchronous as it is there.
 *
 * @packageDocumentation
 */

import type { JsonValue } from './document/json-value.js';
import { unpackEnvelopeSync } from './envelope.js';
import { runSteps } from './files/maybe-promise.js';
import type { SessionFiles } from './files/session-files.js';
import { peekMetadata, readMetadata } from './formats/metadata.js';
import { type ResumeContext, resumeDocument } from './formats/resume.js';
import { suspend } from './formats/suspend.js';
import { throwFault } from './formats/validate.js';
import {
  FORMAT_VERSIONS,
  type FormatVersion,
  readVersion,
  requireSession,
  type VersionNumber,
} from './formats/versions.js';
import type { PyValue } from './python/value.js';
import type { SessionMetaData } from './session/metadata.js';
import { designates, ResumeDiscardQualifier as JobSetQualifier, Vote } from './session/qualifiers.js';
import type { SessionState } from './session/state.js';
import type { Job } from './units/job.js';
import type { Unit } from './units/unit.js';

export {
  BrokenReferenceToExternalFileError as BrokenReferenceToExternalFile,
  CorruptedSessionError,
  IncompatibleJobError,
  IncompatibleSessionError,
  SessionResumeError,
} from './errors.js';

export type { MetaDataHelperMixIn, VersionPeekHelper, VersionResumeHelper, VersionSuspendHelper, Vote };

/** Called with the fresh session; what it returns replaces it. */
export type EarlyCallback = NonNullable<ResumeContext['onSession']>;

/** Decompresses, decodes and parses a session. */
export class EnvelopeUnpackMixIn {
  /** @throws CorruptedSessionError */
  unpackEnvelope(data: Uint8Array): JsonValue {
    return unpackEnvelopeSync(data);
  }
}

/** Peeks at a session of any version. */
export class SessionPeekHelper extends EnvelopeUnpackMixIn {
  /** @throws CorruptedSessionError, IncompatibleSessionError */
  peek(data: Uint8Array): SessionMetaData {
    const { format, session } = readVersion(this.unpackEnvelope(data));
    return peekMetadata(session, format, throwFault);
  }
}

/** Resumes a session of any version. */
export class SessionResumeHelper extends EnvelopeUnpackMixIn {
  constructor(
    readonly jobList: Iterable<Unit>,
    readonly flags: Iterable<string> | null = null,
    readonly location: string | null = null,
    readonly files?: SessionFiles,
  ) {
    super();
  }

  /** @throws as `resume` does */
  resume(data: Uint8Array, earlyCb?: EarlyCallback): SessionState {
    const document = readVersion(this.unpackEnvelope(data));
    return runNow(document.format, document.session, this, earlyCb);
  }
}

/** Suspends a session as the latest version. */
export class SessionSuspendHelper {
  /** @returns the bytes of the file `session` */
  suspend(session: SessionState, location: string | null = null): Uint8Array {
    return suspend(session, { location });
  }
}

/** Restores the metadata that a version has; the number is not compared with the document's. */
abstract class MetaDataHelperMixIn {
  /** What the version holds and how it is read. */
  abstract readonly format: FormatVersion;

  /** Reads `metadata` of the member `session` of a document into `metadata`. */
  restoreSessionStateMetadata(metadata: SessionMetaData, session: JsonValue): void {
    readMetadata(session, this.format.metadataFields, metadata, throwFault);
  }
}

/** Peeks with the rules of one version, whatever the document says of itself. */
abstract class VersionPeekHelper extends MetaDataHelperMixIn {
  /** @throws CorruptedSessionError */
  peekJson(json: JsonValue): SessionMetaData {
    return peekMetadata(requireSession(json), this.format, throwFault);
  }
}

/** Resumes with the rules of one version, whatever the document says of itself. */
abstract class VersionResumeHelper extends MetaDataHelperMixIn {
  static readonly FLAG_FILE_REFERENCE_CHECKS_S = 'file-reference-checks';
  static readonly FLAG_REWRITE_LOG_PATHNAMES_S = 'rewrite-log-pathnames';
  static readonly FLAG_IGNORE_JOB_CHECKSUMS_S = 'ignore-job-checksums';
  static readonly FLAG_FILE_REFERENCE_CHECKS_F = 1;
  static readonly FLAG_REWRITE_LOG_PATHNAMES_F = 2;
  static readonly FLAG_IGNORE_JOB_CHECKSUMS_F = 4;

  constructor(
    readonly jobList: Iterable<Unit>,
    readonly flags: Iterable<string> | null = null,
    readonly location: string | null = null,
    readonly files?: SessionFiles,
  ) {
    super();
  }

  /** @throws as `resume` does */
  resumeJson(json: JsonValue, earlyCb?: EarlyCallback): SessionState {
    return runNow(this.format, requireSession(json), this, earlyCb);
  }
}

/** Suspends with the rules of one version. */
abstract class VersionSuspendHelper {
  /** What the version holds and how it is written. */
  abstract readonly format: FormatVersion;

  /** @returns the bytes of the file `session` */
  suspend(session: SessionState, location: string | null = null): Uint8Array {
    return suspend(session, { version: this.format.version, location });
  }

  /** The document as a Python value: what {@link suspend} writes. */
  jsonRepr(session: SessionState, location: string | null = null): PyValue {
    return unpackEnvelopeSync(this.suspend(session, location)).toPython();
  }
}

interface ResumeArguments {
  readonly jobList: Iterable<Unit>;
  readonly flags: Iterable<string> | null;
  readonly location: string | null;
  readonly files?: SessionFiles | undefined;
}

function runNow(
  format: FormatVersion,
  session: JsonValue,
  { jobList, flags, location, files }: ResumeArguments,
  earlyCb: EarlyCallback | undefined,
): SessionState {
  const context: ResumeContext = {
    units: jobList,
    flags,
    location,
    ...(files === undefined ? {} : { files }),
    ...(earlyCb === undefined ? {} : { onSession: earlyCb }),
  };
  const state = runSteps(resumeDocument({ format, session }, context));
  if (state instanceof Promise) throw new TypeError('this helper needs files that are read synchronously');
  return state;
}

/** What an abstract class becomes for one version. */
export type HelperClass<C extends abstract new (...given: never) => unknown> = Omit<C, 'prototype'> &
  (new (
    ...given: ConstructorParameters<C>
  ) => InstanceType<C>);

function formatOf(version: VersionNumber): FormatVersion {
  return FORMAT_VERSIONS.get(version)!;
}

function peekHelper(version: VersionNumber): HelperClass<typeof VersionPeekHelper> {
  return class extends VersionPeekHelper {
    override readonly format = formatOf(version);
  };
}

function resumeHelper(version: VersionNumber): HelperClass<typeof VersionResumeHelper> {
  return class extends VersionResumeHelper {
    override readonly format = formatOf(version);
  };
}

function suspendHelper(version: VersionNumber): HelperClass<typeof VersionSuspendHelper> {
  return class extends VersionSuspendHelper {
    override readonly format = formatOf(version);
  };
}

function metaDataHelper(version: VersionNumber): HelperClass<typeof MetaDataHelperMixIn> {
  return class extends MetaDataHelperMixIn {
    override readonly format = formatOf(version);
  };
}

export const SessionPeekHelper1 = /* @__PURE__ */ peekHelper(1);
export const SessionPeekHelper2 = /* @__PURE__ */ peekHelper(2);
export const SessionPeekHelper3 = /* @__PURE__ */ peekHelper(3);
export const SessionPeekHelper4 = /* @__PURE__ */ peekHelper(4);
export const SessionPeekHelper5 = /* @__PURE__ */ peekHelper(5);
export const SessionPeekHelper6 = /* @__PURE__ */ peekHelper(6);
export const SessionPeekHelper7 = /* @__PURE__ */ peekHelper(7);
export const SessionPeekHelper8 = /* @__PURE__ */ peekHelper(8);
export const SessionPeekHelper9 = /* @__PURE__ */ peekHelper(9);
export const SessionPeekHelper10 = /* @__PURE__ */ peekHelper(10);
export const SessionPeekHelper11 = /* @__PURE__ */ peekHelper(11);

export const SessionResumeHelper1 = /* @__PURE__ */ resumeHelper(1);
export const SessionResumeHelper2 = /* @__PURE__ */ resumeHelper(2);
export const SessionResumeHelper3 = /* @__PURE__ */ resumeHelper(3);
export const SessionResumeHelper4 = /* @__PURE__ */ resumeHelper(4);
export const SessionResumeHelper5 = /* @__PURE__ */ resumeHelper(5);
export const SessionResumeHelper6 = /* @__PURE__ */ resumeHelper(6);
export const SessionResumeHelper7 = /* @__PURE__ */ resumeHelper(7);
export const SessionResumeHelper8 = /* @__PURE__ */ resumeHelper(8);
export const SessionResumeHelper9 = /* @__PURE__ */ resumeHelper(9);
export const SessionResumeHelper10 = /* @__PURE__ */ resumeHelper(10);
export const SessionResumeHelper11 = /* @__PURE__ */ resumeHelper(11);

export const SessionSuspendHelper1 = /* @__PURE__ */ suspendHelper(1);
export const SessionSuspendHelper2 = /* @__PURE__ */ suspendHelper(2);
export const SessionSuspendHelper3 = /* @__PURE__ */ suspendHelper(3);
export const SessionSuspendHelper4 = /* @__PURE__ */ suspendHelper(4);
export const SessionSuspendHelper5 = /* @__PURE__ */ suspendHelper(5);
export const SessionSuspendHelper6 = /* @__PURE__ */ suspendHelper(6);
export const SessionSuspendHelper7 = /* @__PURE__ */ suspendHelper(7);
export const SessionSuspendHelper8 = /* @__PURE__ */ suspendHelper(8);
export const SessionSuspendHelper9 = /* @__PURE__ */ suspendHelper(9);
export const SessionSuspendHelper10 = /* @__PURE__ */ suspendHelper(10);
export const SessionSuspendHelper11 = /* @__PURE__ */ suspendHelper(11);

export const MetaDataHelper1MixIn = /* @__PURE__ */ metaDataHelper(1);
export const MetaDataHelper2MixIn = /* @__PURE__ */ metaDataHelper(2);
export const MetaDataHelper3MixIn = /* @__PURE__ */ metaDataHelper(3);
export const MetaDataHelper6MixIn = /* @__PURE__ */ metaDataHelper(6);
export const MetaDataHelper7MixIn = /* @__PURE__ */ metaDataHelper(7);
export const MetaDataHelper11MixIn = /* @__PURE__ */ metaDataHelper(11);

/** Designates the jobs that a resume removes: all whose id is not among the given ones. */
export class ResumeDiscardQualifier {
  static readonly VOTE_EXCLUDE = Vote.exclude;
  static readonly VOTE_INCLUDE = Vote.include;
  static readonly VOTE_IGNORE = Vote.ignore;

  readonly inclusive = true;
  readonly isPrimitive = true;
  /** Where the qualifier was defined: nowhere. */
  readonly origin = null;
  readonly #qualifier: JobSetQualifier;

  constructor(retainIdSet: Iterable<string>) {
    this.#qualifier = new JobSetQualifier(retainIdSet);
  }

  getVote(job: Job): Vote {
    return this.#qualifier.getVote(job);
  }

  designates(job: Job): boolean {
    return designates(this.#qualifier, job);
  }

  getSimpleMatch(job: Job): boolean {
    return this.designates(job);
  }

  getPrimitiveQualifiers(): readonly ResumeDiscardQualifier[] {
    return [this];
  }
}
