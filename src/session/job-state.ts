/** What a session knows about one job (spec `state.md` 2). */

import { type JobResult, MemoryJobResult } from '../results/job-result.js';
import type { Job } from '../units/job.js';
import { type JobReadinessInhibitor, NOT_DESIRED } from './inhibitors.js';
import { Signal } from './signals.js';

/** A field of a job that a test plan may override, as test plans name it, and its value. */
export type Override = readonly [field: string, value: string];

const DEFAULT_ATTEMPTS = 3;

export class JobState {
  /** The definition. Assigning another one leaves results and overrides as they are. */
  job: Job;
  /** Why the job cannot start, in the order of importance; empty when it can. */
  readinessInhibitors: readonly JobReadinessInhibitor[] = NOT_DESIRED;
  /** How often the job may still be tried by automatic retries. */
  attempts = DEFAULT_ATTEMPTS;
  // Sessions have many jobs, most of which nobody listens to.
  #resultChanged: Signal<[old: JobResult, current: JobResult]> | undefined;
  #historyChanged: Signal<[old: readonly JobResult[], current: readonly JobResult[]]> | undefined;
  /** Undefined: the hollow one that nobody has looked at yet. */
  #result: JobResult | undefined;
  #history: JobResult[] = [];
  #overrides: Map<string, string> | undefined;

  constructor(job: Job) {
    this.job = job;
  }

  get resultChanged(): Signal<[old: JobResult, current: JobResult]> {
    this.#resultChanged ??= new Signal();
    return this.#resultChanged;
  }

  get historyChanged(): Signal<[old: readonly JobResult[], current: readonly JobResult[]]> {
    this.#historyChanged ??= new Signal();
    return this.#historyChanged;
  }

  /** The current result; hollow when the job did not run. */
  get result(): JobResult {
    this.#result ??= new MemoryJobResult({});
    return this.#result;
  }

  /** A result that equals the current one changes nothing; a hollow one does not enter the history. */
  set result(result: JobResult) {
    const old = this.#resultChanged === undefined ? this.#result : this.result;
    if (old === undefined ? result.isHollow : result.equals(old)) return;
    this.#result = result;
    this.#resultChanged?.fire(old!, result);
    if (result.isHollow) return;
    const before = this.#historyChanged?.connected ? [...this.#history] : this.#history;
    this.#history.push(result);
    this.#historyChanged?.fire(before, this.#history);
  }

  /** Every result that was presented so far, the last one last; grows with the next one. */
  get resultHistory(): readonly JobResult[] {
    return this.#history;
  }

  get effectiveCategoryId(): string {
    return this.#overrides?.get('category_id') ?? this.job.categoryId;
  }

  get effectiveCertificationStatus(): string {
    return this.#overrides?.get('certification_status') ?? this.job.certificationStatus;
  }

  get effectiveAutoRetry(): string {
    return this.#overrides?.get('auto_retry') ?? this.job.autoRetry;
  }

  /** True when nothing inhibits the job and attempts are left. */
  get canStart(): boolean {
    return this.readinessInhibitors.length === 0 && this.attempts > 0;
  }

  /** One sentence for people. */
  get readinessDescription(): string {
    if (this.readinessInhibitors.length === 0) return 'job can be started';
    const texts = this.readinessInhibitors.map((inhibitor) => inhibitor.text);
    return `job cannot be started: ${texts.join(', ')}`;
  }

  /**
   * Sets the effective value of fields, one after the other; values are not checked.
   *
   * @throws TypeError (the reference's AttributeError) for a field that has no effective value; those before
   *   it are set
   */
  applyOverrides(overrides: Iterable<Override>): void {
    for (const [field, value] of overrides) {
      if (!OVERRIDABLE_FIELDS.has(field)) {
        throw new TypeError(`type object 'JobState' has no attribute 'effective_${field}'`);
      }
      this.#overrides ??= new Map();
      this.#overrides.set(field, value);
    }
  }
}

const OVERRIDABLE_FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'category_id',
  'certification_status',
  'auto_retry',
]);
