/** Resuming: from a dormant session and the known units to the live state (spec `resume.md` 5). */

import type { JsonValue } from '../document/json-value.js';
import { openDocument, openDocumentSync } from '../envelope.js';
import { UnitDefinitionError } from '../errors.js';
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
import { corrupted, requireMember, requireValue, throwFault } from './validate.js';
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
  return runSteps(resumeDocument(document.root, options));
}

/** The synchronous twin of {@link resume}, for bytes and files in memory or on disk. */
export function resumeSync(input: Uint8Array | ArrayBuffer, options: ResumeOptions): SessionState {
  const session = runSteps(resumeDocument(openDocumentSync(input, options).root, options));
  if (session instanceof Promise) throw new TypeError('resumeSync needs files that are read synchronously');
  return session;
}

/** Resumes from a document that is decoded already. */
export function* resumeDocument(root: JsonValue, context: ResumeContext): Steps<SessionState> {
  const document = readVersion(root);
  const units = [...context.units];
  const fresh = new SessionState(units, context.manifest);
  const session = context.onSession?.(fresh) ?? fresh;

  const { format, session: stored } = document;
  const restore = () =>
    restoreJobs(document, session, {
      units,
      flags: resolveFlags(context.flags),
      location: context.location ?? null,
      files: context.files ?? new MemoryFiles(new Map()),
    });
  const restoreMetadata = () => readMetadata(stored, format.metadataFields, session.metadata, throwFault);
  if (format.metadataFirst) {
    restoreMetadata();
    yield* restore();
  } else {
    yield* restore();
    restoreMetadata();
  }
  restoreLists(document, session);
  trim(stored, session);
  if (format.systemInformation) session.systemInformation = readSystemInformation(stored, throwFault);
  return session;
}

function restoreLists({ format, session: stored }: VersionedDocument, session: SessionState): void {
  const mandatory = format.metadataFirst ? knownJobs(stored, 'mandatory_job_list', session) : [];
  session.updateMandatoryJobList(mandatory);
  const desired = knownJobs(stored, 'desired_job_list', session);
  // What was saved begins with the mandatory jobs; to put them in front again would add them at every cycle.
  const includeMandatory = !mandatory.every((job, index) => desired[index] === job);
  try {
    session.updateDesiredJobList(desired, { includeMandatory });
  } catch (error) {
    if (!(error instanceof UnitDefinitionError) || error.code !== 'unknown-job') throw error;
    throw unknownJobIn('desired_job_list', error.jobId!, requireMember(stored, 'desired_job_list'), error);
  }
}

/** The jobs of a list of ids, all of which must be known (spec `resume.md` 5.6, 5.7). */
function knownJobs(stored: JsonValue, key: string, session: SessionState): Job[] {
  const list = requireMember(stored, key, { type: 'list' });
  const ids: [string, JsonValue][] = [];
  for (const item of list.items()) {
    const value = requireValue(item, { type: 'str', typeMessage: 'Each job id must be a string' });
    ids.push([value.string!, value]);
  }
  return ids.map(([id, value]) => {
    const state = session.jobStateMap.get(id);
    if (state === undefined) throw unknownJobIn(key, id, value);
    return state.job;
  });
}

function unknownJobIn(key: string, id: string, place: JsonValue, cause?: unknown): Error {
  const message = `'${key}' refers to unknown job ${pyRepr(id)}`;
  return corrupted(message, place, { code: 'unknown-job', jobId: id, cause });
}

/** Removes what is neither on the run list nor in the document (spec `resume.md` 5.8). */
function trim(stored: JsonValue, session: SessionState): void {
  const retained = new Set(requireMember(stored, 'jobs', { type: 'dict' }).members().keys());
  for (const job of session.runList) if (job.id !== null) retained.add(job.id);
  session.trimJobList(new ResumeDiscardQualifier(retained));
}
