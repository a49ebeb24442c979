/** The live session: what is known, what is to run, and what came out (spec `state.md`). */

import { UnitDefinitionError } from '../errors.js';
import { pyRepr } from '../python/repr.js';
import { sortCodePoints } from '../python/text.js';
import type { PyDict } from '../python/value.js';
import type { IOLog } from '../results/io-log.js';
import { type JobResult, MemoryJobResult } from '../results/job-result.js';
import { acceptInstance } from '../units/acceptance.js';
import { Job } from '../units/job.js';
import type { Resource } from '../units/languages/expression.js';
import { Template } from '../units/template.js';
import { TestPlan } from '../units/test-plan.js';
import type { Unit } from '../units/unit.js';
import { solveDependencies } from './dependencies.js';
import type { DependencyProblem } from './dependency-problems.js';
import { JobState } from './job-state.js';
import { Manifest } from './manifest.js';
import { SessionMetaData } from './metadata.js';
import { designates, type JobQualifier } from './qualifiers.js';
import { updateReadiness } from './readiness.js';
import { isEmptyOutput, parseResources } from './resources.js';
import { effectiveBeforeIds, siblingsOf } from './siblings.js';
import { Signal } from './signals.js';
import type { SystemInformation } from './system-information.js';
import { TemplateIndex } from './template-index.js';
import { mandatoryJobs, TestPlanOverrides, testPlansById } from './test-plans.js';
import { unknownJob } from './unknown-job.js';

export interface RecomputeOptions {
  /** False leaves readiness as it is: call {@link SessionState.updateReadiness} after the last of many calls. */
  readonly recompute?: boolean;
}

export interface ResultOptions extends RecomputeOptions {
  /** The log of a result on disk; needed when the job is a resource job and the result has an outcome. */
  readonly log?: IOLog;
}

/** A line of the reference's log, word for word. */
export interface SessionLogLine {
  readonly level: 'WARNING' | 'ERROR' | 'CRITICAL';
  readonly logger: 'plainbox.ctrl' | 'plainbox.session.resume';
  readonly message: string;
}

/** Flags that hide flags double the siblings at each level; real jobs have siblings of siblings at most. */
const SIBLING_DEPTH = 8;

export class SessionState {
  /** Before the more specific signals about jobs, except when a unit is removed by itself. */
  readonly jobStateMapChanged: Signal = new Signal();
  /** For every presented result, also for one that equals the current one. */
  readonly jobResultChanged: Signal<[job: Job, result: JobResult]> = new Signal();
  readonly jobAdded: Signal<[job: Job]> = new Signal();
  readonly jobRemoved: Signal<[job: Job]> = new Signal();
  readonly unitAdded: Signal<[unit: Unit]> = new Signal();
  readonly unitRemoved: Signal<[unit: Unit]> = new Signal();

  metadata: SessionMetaData = new SessionMetaData();
  /** Null when the format of the session has none. */
  systemInformation: SystemInformation | null = null;

  #jobs: Job[] = [];
  #units: Unit[] = [];
  readonly #states: Map<string, JobState> = new Map();
  readonly #resources: Map<string, readonly Resource[]> = new Map();
  readonly #templates: TemplateIndex = new TemplateIndex();
  /** Where siblings add to the field `before` of a job: id -> ids of the jobs that come later. */
  readonly #beforeIds: Map<string, readonly string[]> = new Map();
  #mandatory: readonly Job[] = [];
  #desired: readonly Job[] = [];
  #runList: readonly Job[] = [];
  #manifest: Manifest;
  #overrides: TestPlanOverrides = new TestPlanOverrides([], new Map());
  readonly #log: SessionLogLine[] = [];

  /**
   * No siblings are made and no signals fire. Of jobs that are equal the last one stays in the job list.
   *
   * @param units of any kind; the list is copied
   * @throws UnitDefinitionError `unit-duplicate` for different jobs of one id
   */
  constructor(units: Iterable<Unit>, manifest: Manifest = new Manifest()) {
    this.#manifest = manifest;
    this.#units = [...units];
    const states = this.#states;
    for (const unit of this.#units) {
      if (unit instanceof Template) this.#templates.add(unit);
      if (!(unit instanceof Job)) continue;
      const id = idOf(unit);
      const known = states.get(id);
      if (known !== undefined) {
        requireSame(known.job, unit);
        states.delete(id);
      }
      states.set(id, new JobState(unit));
    }
    this.#jobs = Array.from(states.values(), ({ job }) => job);
  }

  /** All jobs, in the order in which they became known. */
  get jobList(): readonly Job[] {
    return this.#jobs;
  }

  /** All units of every kind; grows while units are added. */
  get unitList(): readonly Unit[] {
    return this.#units;
  }

  /** Job id -> what is known of the job, in the order of the job list. */
  get jobStateMap(): ReadonlyMap<string, JobState> {
    return this.#states;
  }

  get mandatoryJobList(): readonly Job[] {
    return this.#mandatory;
  }

  /** Jobs selected to run. */
  get desiredJobList(): readonly Job[] {
    return this.#desired;
  }

