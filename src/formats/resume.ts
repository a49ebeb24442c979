/** Resuming: from a dormant session and the known units to the live state (spec `resume.md` 5). */

import type { JsonValue } from '../document/json-value.js';
import { openDocument, openDocumentSync } from '../envelope.js';
import { type SessionResumeError, UnitDefinitionError } from '../errors.js';
import { runSteps, type Steps } from '../files/maybe-promise.js';
import { MemoryFiles } from '../files/memory.js';
import type { SessionFiles } from '../files/session-files.js';
import type { CommonOptions, Input } from '../input.js';
import { pyRepr } from '../python/repr.js';
import type { Manifest } from '../session/manifest.js';
import { ResumeDiscardQualifier } from '../session/qualifiers.js';
import { SessionState } from '../session/state.js';
import type { Job } from '../units/job.js';
import type { Unit } from '../units/unit.js';
import { resolveFlags } from './flags.js';
import { readMetadata } from './metadata.js';
import { restoreJobs } from './restore-jobs.js';
import { readSystemInformation } from './system-information.js';
import {
  attempt,
  attemptSteps,
  corrupted,
  type OnFault,
  requireMember,
  requireValue,
  throwFault,
} from './validate.js';
import { readVersion, type VersionedDocument } from './versions.js';

/** What a session is resumed with. */
export interface ResumeContext {
  /** All known units: jobs, templates, categories, test plans, … The list is not changed. */
  readonly units: Iterable<Unit>;
  /** Names of flags, see `flags.ts`. */
  readonly flags?: Iterable<string> | null;
  /** The session directory, from which relative log names count; null when there is none. */
  readonly location?: string | null;
  /** Where record files are read; without it there are none. */
  readonly files?: SessionFiles;
  /** What the operator said about the machine; by default nothing. */
  readonly manifest?: Manifest;
  /**
   * Sees the session before anything is restored, to connect listeners; what it returns replaces the session.
   * What it throws leaves the resume unchanged.
   */
  readonly onSession?: (session: SessionState) => SessionState | null | undefined;
}

export interface ResumeOptions extends ResumeContext, CommonOptions {}

/**
 * Re-creates the state that Checkbox itself would rebuild.
 *
 * @throws CorruptedSessionError, IncompatibleSessionError, IncompatibleJobError,
 *   BrokenReferenceToExternalFileError as the reference does; UnitDefinitionError when a definition is broken
 */
export async function resume(input: Input, options: ResumeOptions): Promise<SessionState> {
  const document = await openDocument(input, options);
  return runSteps(resumeDocument(readVersion(document.root), options));
}

/** The synchronous twin of {@link resume}, for bytes and files in memory or on disk. */
export function resumeSync(input: Uint8Array | ArrayBuffer, options: ResumeOptions): SessionState {
  const session = runSteps(resumeDocument(readVersion(openDocumentSync(input, options).root), options));
  if (session instanceof Promise) throw new TypeError('resumeSync needs files that are read synchronously');
  return session;
}

/**
 * Resumes from a document that is decoded already.
 *
 * @param onFault by default the first fault is thrown; one that lets faults pass gets all of them, and a session
 *   that is restored as far as it can be
 */
export function* resumeDocument(
  { format, session: stored }: VersionedDocument,
  context: ResumeContext,
  onFault: OnFault = throwFault,
): Steps<SessionState> {
  const units = [...context.units];
  const fresh = new SessionState(units, context.manifest);
  const session = context.onSession?.(fresh) ?? fresh;

  const restore = () =>
    attemptSteps(
      onFault,
      undefined,
      restoreJobs({ format, session: stored }, session, {
        units,
        flags: resolveFlags(context.flags),
        location: context.location ?? null,
        files: context.files ?? new MemoryFiles(new Map()),
        onFault,
      }),
    );
  const restoreMetadata = () => readMetadata(stored, format.metadataFields, session.metadata, onFault);
  if (format.metadataFirst) {
    restoreMetadata();
    yield* restore();
  } else {
    yield* restore();
    restoreMetadata();
  }
  if (format.metadataFirst) {
    session.updateMandatoryJobList(knownJobs(stored, 'mandatory_job_list', session, onFault));
  }
  attempt(onFault, undefined, () => restoreDesiredList(stored, session, onFault));
  attempt(onFault, undefined, () => trim(stored, session));
  if (format.systemInformation) {
    session.systemInformation = attempt(onFault, null, () => readSystemInformation(stored, onFault));
  }
  return session;
}

function restoreDesiredList(stored: JsonValue, session: SessionState, onFault: OnFault): void {
  const desired = knownJobs(stored, 'desired_job_list', session, onFault);
  // What was saved begins with the mandatory jobs; to put them in front again would add them at every cycle.
  const includeMandatory = !session.mandatoryJobList.every((job, index) => desired[index] === job);
  try {
    session.updateDesiredJobList(desired, { includeMandatory });
  } catch (error) {
    if (!(error instanceof UnitDefinitionError) || error.code !== 'unknown-job') throw error;
    throw unknownJobIn('desired_job_list', error.jobId!, requireMember(stored, 'desired_job_list'), error);
  }
}

/** The jobs of a list of ids, all of which must be known (spec `resume.md` 5.6, 5.7). */
function knownJobs(stored: JsonValue, key: string, session: SessionState, onFault: OnFault): Job[] {
  const list = attempt(onFault, undefined, () => requireMember(stored, key, { type: 'list' }));
  const ids: JsonValue[] = [];
  for (const item of list?.items() ?? []) {
    const rule = { type: 'str', typeMessage: 'Each job id must be a string' } as const;
    attempt(onFault, undefined, () => ids.push(requireValue(item, rule)));
  }
  const jobs: Job[] = [];
  for (const value of ids) {
    const id = value.string!;
    const state = session.jobStateMap.get(id);
    if (state === undefined) onFault(unknownJobIn(key, id, value));
    else jobs.push(state.job);
  }
  return jobs;
}

function unknownJobIn(key: string, id: string, place: JsonValue, cause?: unknown): SessionResumeError {
  const message = `'${key}' refers to unknown job ${pyRepr(id)}`;
  return corrupted(message, place, { code: 'unknown-job', jobId: id, cause });
}

/** Removes what is neither on the run list nor in the document (spec `resume.md` 5.8). */
function trim(stored: JsonValue, session: SessionState): void {
  const retained = new Set(requireMember(stored, 'jobs', { type: 'dict' }).members().keys());
  for (const job of session.runList) if (job.id !== null) retained.add(job.id);
  session.trimJobList(new ResumeDiscardQualifier(retained));
}
