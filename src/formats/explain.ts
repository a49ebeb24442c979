/** Why a session would not resume: all reasons at once instead of the first one. */

import { CorruptedSessionError, type ErrorCode, type SessionResumeError } from '../errors.js';
import { type MaybePromise, runSteps, type Steps, settled } from '../files/maybe-promise.js';
import { cannotAccess, type SessionFiles } from '../files/session-files.js';
import { DiskJobResult } from '../results/job-result.js';
import type { SessionState } from '../session/state.js';
import type { DormantSession } from './dormant-session.js';
import { nearestName } from './nearest-name.js';
import { unknownJobsRemaining } from './restore-jobs.js';
import { type ResumeContext, resumeDocument } from './resume.js';
import { attemptSteps, FaultCollector } from './validate.js';

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
  /**
   * Empty of blocking ones when the session would resume. In the order in which a resume meets them; behind 10,000
   * there is one of the code `more-problems`.
   */
  readonly reasons: readonly ResumeReason[];
  /** Jobs that the definitions have and the session never heard of; they keep nobody from resuming. */
  readonly newJobs: readonly string[];
  /**
   * The session as far as it can be restored; undefined when the definitions contradict each other or there are too
   * many reasons.
   */
  readonly state: SessionState | undefined;
}

/** Tries to resume and collects what is in the way. */
export function explainResume(
  session: DormantSession,
  context: ResumeContext,
): MaybePromise<ResumeExplanation> {
  return runSteps(explain(session, context));
}

function* explain(session: DormantSession, context: ResumeContext): Steps<ResumeExplanation> {
  const knownIds = new Set<string>();
  const nearest = new NearestIds(knownIds);
  const found = new FaultCollector();
  const reasons: ResumeReason[] = [];
  const note = (fault: SessionResumeError) => {
    for (const one of eachUnknownJob(fault)) found.note(one);
  };
  const document = { format: session.format, session: session.document };
  const observe: ResumeContext['onSession'] = (fresh) => {
    const known = context.onSession?.(fresh) ?? fresh;
    for (const id of known.jobStateMap.keys()) knownIds.add(id);
    known.jobAdded.connect((job) => knownIds.add(job.id ?? ''));
    return known;
  };
  const resuming = resumeDocument(document, { ...context, onSession: observe }, note);
  const state = yield* found.collectSteps(attemptSteps(note, undefined, resuming));
  for (const fault of found.faults) reasons.push(reasonOf(fault, nearest));
  if (state !== undefined && context.files !== undefined) {
    yield* found.collectSteps(addMissingLogs(reasons, state, context.files, found));
  }
  const stored = new Set([...session.jobs.keys(), ...session.results.keys()]);
  return { reasons, newJobs: [...knownIds].filter((id) => !stored.has(id)), state };
}

/** A fault of many unknown jobs as what it would be for each of them. */
function* eachUnknownJob(fault: SessionResumeError): Generator<SessionResumeError, void, void> {
  const { code, path, offset, actual } = fault;
  if (code !== 'unknown-job' || !Array.isArray(actual)) {
    yield fault;
    return;
  }
  for (const id of new Set(actual.map(String))) {
    yield new CorruptedSessionError(unknownJobsRemaining([id]), { code, path, offset, jobId: id });
  }
}

function reasonOf(fault: SessionResumeError, nearest: NearestIds): ResumeReason {
  const { code, message, jobId, path, offset, expected, actual } = fault;
  const reason = { blocking: true, code, message, jobId, path, offset, expected, actual };
  const nearestId = code === 'unknown-job' ? nearest.of(jobId ?? '') : undefined;
  return nearestId === undefined ? reason : { ...reason, nearestId };
}

/** Record files that are named but not there; a resume opens only those of resource jobs. */
function* addMissingLogs(
  reasons: ResumeReason[],
  state: SessionState,
  files: SessionFiles,
  found: FaultCollector,
): Steps<void> {
  for (const { job, resultHistory } of state.jobStateMap.values()) {
    for (const result of resultHistory) {
      const name = result instanceof DiskJobResult ? result.ioLogFilename : null;
      if (name === null || name === '') continue;
      const stat = yield* settled(files.stat(name));
      if (stat?.kind === 'file') continue;
      found.note(cannotAccess(name, stat?.kind === 'outside' ? 'outside-location' : 'missing-file'));
      const { code, message, path, offset, expected, actual } = found.faults.at(-1)!;
      const jobId = job.id ?? undefined;
      reasons.push({ blocking: false, code, message, jobId, path, offset, expected, actual });
    }
  }
}

/** For so many different unknown jobs a known id is suggested: each costs a comparison with all of them. */
const NEAREST_SOUGHT = 50;

/** The known ids that are most like unknown ones. */
class NearestIds {
  readonly #sought = new Map<string, string | undefined>();

  constructor(private readonly known: ReadonlySet<string>) {}

  of(id: string): string | undefined {
    if (!this.#sought.has(id) && this.#sought.size < NEAREST_SOUGHT) {
      this.#sought.set(id, nearestName(id, this.known));
    }
    return this.#sought.get(id);
  }
}
