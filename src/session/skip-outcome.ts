/** The outcome of a job that cannot start (spec `results.md` 7). */

import type { PyDict, PyValue } from '../python/value.js';
import type { JobState } from './job-state.js';

export interface SkipOutcome {
  /** Null when nothing but pending work keeps the job from starting. */
  readonly outcome: 'skip' | 'skipped-manifest' | 'skipped-dependency' | 'skipped-resource' | 'fail' | null;
  /** The member `skip_reason` of the result: `related_dependencies`, `related_resources`, `related_manifests`. */
  readonly reason: PyDict | null;
  /** For the operator; empty when there is no reason. */
  readonly explanation: string;
}

/**
 * @param state of a job with inhibitors
 * @param states of all jobs, by id
 */
export function skipOutcome(state: JobState, states: ReadonlyMap<string, JobState>): SkipOutcome {
  const manifests = new Set<string>();
  const dependencies = new Set<string>();
  const resources = new Set<string>();
  let skipped = false;
  for (const { cause, relatedJob, relatedExpression, relatedManifests } of state.readinessInhibitors) {
    if (cause === 'REQUIRED_MANIFEST') {
      for (const id of relatedManifests ?? []) manifests.add(id);
    } else if (cause === 'FAILED_DEP' && relatedJob?.id) {
      if (states.get(relatedJob.id)?.result.outcome === 'skip') skipped = true;
      else dependencies.add(relatedJob.id);
    } else if (cause === 'FAILED_RESOURCE' && relatedExpression !== null) {
      const { manifestIds, text } = relatedExpression;
      if (manifestIds.length === 0) resources.add(text);
      for (const id of manifestIds) manifests.add(id);
    }
  }
  const reasons = {
    dependencies: [...dependencies],
    resources: [...resources],
    manifests: [...manifests],
  };
  return {
    outcome: outcomeOf(state, reasons, skipped),
    reason: reasonOf(reasons, skipped),
    explanation: explanationOf(reasons),
  };
}

interface Reasons {
  readonly dependencies: readonly string[];
  readonly resources: readonly string[];
  readonly manifests: readonly string[];
}

function outcomeOf(state: JobState, reasons: Reasons, skipped: boolean): SkipOutcome['outcome'] {
  if (skipped) return 'skip';
  if (reasons.manifests.length > 0) return 'skipped-manifest';
  if (reasons.dependencies.length > 0) return 'skipped-dependency';
  if (reasons.resources.length > 0) {
    return state.job.flags.has('fail-on-resource') ? 'fail' : 'skipped-resource';
  }
  return null;
}

function reasonOf({ dependencies, resources, manifests }: Reasons, skipped: boolean): PyDict | null {
  const count = dependencies.length + (skipped ? 0 : resources.length + manifests.length);
  if (count === 0) return null;
  return new Map<string, PyValue>([
    ['related_dependencies', dependencies],
    ['related_resources', resources],
    ['related_manifests', manifests],
  ]);
}

/** The first kind of reason that there is, with its items. */
function explanationOf({ manifests, dependencies, resources }: Reasons): string {
  const kinds: readonly (readonly [string, readonly string[]])[] = [
    ['unmet manifest', manifests],
    ['failed dependency', dependencies],
    ['unmet resource', resources],
  ];
  const kind = kinds.find(([, items]) => items.length > 0);
  if (kind === undefined) return '';
  const [label, items] = kind;
  return `Job cannot be started because of ${label}:${items.map((item) => `\n- ${item}`).join('')}`;
}
