/** The dependency solver as spec `state.md` 6.1 and 6.4 describe it, word for word: the oracle of the tests. */

import type { Job } from '../../src/units/job.js';

interface Fault {
  readonly affected: Job;
  readonly text: string;
}

class Faulty extends Error {
  constructor(readonly fault: Fault) {
    super(fault.text);
  }
}

interface Edge {
  readonly type: string;
  readonly id: string;
}

/** Something to put in order: a job, or the placeholder of a group. */
interface Node {
  readonly id: string;
  readonly first: Job;
  readonly edges: readonly Edge[];
}

export function solveByRestarting(jobs: readonly Job[], desired: readonly Job[]) {
  const wanted = [...desired];
  const candidates = [...jobs];
  const problems: string[] = [];
  let runList: readonly Job[] = [];
  while (wanted.length > 0) {
    try {
      runList = solve(candidates, wanted);
      break;
    } catch (error) {
      if (!(error instanceof Faulty)) throw error;
      const { affected, text } = error.fault;
      problems.push(`${affected.id} ${text}`);
      for (const list of [wanted, candidates]) {
        if (list.includes(affected)) list.splice(list.indexOf(affected), 1);
      }
    }
  }
  const ids = (list: readonly Job[]) => list.map((job) => job.id).join(' ');
  return { desired: ids(wanted), runList: ids(runList), problems };
}

function solve(candidates: readonly Job[], wanted: readonly Job[]): readonly Job[] {
  const pullEdges = (job: Job): Edge[] => [
    ...job.dependsIds.map((id) => ({ type: 'depends', id })),
    ...job.afterIds.map((id) => ({ type: 'after', id })),
  ];
  const node = (job: Job, edges: readonly Edge[]): Node => ({ id: job.id!, first: job, edges });
  const known = new Map(candidates.map((job) => [job.id!, node(job, pullEdges(job))]));
  const pulled = walk(
    wanted.map((job) => node(job, pullEdges(job))),
    known,
    true,
  ).map(({ first }) => first);

  const before = (job: Job): Edge[] =>
    pulled
      .filter((other) => other.beforeIds.includes(job.id!))
      .map((other) => ({ type: 'before', id: other.id! }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  const edges = new Map(pulled.map((job) => [job.id!, [...pullEdges(job), ...before(job)]]));

  const placeholder = (group: string | null, id: string) => (group ? `_group_job_${group}` : id);
  const groupOf = new Map(pulled.map((job) => [job.id!, placeholder(job.group, job.id!)]));
  const outline = new Map<string, Node>();
  for (const job of pulled) {
    const id = groupOf.get(job.id!)!;
    const members = pulled.filter((member) => groupOf.get(member.id!) === id);
    const outside = members
      .flatMap((member) => edges.get(member.id!)!)
      .map((edge) => ({ ...edge, id: groupOf.get(edge.id)! }))
      .filter((edge) => job.group === null || edge.id !== id);
    if (!outline.has(id)) outline.set(id, { id, first: job, edges: outside });
  }
  return walk([...outline.values()], outline, false).flatMap(({ id, first }) => {
    if (first.group === null) return [first];
    const members = pulled.filter((job) => groupOf.get(job.id!) === id);
    const inside = new Map(members.map((job) => [job.id!, node(job, edges.get(job.id!)!)]));
    return walk([...inside.values()], inside, false).map((member) => member.first);
  });
}

/** Depth first; what is not known is a fault when `strict`, else ignored. */
function walk(roots: readonly Node[], known: ReadonlyMap<string, Node>, strict: boolean): Node[] {
  const open: Node[] = [];
  const done = new Map<string, Node>();
  const visit = (node: Node) => {
    if (!known.has(node.id)) {
      throw new Faulty({ affected: node.first, text: `unknown job referenced: '${node.id}'` });
    }
    if (done.has(node.id)) return;
    const start = open.findIndex(({ id }) => id === node.id);
    if (start !== -1) {
      const loop = [...open.slice(start), node].map(({ id }) => id).join(' -> ');
      throw new Faulty({ affected: node.first, text: `dependency cycle detected: ${loop}` });
    }
    open.push(node);
    for (const { type, id } of node.edges) {
      const next = known.get(id);
      if (next !== undefined) visit(next);
      else if (strict) {
        throw new Faulty({ affected: node.first, text: `missing dependency: '${id}' (${type})` });
      }
    }
    open.pop();
    done.set(node.id, node);
  };
  for (const root of roots) visit(root);
  return [...done.values()];
}
