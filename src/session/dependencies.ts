/** Which of the desired jobs can run, with what they need, and in which order (spec `state.md` 6). */

import { compareCodePoints } from '../python/text.js';
import type { Job } from '../units/job.js';
import { DependencyGraph } from './dependency-graph.js';
import {
  DependencyCycleProblem,
  type DependencyProblem,
  MissingDependencyProblem,
  UnknownJobProblem,
} from './dependency-problems.js';
import { runOrder } from './run-order.js';

export interface Solution {
  /** The desired jobs that can run, in their order. */
  readonly desired: readonly Job[];
  /** These and everything they pull in, dependencies first. */
  readonly runList: readonly Job[];
  /** Why the other desired jobs dropped out, in the order in which they did. */
  readonly problems: readonly DependencyProblem[];
}

/**
 * Never fails for reasons of dependencies.
 *
 * @param candidates all known jobs, with different ids
 * @param desired may name a job several times
 * @param beforeIds ids of the jobs that a job must run before
 * @throws UnitDefinitionError for a definition on the way that cannot be read
 */
export function solveDependencies(
  candidates: readonly Job[],
  desired: readonly Job[],
  beforeIds: (job: Job) => readonly string[],
): Solution {
  return new Solver(new DependencyGraph(candidates, beforeIds), desired).solve();
}

const NOWHERE = -1;

const UNVISITED = 0;
const OPEN = 1;
const SOUND = 2;
const DROPPED = 3;

/**
 * The reference solves again from the start whenever a job drops out. The outcome here is the same, but a job
 * once found sound, that is with everything it needs, stays so until the end of the walk: what drops out can
 * only be a job on the current trail. The walk on which nothing drops out gives the order in which jobs are
 * pulled. Only loops that `before` or groups close, seen after that, need a new start each.
 */
class Solver {
  readonly #graph: DependencyGraph;
  readonly #states: Uint8Array;
  /** The desired list; undefined where an entry dropped out. */
  readonly #entries: (Job | undefined)[];
  /** The nodes of the desired list, -1 for unknown jobs. */
  readonly #nodes: Int32Array;
  /** First position of each node in the desired list that has not dropped out, {@link NOWHERE} without one. */
  readonly #positions: Int32Array;
  /** The next position of the node at a position. */
  readonly #nextPositions: Int32Array;
  readonly #problems: DependencyProblem[] = [];
  /** The nodes found sound on the current walk, each behind what it needs. */
  #sound: number[] = [];
  /** Of each node the jobs that go before it, sorted by id; a later start pulls fewer, but no other jobs. */
  #predecessors: ReadonlyMap<number, readonly number[]> | undefined;

  constructor(graph: DependencyGraph, desired: readonly Job[]) {
    this.#graph = graph;
    this.#states = new Uint8Array(graph.size);
    this.#entries = [...desired];
    this.#positions = new Int32Array(graph.size).fill(NOWHERE);
    this.#nodes = new Int32Array(desired.length);
    this.#nextPositions = new Int32Array(desired.length);
    for (let position = desired.length - 1; position >= 0; position--) {
      const node = graph.node(desired[position]!.id);
      this.#nodes[position] = node;
      if (node === -1) continue;
      this.#nextPositions[position] = this.#positions[node]!;
      this.#positions[node] = position;
    }
  }

