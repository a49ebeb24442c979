/** What a dormant session says about its jobs. */

import type { DormantSession } from '../formats/dormant-session.js';
import type { JobResult } from '../results/job-result.js';

/** The word for the outcome of a job that did not run. */
export const NO_OUTCOME = 'none';

export interface JobFacts {
  readonly id: string;
  /** The results that say something, oldest first. */
  readonly attempts: readonly JobResult[];
  /** The last of them. */
  readonly result: JobResult | undefined;
  /** Of the last attempt; null when the job did not run. */
  readonly outcome: string | null;
  /** Whether somebody asked for it; other jobs run because they are needed, or are just known. */
  readonly isDesired: boolean;
  /** Whether it was started and has no result. */
  readonly isRunning: boolean;
  readonly isRejected: boolean;
}

/** All jobs: the mandatory and desired ones in the order of their lists, then the others as they are stored. */
export function jobFacts(session: DormantSession): JobFacts[] {
  const { metadata, results } = session;
  const desired = new Set([...session.mandatoryJobList, ...session.desiredJobList]);
  const ids = new Set([...desired, ...session.jobs.keys(), ...results.keys()]);
  if (metadata.runningJobName !== null) ids.add(metadata.runningJobName);
  const rejected = new Set(metadata.rejectedJobs);
  return Array.from(ids, (id) => {
    const attempts = (results.get(id) ?? []).filter((result) => !result.isHollow);
    const result = attempts.at(-1);
    const outcome = result?.outcome ?? null;
    return {
      id,
      attempts,
      result,
      outcome,
      isDesired: desired.has(id),
      isRunning: id === metadata.runningJobName && outcome === null,
      isRejected: rejected.has(id),
    };
  });
}

/** Jobs that are to run and did not: wanted, or started. */
export function isLeft({ outcome, isDesired, isRunning }: JobFacts): boolean {
  return outcome === null && (isDesired || isRunning);
}

/** Outcome to number of jobs; null counts those that did not run. */
export function countOutcomes(jobs: readonly JobFacts[]): Map<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const { outcome } of jobs) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return counts;
}
