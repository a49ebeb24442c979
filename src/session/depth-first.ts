/** The walk behind the run order (spec `state.md` 6.4). */

export type WalkOutcome =
  | { readonly order: readonly number[] }
  /** Nodes of the first loop met, the first one repeated at the end. */
  | { readonly loop: readonly number[] };

const OPEN = 1;
const DONE = 2;

/**
 * Visits the roots in order and puts every node behind its successors, which are visited in their order.
 * Not recursive: chains may be as long as memory allows.
 *
 * @param size nodes are numbers below it
 */
export function depthFirst(
  roots: Iterable<number>,
  size: number,
  successors: (node: number) => readonly number[],
): WalkOutcome {
  const state = new Uint8Array(size);
  const order: number[] = [];
  const trail: { node: number; targets: readonly number[]; next: number }[] = [];
  const open = (node: number) => {
    state[node] = OPEN;
    trail.push({ node, targets: successors(node), next: 0 });
  };
  for (const root of roots) {
    if (state[root] !== DONE) open(root);
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const target = top.targets[top.next++];
      if (target === undefined) {
        state[top.node] = DONE;
        order.push(top.node);
        trail.pop();
      } else if (state[target] === OPEN) {
        const nodes = trail.map(({ node }) => node);
        return { loop: [...nodes.slice(nodes.indexOf(target)), target] };
      } else if (state[target] !== DONE) {
        open(target);
      }
    }
  }
  return { order };
}