  solve(): Solution {
    for (;;) {
      const pulled = this.#pull();
      this.#predecessors ??= this.#readPredecessors(pulled);
      const outcome = runOrder(pulled, this.#graph, this.#predecessors);
      if ('order' in outcome) {
        const runList = outcome.order.map((node) => this.#graph.job(node));
        return { desired: this.#kept(), runList, problems: this.#problems };
      }
      this.#problems.push(new DependencyCycleProblem(this.#graph.job(outcome.affected), outcome.loop));
      this.#drop(outcome.affected);
    }
  }

  #kept(): readonly Job[] {
    return this.#entries.filter((job) => job !== undefined);
  }

  /** Drops what is broken; returns the desired jobs that are left and all that they need, in the order of the walk. */
  #pull(): readonly number[] {
    for (;;) {
      const { length } = this.#problems;
      this.#dropBroken();
      // What only a dropped job needs is not needed any more.
      if (this.#problems.length === length) return this.#sound;
    }
  }

  /** Drops every desired job that does not get what it needs, and the jobs that are the reason. */
  #dropBroken(): void {
    // What needs a job that dropped out since is not sound any more.
    for (const node of this.#sound) if (this.#states[node] === SOUND) this.#states[node] = UNVISITED;
    this.#sound = [];
    for (let position = 0; position < this.#entries.length; position++) {
      const job = this.#entries[position];
      if (job === undefined) continue;
      const node = this.#nodes[position]!;
      if (node === -1 || this.#states[node] === DROPPED) {
        this.#problems.push(new UnknownJobProblem(job));
        this.#entries[position] = undefined;
        if (node !== -1) this.#takePosition(node);
      } else if (this.#states[node] !== SOUND) {
        if (this.#graph.pulls(node).length === 0) this.#accept(node);
        else this.#check(node);
      }
    }
  }

  /** Walks through everything that a job needs; at the first problem the whole trail to it drops out. */
  #check(root: number): void {
    const graph = this.#graph;
    const states = this.#states;
    const trail = [{ node: root, next: 0 }];
    states[root] = OPEN;
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const dependency = graph.pulls(top.node)[top.next++];
      if (dependency === undefined) {
        this.#accept(top.node);
        trail.pop();
        continue;
      }
      const { target } = dependency;
      const state = target === -1 ? DROPPED : states[target];
      if (state === DROPPED) {
        this.#dropTrail(trail);
        return;
      }
      if (state === OPEN) {
        const start = trail.findIndex(({ node }) => node === target);
        const rest = trail.splice(start);
        const loop = [...rest.map(({ node }) => node), target].map((node) => graph.job(node).id ?? 'None');
        for (const { node } of rest) states[node] = UNVISITED;
        this.#problems.push(new DependencyCycleProblem(graph.job(target), loop));
        this.#drop(target);
        this.#dropTrail(trail);
        return;
      }
      if (state !== SOUND) {
        states[target] = OPEN;
        trail.push({ node: target, next: 0 });
      }
    }
  }

  /** A job is sound when all that it needs is. */
  #accept(node: number): void {
    this.#states[node] = SOUND;
    this.#sound.push(node);
  }

  /** Each job of the trail misses the dependency that was followed from it, from the last job to the first. */
  #dropTrail(trail: readonly { readonly node: number; readonly next: number }[]): void {
    for (const { node, next } of trail.toReversed()) {
      const { id, type } = this.#graph.pulls(node)[next - 1]!;
      this.#problems.push(new MissingDependencyProblem(this.#graph.job(node), id, type));
      this.#drop(node);
    }
  }

  /** A dropped job is no candidate any more, and its first entry in the desired list goes. */
  #drop(node: number): void {
    this.#states[node] = DROPPED;
    const position = this.#takePosition(node);
    if (position !== NOWHERE) this.#entries[position] = undefined;
  }

  /** Forgets the first position of a node, and returns it. */
  #takePosition(node: number): number {
    const position = this.#positions[node]!;
    if (position !== NOWHERE) this.#positions[node] = this.#nextPositions[position]!;
    return position;
  }

  /** Of each pulled node that has some the pulled jobs that want to run before it, sorted by id. */
  #readPredecessors(pulled: readonly number[]): ReadonlyMap<number, readonly number[]> {
    const graph = this.#graph;
    const predecessors = new Map<number, number[]>();
    for (const node of pulled) {
      for (const target of graph.followers(node)) {
        const known = predecessors.get(target);
        if (known === undefined) predecessors.set(target, [node]);
        else known.push(node);
      }
    }
    for (const nodes of predecessors.values()) {
      nodes.sort((a, b) => compareCodePoints(graph.job(a).id ?? '', graph.job(b).id ?? ''));
    }
    return predecessors;
  }
}
