/** The run order, with the jobs of one group kept together (spec `state.md` 6.4). */

import type { DependencyGraph } from './dependency-graph.js';
import { depthFirst } from './depth-first.js';

export type RunOrder =
  | { readonly order: readonly number[] }
  /** The job that is to drop out, and the ids of the loop, the first one repeated at the end. */
  | { readonly affected: number; readonly loop: readonly string[] };

/**
 * Orders the pulled jobs. A job without group is a block of its own, the jobs of a group are one block, which
 * needs whatever its members need outside of it. First the blocks are ordered, then the members of each.
 *
 * @param pulled jobs in the order in which they were pulled, each behind what it needs
 * @param predecessors of each job that has some: the jobs, pulled or not, that go before it, in this order
 */
export function runOrder(
  pulled: readonly number[],
  graph: DependencyGraph,
  predecessors: ReadonlyMap<number, readonly number[]>,
): RunOrder {
  const blocks = new Blocks(pulled, graph);
  // Nothing but what they need puts jobs in order, and so they are.
  if (blocks.groupCount === 0 && predecessors.size === 0) return { order: pulled };
  const dependencies = orderDependencies(pulled, graph, predecessors);
  if (blocks.groupCount === 0) {
    const outcome = depthFirst(pulled, graph.size, dependencies);
    return 'loop' in outcome ? blocks.loop(outcome.loop) : outcome;
  }
  const outer = depthFirst(blocks.all, graph.size + blocks.groupCount, (block) => {
    const needs = blocks
      .members(block)
      .flatMap(dependencies)
      .map((target) => blocks.of(target));
    // What a group needs of itself shows below; a job without group that needs itself is a loop.
    return block < graph.size ? needs : needs.filter((other) => other !== block);
  });
  if ('loop' in outer) return blocks.loop(outer.loop);

  const members = outer.order.flatMap((block) => blocks.members(block));
  const inner = depthFirst(members, graph.size, (member) => {
    const block = blocks.of(member);
    return block === member ? [] : dependencies(member).filter((target) => blocks.of(target) === block);
  });
  return 'loop' in inner ? blocks.loop(inner.loop) : inner;
}

/** Of each pulled job: what it needs, then the pulled jobs that go before it. */
function orderDependencies(
  pulled: readonly number[],
  graph: DependencyGraph,
  predecessors: ReadonlyMap<number, readonly number[]>,
): (node: number) => readonly number[] {
  const isPulled = new Uint8Array(graph.size);
  for (const node of pulled) isPulled[node] = 1;
  return (node) => {
    const before = predecessors.get(node);
    if (before === undefined) return graph.targets(node);
    return [...graph.targets(node), ...before.filter((other) => isPulled[other] === 1)];
  };
}

/** A job without group is the block of its own number; groups are numbered after all jobs. */
class Blocks {
  /** In the order in which their first members were pulled. */
  readonly all: readonly number[];
  readonly #graph: DependencyGraph;
  readonly #groupOf: Map<number, number> = new Map();
  readonly #groups: { readonly name: string; readonly members: number[] }[] = [];

  constructor(pulled: readonly number[], graph: DependencyGraph) {
    this.#graph = graph;
    const numbers = new Map<string, number>();
    const all: number[] = [];
    for (const node of pulled) {
      const name = graph.group(node);
      if (name === null) {
        all.push(node);
        continue;
      }
      let group = numbers.get(name);
      if (group === undefined) {
        group = this.#groups.length;
        numbers.set(name, group);
        this.#groups.push({ name, members: [] });
        all.push(graph.size + group);
      }
      this.#groups[group]!.members.push(node);
      this.#groupOf.set(node, graph.size + group);
    }
    this.all = all;
  }

  get groupCount(): number {
    return this.#groups.length;
  }

  of(node: number): number {
    return this.#groupOf.get(node) ?? node;
  }

  members(block: number): readonly number[] {
    return block < this.#graph.size ? [block] : this.#groups[block - this.#graph.size]!.members;
  }

  /** @param loop of blocks or of members of one group */
  loop(loop: readonly number[]): RunOrder {
    return { affected: this.members(loop[0]!)[0]!, loop: loop.map((block) => this.#id(block)) };
  }

  #id(block: number): string {
    if (block >= this.#graph.size) return `_group_job_${this.#groups[block - this.#graph.size]!.name}`;
    return this.#graph.job(block).id ?? 'None';
  }
}
