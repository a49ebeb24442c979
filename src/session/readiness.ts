/** Which jobs of the run list can start, and why the others cannot (spec `state.md` 9). */

import { pyEquals } from '../python/equality.js';
import { sortCodePoints } from '../python/text.js';
import type { Job } from '../units/job.js';
import type { Resource, ResourceExpression } from '../units/languages/expression.js';
import { type InhibitionCause, JobReadinessInhibitor, NOT_DESIRED } from './inhibitors.js';
import type { JobState } from './job-state.js';
import type { Manifest } from './manifest.js';
import { unknownJob } from './unknown-job.js';

/** The parts of a session that decide about readiness. */
export interface ReadinessFacts {
  readonly jobStateMap: ReadonlyMap<string, JobState>;
  readonly resourceMap: ReadonlyMap<string, readonly Resource[]>;
  readonly manifest: Manifest;
}

/** The inhibitors of a job that can start. */
const NONE: readonly JobReadinessInhibitor[] = [];

/**
 * Sets the inhibitors of every job state, in one pass.
 *
 * @throws UnitDefinitionError for a program of the run list that does not compile, and, with the code
 *   `unknown-job`, for a reference to a job that the session does not have
 */
export function updateReadiness(runList: readonly Job[], facts: ReadinessFacts): void {
  for (const state of facts.jobStateMap.values()) state.readinessInhibitors = NOT_DESIRED;
  const outcomes: ExpressionOutcomes = new Map();
  for (const job of runList) {
    const inhibitors = job.standsAlone ? NONE : inhibitorsOf(job, facts, outcomes);
    stateOf(job.id ?? '', job, facts).readinessInhibitors = inhibitors;
  }
}

function inhibitorsOf(
  job: Job,
  facts: ReadinessFacts,
  outcomes: ExpressionOutcomes,
): readonly JobReadinessInhibitor[] {
  const inhibitors: JobReadinessInhibitor[] = [];
  addManifestInhibitors(inhibitors, job, facts);
  addResourceInhibitors(inhibitors, job, facts, outcomes);
  addDependencyInhibitors(inhibitors, job, facts);
  return inhibitors;
}

/** What expressions gave; jobs that require the same share one, which is evaluated once. */
type ExpressionOutcomes = Map<ResourceExpression, boolean>;

/** One inhibitor with every entry of the manifest that is not as the setup job requires. */
function addManifestInhibitors(
  inhibitors: JobReadinessInhibitor[],
  job: Job,
  { manifest }: ReadinessFacts,
): void {
  const unmet: string[] = [];
  for (const [id, required] of job.requiredManifests) {
    if (!pyEquals(manifest.get(id), required)) unmet.push(id);
  }
  if (unmet.length > 0) {
    const subject = { relatedJob: job, relatedManifests: unmet };
    inhibitors.push(new JobReadinessInhibitor('REQUIRED_MANIFEST', subject));
  }
}

/** For the first expression that cannot be evaluated, else for the first one that is false. */
function addResourceInhibitors(
  inhibitors: JobReadinessInhibitor[],
  job: Job,
  facts: ReadinessFacts,
  outcomes: ExpressionOutcomes,
): void {
  const result = job.resourceProgram?.evaluate(facts.resourceMap, outcomes);
  if (result === undefined || result.outcome === 'true') return;
  const pending = result.outcome === 'unavailable';
  for (const id of result.expression.resourceIds) {
    const { job: relatedJob, result: resourceResult } = stateOf(id, job, facts);
    if (pending && resourceResult.outcome === 'pass') continue;
    const subject = { relatedJob, relatedExpression: result.expression };
    inhibitors.push(new JobReadinessInhibitor(pending ? 'PENDING_RESOURCE' : 'FAILED_RESOURCE', subject));
  }
}

function addDependencyInhibitors(inhibitors: JobReadinessInhibitor[], job: Job, facts: ReadinessFacts): void {
  const add = (cause: InhibitionCause, relatedJob: Job) => {
    inhibitors.push(new JobReadinessInhibitor(cause, { relatedJob }));
  };
  for (const id of sorted(job.dependsIds)) {
    const { job: relatedJob, result } = stateOf(id, job, facts);
    if (result.outcome === 'pass') continue;
    add(result.outcome === null ? 'PENDING_DEP' : 'FAILED_DEP', relatedJob);
  }
  for (const id of sorted(job.afterIds)) {
    const { job: relatedJob, result } = stateOf(id, job, facts);
    if (result.outcome === null) add('PENDING_DEP', relatedJob);
  }
  for (const id of sorted(job.salvagesIds)) {
    const { job: relatedJob, result } = stateOf(id, job, facts);
    if (result.outcome !== 'fail') add('NOT_FAILED_DEP', relatedJob);
  }
}

function sorted(ids: readonly string[]): readonly string[] {
  return ids.length < 2 ? ids : sortCodePoints([...ids]);
}

function stateOf(id: string, referrer: Job, facts: ReadinessFacts): JobState {
  const state = facts.jobStateMap.get(id);
  if (state === undefined) throw unknownJob(id, referrer);
  return state;
}
