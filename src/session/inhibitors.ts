/** Why a job cannot start (spec `state.md` 9). */

import { pyRepr } from '../python/repr.js';
import type { Job } from '../units/job.js';
import type { ResourceExpression } from '../units/languages/expression.js';

/** The causes with the reference's numbers. */
export const InhibitionCause = {
  UNDESIRED: 0,
  PENDING_DEP: 1,
  FAILED_DEP: 2,
  PENDING_RESOURCE: 3,
  FAILED_RESOURCE: 4,
  NOT_FAILED_DEP: 5,
  REQUIRED_MANIFEST: 6,
} as const;
export type InhibitionCause = keyof typeof InhibitionCause;

/** What an inhibitor is about; which members are needed depends on the cause. */
export interface InhibitorSubject {
  readonly relatedJob?: Job;
  /** Of the two resource causes. */
  readonly relatedExpression?: ResourceExpression;
  /** Ids of manifest entries, of the cause `REQUIRED_MANIFEST`. */
  readonly relatedManifests?: readonly string[];
}

export class JobReadinessInhibitor {
  readonly cause: InhibitionCause;
  readonly relatedJob: Job | null;
  readonly relatedExpression: ResourceExpression | null;
  readonly relatedManifests: readonly string[] | null;

  /**
   * @throws RangeError (the reference's ValueError) for an unknown cause, or when the subject lacks what the
   *   cause needs
   */
  constructor(cause: InhibitionCause, subject: InhibitorSubject = {}) {
    if (!Object.hasOwn(InhibitionCause, cause)) throw new RangeError('unsupported value for cause');
    const { relatedJob = null, relatedExpression = null, relatedManifests = null } = subject;
    const need = (member: string, value: unknown) => {
      if (value === null) throw new RangeError(`${member} must not be None when cause is ${cause}`);
    };
    if (cause !== 'UNDESIRED') need('related_job', relatedJob);
    if (cause === 'PENDING_RESOURCE' || cause === 'FAILED_RESOURCE') {
      need('related_expression', relatedExpression);
    }
    if (cause === 'REQUIRED_MANIFEST') need('related_manifests', relatedManifests);
    this.cause = cause;
    this.relatedJob = relatedJob;
    this.relatedExpression = relatedExpression;
    this.relatedManifests = relatedManifests;
  }

  /** The reference's number of the cause. */
  get causeNumber(): number {
    return InhibitionCause[this.cause];
  }

  /** One phrase for people, exactly the reference's. */
  get text(): string {
    const id = pyRepr(this.relatedJob?.id ?? null);
    const expression = pyRepr(this.relatedExpression?.text ?? null);
    const manifests = this.relatedManifests ?? [];
    switch (this.cause) {
      case 'PENDING_DEP':
        return `required dependency ${id} did not run yet`;
      case 'FAILED_DEP':
        return `required dependency ${id} has failed`;
      case 'PENDING_RESOURCE':
        return (
          `resource expression ${expression} could not be evaluated because the resource it depends on ` +
          'did not run yet'
        );
      case 'FAILED_RESOURCE':
        return `resource expression ${expression} evaluates to false`;
      case 'NOT_FAILED_DEP':
        return `required dependency ${id} did not fail`;
      case 'REQUIRED_MANIFEST':
        return manifests.length === 1
          ? `manifest: ${pyRepr(manifests[0]!)} unmet`
          : `manifests: ${pyRepr(manifests)} unmet`;
      default:
        return 'undesired';
    }
  }

  /** True when every field is the same; jobs are compared by checksum, expressions by text. */
  equals(other: JobReadinessInhibitor): boolean {
    return (
      this.cause === other.cause &&
      this.relatedJob?.checksum === other.relatedJob?.checksum &&
      this.relatedExpression?.text === other.relatedExpression?.text &&
      pyRepr(this.relatedManifests) === pyRepr(other.relatedManifests)
    );
  }

  /** The reference's debug form. */
  toString(): string {
    const job =
      this.relatedJob === null
        ? 'None'
        : `<${this.relatedJob.jobClass} id:${pyRepr(this.relatedJob.id)} plugin:${pyRepr(this.relatedJob.plugin)}>`;
    const expression =
      this.relatedExpression === null
        ? 'None'
        : `<ResourceExpression text:${pyRepr(this.relatedExpression.text)}>`;
    return `<JobReadinessInhibitor cause:${this.cause} related_job:${job} related_expression:${expression}>`;
  }
}

/** The one inhibitor of every job that is not on the run list. */
export const UNDESIRED: JobReadinessInhibitor = /* @__PURE__ */ new JobReadinessInhibitor('UNDESIRED');

/** All inhibitors of such a job. */
export const NOT_DESIRED: readonly JobReadinessInhibitor[] = [UNDESIRED];
