/** Whether a run list is one that the reference could have produced, where its order is not determined. */

import type { SessionState } from '../../src/session/state.js';

/** What is wrong with the order of a run list; undefined when every constraint holds (spec `state.md` 6). */
export function brokenOrder(session: SessionState): string | undefined {
  const position = new Map(session.runList.map((job, index) => [job.id, index]));
  for (const job of session.runList) {
    const here = position.get(job.id)!;
    const earlier = [...job.dependsIds, ...job.afterIds, ...(job.resourceProgram?.resourceIds ?? [])];
    for (const id of earlier) {
      if ((position.get(id) ?? -1) > here) return `${id} after ${job.id}, which needs it`;
    }
    for (const id of job.beforeIds) {
      if ((position.get(id) ?? here) < here) return `${job.id} after ${id}, before which it belongs`;
    }
  }
  return undefined;
}
