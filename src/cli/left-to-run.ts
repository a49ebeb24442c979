/** What is left of a resumed session: which jobs can run, which wait, and which never can. */

import type { JobReadinessInhibitor } from '../session/inhibitors.js';
import type { JobState } from '../session/job-state.js';
import type { SessionState } from '../session/state.js';

export interface LeftJob {
  readonly state: JobState;
  /** Ids of jobs that run first. */
  readonly waitsFor: readonly string[];
}

export interface BlockedJob {
  readonly state: JobState;
  /** One phrase each. */
  readonly reasons: readonly string[];
}

export interface LeftToRun {
  /** In the order of the run list. */
  readonly runnable: readonly LeftJob[];
  readonly blocked: readonly BlockedJob[];
}

/** Sorts the jobs of the run list that have no outcome. What a blocked job holds up is blocked as well. */
export function leftToRun(session: SessionState): LeftToRun {
  const runnable: LeftJob[] = [];
  const blocked: BlockedJob[] = [];
  const blockedIds = new Set<string | null>();
  // A job comes behind everything that it depends on.
  for (const { id } of session.runList) {
    const state = id === null ? undefined : session.jobStateMap.get(id);
    if (state === undefined || state.result.outcome !== null) continue;
    const { readinessInhibitors } = state;
    const reasons = readinessInhibitors.flatMap((inhibitor) => reasonOf(inhibitor, blockedIds));
    if (reasons.length > 0) {
      blocked.push({ state, reasons });
      blockedIds.add(id);
    } else {
      const waitsFor = readinessInhibitors.flatMap(({ relatedJob }) => relatedJob?.id ?? []);
      runnable.push({ state, waitsFor: [...new Set(waitsFor)] });
    }
  }
  return { runnable, blocked };
}

function reasonOf(inhibitor: JobReadinessInhibitor, blockedIds: ReadonlySet<string | null>): string[] {
  const { cause, relatedJob, text } = inhibitor;
  if (cause !== 'PENDING_DEP' && cause !== 'PENDING_RESOURCE') return [text];
  const id = relatedJob?.id ?? null;
  return blockedIds.has(id) ? [`needs '${id}', which cannot run`] : [];
}