  /** The desired jobs and everything that they need, in the order in which they are to run. */
  get runList(): readonly Job[] {
    return this.#runList;
  }

  /** Id of a resource job -> its resources, for the jobs that ran. */
  get resourceMap(): ReadonlyMap<string, readonly Resource[]> {
    return this.#resources;
  }

  get manifest(): Manifest {
    return this.#manifest;
  }

  /** What was left out on the way: broken output of resource jobs, invalid generated units. */
  get log(): readonly SessionLogLine[] {
    return this.#log;
  }

  /** Adds a line to the {@link log}. */
  note(line: SessionLogLine): void {
    this.#log.push(line);
  }

  /**
   * Adds a unit; a job with its siblings, each followed by its own.
   *
   * @returns the job that was known already, if the unit equals it; else the unit
   * @throws UnitDefinitionError `unit-duplicate` for another job of a known id, or for a field that cannot be
   *   read
   */
  addUnit(unit: Unit, { recompute = true }: RecomputeOptions = {}): Unit {
    try {
      if (unit instanceof Job) return this.#addJob(unit);
      this.#units.push(unit);
      if (unit instanceof Template) this.#templates.add(unit);
      this.unitAdded.fire(unit);
      return unit;
    } finally {
      if (recompute) this.updateReadiness();
    }
  }

  /**
   * Removes a unit, and every unit that equals it.
   *
   * @throws RangeError (the reference's ValueError) for a unit that is not in the session or that is a job on
   *   the run list
   */
  removeUnit(unit: Unit): void {
    if (unit instanceof Job) this.#requireNotOnRunList([unit]);
    const kept = this.#units.filter((known) => !isSame(known, unit));
    if (kept.length === this.#units.length) {
      throw new RangeError(`cannot remove a unit that is not in the session: ${pyRepr(unit.id)}`);
    }
    this.#units = kept;
    if (unit instanceof Template) this.#templates.remove((known) => isSame(known, unit));
    if (unit instanceof Job) this.#forgetJobs(new Set([idOf(unit)]));
    this.unitRemoved.fire(unit);
    if (unit instanceof Job) {
      this.jobRemoved.fire(unit);
      this.jobStateMapChanged.fire();
    }
    this.updateReadiness();
  }

  /**
   * Removes every job that the qualifier designates.
   *
   * @throws RangeError (the reference's ValueError) when one of them is on the run list; then nothing changes
   */
  trimJobList(qualifier: JobQualifier): void {
    const removed = this.#jobs.filter((job) => designates(qualifier, job));
    if (removed.length === 0) return;
    this.#requireNotOnRunList(removed);
    const ids = new Set(removed.map(idOf));
    this.#forgetJobs(ids);
    this.#units = this.#units.filter((unit) => !(unit instanceof Job && ids.has(idOf(unit))));
    this.jobStateMapChanged.fire();
    for (const job of removed) {
      this.jobRemoved.fire(job);
      this.unitRemoved.fire(job);
    }
  }

  /**
   * Presents a result: history, and for a resource job its resources and the units that templates make of them.
   *
   * @throws UnitDefinitionError for a job that the session does not have, or for a broken template
   */
  updateJobResult(job: Job, result: JobResult, options: ResultOptions = {}): void {
    const state = this.#states.get(idOf(job));
    if (state === undefined) throw unknownJob(idOf(job));
    state.result = result;
    this.jobStateMapChanged.fire();
    this.jobResultChanged.fire(job, result);
    if (job.plugin === 'resource') {
      // Without an outcome the job did not run: what it gave before, if anything, still holds.
      if (result.outcome !== null) this.#takeResources(job, logOf(result, options.log));
      this.#instantiateTemplates(idOf(job));
    }
    if (options.recompute ?? true) this.updateReadiness();
  }

  /** Stores the jobs that must run; {@link updateDesiredJobList} heeds them. */
  updateMandatoryJobList(jobs: Iterable<Job>): void {
    this.#mandatory = [...jobs];
  }

  /**
   * Selects the jobs to run and computes the run list. Jobs that cannot be on it drop out of the desired list.
   *
   * @param options with `includeMandatory`, which is the default, the mandatory jobs come first
   * @returns why jobs dropped out
   * @throws UnitDefinitionError for a definition that cannot be read; with the code `unknown-job` when a job of
   *   the run list refers to one that the session does not have
   */
  updateDesiredJobList(
    jobs: Iterable<Job>,
    { includeMandatory = true }: { readonly includeMandatory?: boolean } = {},
  ): readonly DependencyProblem[] {
    const desired = includeMandatory ? [...this.#mandatory, ...jobs] : [...jobs];
    const solution = solveDependencies(
      this.#jobs,
      desired,
      (job) => this.#beforeIds.get(idOf(job)) ?? job.beforeIds,
    );
    this.#desired = solution.desired;
    this.#runList = solution.runList;
    this.updateReadiness();
    return solution.problems;
  }

  /** Recomputes why jobs cannot start. @throws as {@link updateReadiness} */
  updateReadiness(): void {
    updateReadiness(this.#runList, {
      jobStateMap: this.#states,
      resourceMap: this.#resources,
      manifest: this.#manifest,
    });
  }

