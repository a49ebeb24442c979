/** What test plans change in a session (spec `state.md` 11.3). */

import type { Job } from '../units/job.js';
import { selectJobs } from '../units/selection.js';
import type { TestPlan } from '../units/test-plan.js';
import { type IdMatcher, idMatcher } from '../units/unit-pattern.js';
import type { Override } from './job-state.js';

/** The overrides of all chosen plans, by pattern. */
export class TestPlanOverrides {
  readonly #rules: readonly { readonly matches: IdMatcher; readonly changes: readonly Override[] }[];

  /**
   * @param plans the chosen ones
   * @param known all test plans by id, for nested ones
   * @throws UnitDefinitionError for a plan that cannot be read
   */
  constructor(plans: readonly TestPlan[], known: ReadonlyMap<string, TestPlan>) {
    const merged = new Map<string, Override[]>();
    for (const { pattern, changes } of plans.flatMap((plan) => plan.overrides(known))) {
      const others = merged.get(pattern);
      if (others === undefined) merged.set(pattern, [...changes]);
      else others.push(...changes);
    }
    this.#rules = [...merged].map(([pattern, changes]) => ({ matches: idMatcher(pattern), changes }));
  }

  /** What to change in a job, in this order; a pattern may match its id or that of its template. */
  of(job: Job): readonly Override[] {
    if (this.#rules.length === 0) return [];
    const names = [job.id, job.templateId].filter((name) => name !== null);
    return this.#rules.filter(({ matches }) => names.some(matches)).flatMap(({ changes }) => changes);
  }
}

/** The jobs that the chosen plans say must run, in the order of the plans' lines, each once. */
export function mandatoryJobs(
  plans: readonly TestPlan[],
  jobs: readonly Job[],
  known: ReadonlyMap<string, TestPlan>,
): readonly Job[] {
  return [...new Set(plans.flatMap((plan) => selectJobs(plan, 'mandatory_include', jobs, known)))];
}

/** Test plans by id. */
export function testPlansById(plans: Iterable<TestPlan>): ReadonlyMap<string, TestPlan> {
  const byId = new Map<string, TestPlan>();
  for (const plan of plans) if (plan.id !== null) byId.set(plan.id, plan);
  return byId;
}
