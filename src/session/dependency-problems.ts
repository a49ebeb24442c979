/** Why a desired job cannot be on the run list (spec `state.md` 6.2). */

import { pyRepr } from '../python/repr.js';
import type { Job } from '../units/job.js';

/** How one job depends on another (spec `state.md` 6.3). */
export type DependencyType = 'resource' | 'depends' | 'after' | 'before';

interface Problem {
  /** The job that drops out. */
  readonly affectedJob: Job;
  /** The job that makes it drop out, where that is another one. */
  readonly affectingJob: Job | null;
  /** One phrase for people, exactly the reference's. */
  readonly text: string;
}

/** A desired job that the session does not know, or that dropped out already. */
export class UnknownJobProblem implements Problem {
  readonly kind = 'unknown';
  readonly affectingJob = null;

  constructor(readonly affectedJob: Job) {}

  get text(): string {
    return `unknown job referenced: ${pyRepr(this.affectedJob.id)}`;
  }
}

/** A job that depends on one that does not exist or that dropped out. */
export class MissingDependencyProblem implements Problem {
  readonly kind = 'missing';
  readonly affectingJob = null;

  constructor(
    readonly affectedJob: Job,
    readonly missingId: string,
    readonly dependencyType: DependencyType,
  ) {}

  get text(): string {
    return `missing dependency: ${pyRepr(this.missingId)} (${this.dependencyType})`;
  }
}

/** A job that depends, in the end, on itself. */
export class DependencyCycleProblem implements Problem {
  readonly kind = 'cycle';

  /**
   * @param affectedJob the first job of the loop
   * @param loop ids of the loop, the first one repeated at the end; a group shows as `_group_job_<name>`
   */
  constructor(
    readonly affectedJob: Job,
    readonly loop: readonly string[],
  ) {}

  get affectingJob(): Job {
    return this.affectedJob;
  }

  get text(): string {
    return `dependency cycle detected: ${this.loop.join(' -> ')}`;
  }
}

export type DependencyProblem = UnknownJobProblem | MissingDependencyProblem | DependencyCycleProblem;