  /** Takes over answers about the machine; the caller writes {@link Manifest.toJson} to the manifest file. */
  saveManifest(answers: PyDict): void {
    this.#manifest = this.#manifest.merge(answers);
    this.updateReadiness();
  }

  /**
   * Applies what test plans override, also to jobs added later, and takes over their mandatory jobs.
   *
   * @throws UnitDefinitionError for a plan that cannot be read
   */
  setTestPlanList(plans: readonly TestPlan[]): void {
    const known = testPlansById(this.#units.filter((unit) => unit instanceof TestPlan));
    this.#overrides = new TestPlanOverrides(plans, known);
    for (const state of this.#states.values()) state.applyOverrides(this.#overrides.of(state.job));
    if (plans.length === 0) return;
    this.updateMandatoryJobList(mandatoryJobs(plans, this.#jobs, known));
    this.updateDesiredJobList(this.#desired);
  }

  #addJob(job: Job): Job {
    const added = this.#registerJob(job);
    const pending = this.#siblings(job, 1);
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      this.#registerJob(next.job);
      for (const sibling of this.#siblings(next.job, next.depth + 1)) pending.push(sibling);
    }
    return added;
  }

  /** The siblings of a job, the first one last. What they add to its `before` is noted. */
  #siblings(job: Job, depth: number): { readonly job: Job; readonly depth: number }[] {
    const siblings = siblingsOf(job);
    if (siblings.length === 0) return [];
    if (depth > SIBLING_DEPTH) {
      throw new UnitDefinitionError('siblings are nested too deeply', {
        code: 'unit-field',
        unitId: idOf(job),
        field: 'siblings',
      });
    }
    this.#beforeIds.set(idOf(job), effectiveBeforeIds(job, siblings));
    return siblings.reverse().map((sibling) => ({ job: sibling, depth }));
  }

  #registerJob(job: Job): Job {
    const id = idOf(job);
    const known = this.#states.get(id);
    if (known !== undefined) {
      requireSame(known.job, job);
      return known.job;
    }
    const state = new JobState(job);
    state.applyOverrides(this.#overrides.of(job));
    this.#states.set(id, state);
    this.#jobs.push(job);
    this.#units.push(job);
    this.jobStateMapChanged.fire();
    this.unitAdded.fire(job);
    this.jobAdded.fire(job);
    return job;
  }

  #forgetJobs(ids: ReadonlySet<string>): void {
    this.#jobs = this.#jobs.filter((job) => !ids.has(idOf(job)));
    for (const id of ids) {
      this.#states.delete(id);
      this.#resources.delete(id);
      this.#beforeIds.delete(id);
    }
  }

  #requireNotOnRunList(jobs: readonly Job[]): void {
    const running = new Set(this.#runList.map(idOf));
    const ids = jobs.map(idOf).filter((id) => running.has(id));
    if (ids.length === 0) return;
    const list = sortCodePoints(ids).join(', ');
    throw new RangeError(`cannot remove jobs that are on the run list: ${list}`);
  }

  #takeResources(job: Job, log: IOLog): void {
    const { resources, error } = parseResources(log);
    if (error !== null) {
      const message = `local script ${job.id} returned invalid RFC822 data: ${error.message}`;
      this.note({ level: 'WARNING', logger: 'plainbox.ctrl', message });
    }
    this.#resources.set(idOf(job), resources);
  }

  #instantiateTemplates(jobId: string): void {
    const resources = this.#resources.get(jobId);
    if (resources === undefined || isEmptyOutput(resources)) return;
    const strict = this.metadata.flags.has('strict_template_expansion');
    for (const template of this.#templates.forResource(jobId)) {
      for (const instance of template.instantiate(resources)) {
        const { unit, log } = acceptInstance(instance, { strict });
        for (const line of log) this.note({ logger: 'plainbox.ctrl', ...line });
        if (unit !== null) this.addUnit(unit, { recompute: false });
      }
    }
  }
}

function idOf(job: Job): string {
  const id = job.id;
  if (id !== null) return id;
  throw new UnitDefinitionError('job without id', { code: 'unit-field', field: 'id' });
}

function isSame(left: Unit, right: Unit): boolean {
  return left === right || (left.id === right.id && left.checksum === right.checksum);
}

function requireSame(known: Job, job: Job): void {
  if (known === job || known.checksum === job.checksum) return;
  throw new UnitDefinitionError(`duplicate job id: ${pyRepr(job.id)}`, {
    code: 'unit-duplicate',
    unitId: job.id ?? undefined,
    jobId: job.id ?? undefined,
    expected: known.checksum,
    actual: job.checksum,
  });
}

function logOf(result: JobResult, log: IOLog | undefined): IOLog {
  if (log !== undefined) return log;
  if (result instanceof MemoryJobResult) return result.ioLog;
  throw new TypeError('the log of a result on disk is needed');
}
