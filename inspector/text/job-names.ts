/** Ids of jobs without the namespace that most jobs of a session share. */

import { visible } from './visible.js';

const SEPARATOR = '::';

export class JobNames {
  /** The namespace that is left out; undefined when none is. */
  readonly namespace: string | undefined;

  constructor(ids: Iterable<string>) {
    const counts = new Map<string, number>();
    let total = 0;
    for (const id of ids) {
      total++;
      const end = id.indexOf(SEPARATOR);
      if (end > 0) counts.set(id.slice(0, end), (counts.get(id.slice(0, end)) ?? 0) + 1);
    }
    let best: string | undefined;
    for (const [namespace, number] of counts) if (number * 2 > total) best = namespace;
    this.namespace = best;
  }

  short(id: string): string {
    const prefix = this.namespace === undefined ? undefined : this.namespace + SEPARATOR;
    return visible(prefix !== undefined && id.startsWith(prefix) ? id.slice(prefix.length) : id);
  }
}
