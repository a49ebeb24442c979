/** Which units test plans select, and in which order (spec `units.md` 9.2). */

import type { Job } from './job.js';
import type { SelectionField, TestPlan } from './test-plan.js';
import type { UnitPattern } from './unit-pattern.js';

/**
 * The jobs that a field of a plan and of its nested plans selects: in the order of the lines, then of `jobs`;
 * each once, without those that the plan excludes.
 *
 * @param plans all test plans by qualified id, for nested ones
 * @throws UnitDefinitionError for a broken pattern, and for a job whose id cannot be read
 */
export function selectJobs(
  plan: TestPlan,
  field: Exclude<SelectionField, 'exclude'>,
  jobs: Iterable<Job>,
  plans: ReadonlyMap<string, TestPlan>,
): readonly Job[] {
  const parts = plan.withNested(plans);
  const known = new JobIndex(jobs);
  const excluded = new Set(parts.flatMap((part) => known.matching(part.patterns('exclude'))));
  if (field === 'include') {
    for (const job of parts.flatMap((part) => known.matching(part.patterns('bootstrap_include')))) {
      excluded.add(job);
    }
  }
  const selected = new Set(parts.flatMap((part) => known.matching(part.patterns(field))));
  return [...selected].filter((job) => !excluded.has(job));
}

/** Jobs by what a pattern may name: their own id and that of their template. */
class JobIndex {
  readonly #jobs: readonly Job[];
  readonly #byName = new Map<string, Job[]>();

  constructor(jobs: Iterable<Job>) {
    this.#jobs = [...jobs];
    for (const job of this.#jobs) {
      for (const name of namesOf(job)) {
        const namesakes = this.#byName.get(name);
        if (namesakes === undefined) this.#byName.set(name, [job]);
        else namesakes.push(job);
      }
    }
  }

  matching(patterns: readonly UnitPattern[]): readonly Job[] {
    return patterns.flatMap((pattern) =>
      pattern.kind === 'literal'
        ? (this.#byName.get(pattern.id) ?? [])
        : this.#jobs.filter((job) => namesOf(job).some(pattern.matches)),
    );
  }
}

function namesOf(job: Job): string[] {
  return [job.id, job.templateId].filter((name) => name !== null);
}
