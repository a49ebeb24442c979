/** What a dormant session says about its jobs. */

import type { DormantSession } from '../formats/dormant-session.js';
import { listedJobs } from '../formats/listed-jobs.js';
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

/** All jobs, in the order of {@link listedJobs}. */
export function jobFacts(session: DormantSession): JobFacts[] {
  return listedJobs(session).map(({ id, isDesired, isRejected, wasStartedLast }) => {
    const attempts = (session.results.get(id) ?? []).filter((result) => !result.isHollow);
    const result = attempts.at(-1);
    const outcome = result?.outcome ?? null;
    return {
      id,
      attempts,
      result,
      outcome,
      isDesired,
      isRunning: wasStartedLast && outcome === null,
      isRejected,
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
