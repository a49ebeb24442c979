/** Which jobs of the run list can start, and why the others cannot (spec `state.md` 9). */

import { pyEquals } from '../python/equality.js';
import { compareCodePoints } from '../python/text.js';
import type { Job } from '../units/job.js';
import type { Resource } from '../units/languages/expression.js';
import { JobReadinessInhibitor, NOT_DESIRED } from './inhibitors.js';
import type { JobState } from './job-state.js';
import type { Manifest } from './manifest.js';
import { unknownJob } from './unknown-job.js';

/** The parts of a session that decide about readiness. */
export interface ReadinessFacts {
  readonly jobStateMap: ReadonlyMap<string, JobState>;
  readonly resourceMap: ReadonlyMap<string, readonly Resource[]>;
  readonly manifest: Manifest;
}

/**
 * Sets the inhibitors of every job state, in one pass.
 *
 * @throws UnitDefinitionError for a program of the run list that does not compile, and, with the code
 *   `unknown-job`, for a reference to a job that the session does not have
 */
export function updateReadiness(runList: readonly Job[], facts: ReadinessFacts): void {
  for (const state of facts.jobStateMap.values()) state.readinessInhibitors = NOT_DESIRED;
  for (const job of runList) {
    const inhibitors = [
      ...manifestInhibitors(job, facts),
      ...resourceInhibitors(job, facts),
      ...dependencyInhibitors(job, facts),
    ];
    stateOf(job.id ?? '', job, facts).readinessInhibitors = inhibitors;
  }
}

/** One inhibitor with every entry of the manifest that is not as the setup job requires. */
function* manifestInhibitors(job: Job, { manifest }: ReadinessFacts): Iterable<JobReadinessInhibitor> {
  const unmet: string[] = [];
  for (const [id, required] of job.requiredManifests) {
    if (!pyEquals(manifest.get(id), required)) unmet.push(id);
  }
  if (unmet.length > 0) {
    yield new JobReadinessInhibitor('REQUIRED_MANIFEST', { relatedJob: job, relatedManifests: unmet });
  }
}

/** For the first expression that cannot be evaluated, else for the first one that is false. */
function* resourceInhibitors(job: Job, facts: ReadinessFacts): Iterable<JobReadinessInhibitor> {
  const result = job.resourceProgram?.evaluate(facts.resourceMap);
  if (result === undefined || result.outcome === 'true') return;
  const pending = result.outcome === 'unavailable';
  for (const id of result.expression.resourceIds) {
    const { job: relatedJob, result: resourceResult } = stateOf(id, job, facts);
    if (pending && resourceResult.outcome === 'pass') continue;
    yield new JobReadinessInhibitor(pending ? 'PENDING_RESOURCE' : 'FAILED_RESOURCE', {
      relatedJob,
      relatedExpression: result.expression,
    });
  }
}

function* dependencyInhibitors(job: Job, facts: ReadinessFacts): Iterable<JobReadinessInhibitor> {
  for (const id of sorted(job.dependsIds)) {
    const { job: relatedJob, result } = stateOf(id, job, facts);
    if (result.outcome === 'pass') continue;
    yield new JobReadinessInhibitor(result.outcome === null ? 'PENDING_DEP' : 'FAILED_DEP', { relatedJob });
  }
  for (const id of sorted(job.afterIds)) {
    const { job: relatedJob, result } = stateOf(id, job, facts);
    if (result.outcome === null) yield new JobReadinessInhibitor('PENDING_DEP', { relatedJob });
  }
  for (const id of sorted(job.salvagesIds)) {
    const { job: relatedJob, result } = stateOf(id, job, facts);
    if (result.outcome !== 'fail') yield new JobReadinessInhibitor('NOT_FAILED_DEP', { relatedJob });
  }
}

function sorted(ids: readonly string[]): readonly string[] {
  return ids.length < 2 ? ids : ids.toSorted(compareCodePoints);
}

function stateOf(id: string, referrer: Job, facts: ReadinessFacts): JobState {
  const state = facts.jobStateMap.get(id);
  if (state === undefined) throw unknownJob(id, referrer);
  return state;
}
