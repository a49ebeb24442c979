/** What the jobs of a session depend on, as numbers (spec `state.md` 6.3). */

import type { Job } from '../units/job.js';
import { ResourceProgramError } from '../units/languages/language-errors.js';
import type { DependencyType } from './dependency-problems.js';

/** One thing that a job needs. */
export interface Dependency {
  readonly type: DependencyType;
  readonly id: string;
  /** Node of the job of that id, -1 when there is none. */
  readonly target: number;
}

const NONE: readonly never[] = [];

/** The candidates by number, from 0 in their order, with their dependencies read at the first access. */
export class DependencyGraph {
  readonly #jobs: readonly Job[];
  readonly #nodes: ReadonlyMap<string | null, number>;
  readonly #dependencies: (readonly Dependency[] | undefined)[];
  readonly #targets: (readonly number[] | undefined)[];
  readonly #beforeIds: (job: Job) => readonly string[];

  /**
   * @param candidates jobs with different ids
   * @param beforeIds ids of the jobs that a job must run before
   */
  constructor(candidates: readonly Job[], beforeIds: (job: Job) => readonly string[]) {
    this.#beforeIds = beforeIds;
    this.#jobs = candidates;
    const nodes = new Map<string | null, number>();
    for (let node = 0; node < candidates.length; node++) nodes.set(candidates[node]!.id, node);
    this.#nodes = nodes;
    this.#dependencies = new Array(candidates.length);
    this.#targets = new Array(candidates.length);
  }

  get size(): number {
    return this.#jobs.length;
  }

  job(node: number): Job {
    return this.#jobs[node]!;
  }

  /** The node of the job of an id, -1 when there is none. */
  node(id: string | null): number {
    return this.#nodes.get(id) ?? -1;
  }

  /**
   * What pulls other jobs onto the run list: resources, `depends`, `after`, each in the order of its field.
   *
   * @throws UnitDefinitionError for a definition that cannot be read; a program that does not compile just
   *   has no resources
   */
  pulls(node: number): readonly Dependency[] {
    this.#dependencies[node] ??= this.#read(this.job(node));
    return this.#dependencies[node];
  }

  /** The nodes that {@link pulls} names. */
  targets(node: number): readonly number[] {
    let targets = this.#targets[node];
    if (targets === undefined) {
      const pulls = this.pulls(node);
      targets = pulls.length === 0 ? NONE : pulls.map(({ target }) => target);
      this.#targets[node] = targets;
    }
    return targets;
  }

  /** The nodes that a job wants to run before, where there are such jobs. */
  followers(node: number): readonly number[] {
    const ids = this.#beforeIds(this.job(node));
    return ids.length === 0 ? NONE : ids.map((id) => this.node(id)).filter((target) => target !== -1);
  }

  /** The name of the group of a job; null without one. */
  group(node: number): string | null {
    const job = this.#jobs[node]!;
    return job.standsAlone ? null : job.group || null;
  }

  #read(job: Job): readonly Dependency[] {
    if (job.standsAlone) return NONE;
    const resources = resourceIds(job);
    const { dependsIds, afterIds } = job;
    if (resources.length + dependsIds.length + afterIds.length === 0) return NONE;
    const dependencies: Dependency[] = [];
    const add = (type: DependencyType, ids: readonly string[]) => {
      for (const id of ids) dependencies.push({ type, id, target: this.node(id) });
    };
    add('resource', resources);
    add('depends', dependsIds);
    add('after', afterIds);
    return dependencies;
  }
}

function resourceIds(job: Job): readonly string[] {
  try {
    return job.resourceProgram?.resourceIds ?? NONE;
  } catch (error) {
    if (error instanceof ResourceProgramError) return NONE;
    throw error;
  }
}
