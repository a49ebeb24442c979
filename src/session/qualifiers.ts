/** Qualifiers: which jobs are meant (spec `state.md` 8). */

import type { Job } from '../units/job.js';

/** The numbers are the reference's; of several votes the smallest decides. */
export const Vote = { exclude: 0, include: 1, ignore: 2 } as const;
export type Vote = (typeof Vote)[keyof typeof Vote];

export interface JobQualifier {
  getVote(job: Job): Vote;
}

/** True when the vote is to include the job. */
export function designates(qualifier: JobQualifier, job: Job): boolean {
  return qualifier.getVote(job) === Vote.include;
}

/** Designates what a resume removes: every job whose id, compared exactly, is not in a set of ids. */
export class ResumeDiscardQualifier implements JobQualifier {
  readonly #retainedIds: ReadonlySet<string | null>;

  constructor(retainedIds: Iterable<string>) {
    this.#retainedIds = new Set(retainedIds);
  }

  getVote(job: Job): Vote {
    return this.#retainedIds.has(job.id) ? Vote.ignore : Vote.include;
  }
}
