/** Why a session would not resume: all reasons at once instead of the first one. */

import { type ErrorCode, SessionResumeError } from '../errors.js';
import { type MaybePromise, runSteps, type Steps, settled } from '../files/maybe-promise.js';
import { cannotAccess } from '../files/session-files.js';
import { DiskJobResult } from '../results/job-result.js';
import type { SessionState } from '../session/state.js';
import type { DormantSession } from './dormant-session.js';
import { nearestName } from './nearest-name.js';
import { type ResumeContext, resumeDocument } from './resume.js';

export interface ResumeReason {
  /** Whether a resume with the same context is refused for it; a missing log may matter only later. */
  readonly blocking: boolean;
  readonly code: ErrorCode;
  /** What Checkbox itself would say, had it come so far. */
  readonly message: string;
  readonly jobId: string | undefined;
  readonly path: string | undefined;
  /** Byte offset into the decompressed text. */
  readonly offset: number | undefined;
  /** For a changed job the checksum of the known definition. */
  readonly expected: unknown;
  /** For a changed job the stored checksum. */
  readonly actual: unknown;
  /** For an unknown job the known id that is most like it. */
  readonly nearestId?: string;
}

export interface ResumeExplanation {
  /** Empty of blocking ones when the session would resume. In the order in which a resume meets them. */
  readonly reasons: readonly ResumeReason[];
  /** Jobs that the definitions have and the session never heard of; they keep nobody from resuming. */
  readonly newJobs: readonly string[];
  /** The session as far as it can be restored; undefined when the definitions contradict each other. */
  readonly state: SessionState | undefined;
}

/** For so many of the unknown jobs a known id is suggested: each costs a comparison with all of them. */
const NEAREST_SOUGHT = 50;

/** Tries to resume and collects everything that is in the way. */
export function explainResume(
  session: DormantSession,
  context: ResumeContext,
): MaybePromise<ResumeExplanation> {
  return runSteps(explain(session, context));
}

function* explain(session: DormantSession, context: ResumeContext): Steps<ResumeExplanation> {
  const reasons: ResumeReason[] = [];
  let known: SessionState | undefined;
  const note = (fault: SessionResumeError) => reasons.push(...reasonsOf(fault, known));
  const knownIds = new Set<string>();
  const document = { format: session.format, session: session.document };
  const observe: ResumeContext['onSession'] = (fresh) => {
    known = context.onSession?.(fresh) ?? fresh;
    for (const id of known.jobStateMap.keys()) knownIds.add(id);
    known.jobAdded.connect((job) => knownIds.add(job.id ?? ''));
    return known;
  };
  let state: SessionState | undefined;
  try {
    state = yield* resumeDocument(document, { ...context, onSession: observe }, note);
  } catch (error) {
    if (!(error instanceof SessionResumeError)) throw error;
    note(error);
  }
  if (state !== undefined && context.files !== undefined)
    reasons.push(...(yield* missingLogs(state, context)));
  const stored = new Set([...session.jobs.keys(), ...session.results.keys()]);
  return { reasons, newJobs: [...knownIds].filter((id) => !stored.has(id)), state };
}

function reasonsOf(fault: SessionResumeError, session: SessionState | undefined): ResumeReason[] {
  const { code, message, jobId, path, offset, expected, actual } = fault;
  const reason = { blocking: true, code, message, jobId, path, offset, expected, actual };
  if (code !== 'unknown-job') return [reason];
  const ids = Array.isArray(actual) ? [...new Set(actual.map(String))] : [jobId ?? ''];
  return ids.map((id, index) => {
    const candidates = index < NEAREST_SOUGHT ? (session?.jobStateMap.keys() ?? []) : [];
    const nearestId = nearestName(id, candidates);
    return { ...reason, jobId: id, actual: undefined, ...(nearestId === undefined ? {} : { nearestId }) };
  });
}

/** Record files that are named but not there; a resume opens only those of resource jobs. */
function* missingLogs(state: SessionState, { files }: ResumeContext): Steps<ResumeReason[]> {
  const reasons: ResumeReason[] = [];
  for (const { job, resultHistory } of state.jobStateMap.values()) {
    for (const result of resultHistory) {
      const name = result instanceof DiskJobResult ? result.ioLogFilename : null;
      if (name === null || name === '') continue;
      const stat = yield* settled(files!.stat(name));
      if (stat?.kind === 'file') continue;
      const code = stat?.kind === 'outside' ? 'outside-location' : 'missing-file';
      for (const reason of reasonsOf(cannotAccess(name, code), state)) {
        reasons.push({ ...reason, blocking: false, jobId: job.id ?? undefined });
      }
    }
  }
  return reasons;
}
