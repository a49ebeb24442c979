/** Figures about a session (spec `state.md` 10). */

import { Category } from '../units/category.js';
import type { Job } from '../units/job.js';
import type { JobState } from './job-state.js';
import type { SessionState } from './state.js';

/** Seconds; null when some job does not say how long it takes. */
export interface EstimatedDuration {
  readonly automated: number | null;
  /** Of the jobs that need an operator. */
  readonly manual: number | null;
}

/** Seconds that an operator spends on each manual job beside its own estimate. */
const MANUAL_OVERHEAD = 30;

/** Whether resource and attachment jobs count: they are no tests. */
export interface StatisticsOptions {
  /** True leaves out resource and attachment jobs. */
  readonly testsOnly?: boolean;
}

/**
 * How long the run list takes.
 *
 * @param manualOverhead seconds
 * @throws UnitDefinitionError for a job that cannot be read
 */
export function estimatedDuration(
  session: SessionState,
  manualOverhead: number = MANUAL_OVERHEAD,
): EstimatedDuration {
  let automated: number | null = 0;
  let manual: number | null = 0;
  for (const job of session.runList) {
    const estimate = job.estimatedDuration;
    if (job.automated) {
      automated = automated === null || estimate === null ? null : automated + estimate;
    } else if (manual !== null) {
      const unknown = estimate === null && Boolean(job.command);
      manual = unknown ? null : manual + manualOverhead + (estimate ?? 0);
    }
  }
  return { automated, manual };
}

/** Outcome -> number of jobs, for the jobs that have one, in the order of first appearance. */
export function outcomeStatistics(
  session: SessionState,
  { testsOnly = false }: StatisticsOptions = {},
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { job, result } of session.jobStateMap.values()) {
    if (result.outcome === null || (testsOnly && !isTest(job))) continue;
    counts.set(result.outcome, (counts.get(result.outcome) ?? 0) + 1);
  }
  return counts;
}

/** Category id -> name, for the known categories of the jobs that have an outcome. */
export function categoryMap(
  session: SessionState,
  { testsOnly = false }: StatisticsOptions = {},
): ReadonlyMap<string, string | null> {
  const used = new Set<string>();
  for (const state of session.jobStateMap.values()) {
    if (state.result.outcome === null || (testsOnly && !isTest(state.job))) continue;
    used.add(state.effectiveCategoryId);
  }
  const names = new Map<string, string | null>();
  for (const unit of session.unitList) {
    if (unit instanceof Category && unit.id !== null && used.has(unit.id)) names.set(unit.id, unit.name);
  }
  return names;
}

/** What several jobs amount to: one failure spoils it, one success is needed for `pass`. */
export type CommonOutcome = 'fail' | 'pass' | 'skip';

/** Effective category id -> outcome of its tests. */
export function categoryOutcomes(session: SessionState): ReadonlyMap<string, CommonOutcome> {
  const outcomes = new Map<string, CommonOutcome>();
  for (const state of session.jobStateMap.values()) {
    if (!isTest(state.job)) continue;
    const id = state.effectiveCategoryId;
    outcomes.set(id, combined(outcomes.get(id) ?? 'skip', state));
  }
  return outcomes;
}

/** The outcome of all jobs of a plugin together; `skip` when there is none. */
export function pluginOutcome(session: SessionState, plugin: 'resource' | 'attachment'): CommonOutcome {
  let outcome: CommonOutcome = 'skip';
  for (const state of session.jobStateMap.values()) {
    if (state.job.plugin === plugin) outcome = combined(outcome, state);
  }
  return outcome;
}

/**
 * The job states with one of the outcomes and one of the certification statuses.
 *
 * @param outcomes failures unless given
 * @param statuses blockers unless given
 */
export function certificationStatusMap(
  session: SessionState,
  outcomes: ReadonlySet<string | null> = new Set(['fail']),
  statuses: ReadonlySet<string> = new Set(['blocker']),
): ReadonlyMap<string, JobState> {
  return new Map(
    [...session.jobStateMap].filter(
      ([, state]) => outcomes.has(state.result.outcome) && statuses.has(state.effectiveCertificationStatus),
    ),
  );
}

function isTest(job: Job): boolean {
  return job.plugin !== 'resource' && job.plugin !== 'attachment';
}

function combined(before: CommonOutcome, { result: { outcome } }: JobState): CommonOutcome {
  if (before === 'fail' || outcome === 'fail' || outcome === 'crash') return 'fail';
  return before === 'pass' || outcome === 'pass' ? 'pass' : 'skip';
}
