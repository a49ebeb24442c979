/** Ids of jobs as people read them: without the namespace where that is clear. */

const SEPARATOR = '::';

/** The part behind the namespace. */
export function partialId(id: string): string {
  const end = id.indexOf(SEPARATOR);
  return end < 0 ? id : id.slice(end + SEPARATOR.length);
}

/** Shows the ids of one session: those of its main namespace without it. */
export class JobNames {
  /** The namespace of more than half of the ids, which is left out; undefined when there is none. */
  readonly namespace: string | undefined;

  /**
   * @param ids all of the session
   * @param visible makes a text safe to be shown
   */
  constructor(
    ids: Iterable<string>,
    private readonly visible: (text: string) => string,
  ) {
    const counts = new Map<string, number>();
    let total = 0;
    for (const id of ids) {
      total++;
      const end = id.indexOf(SEPARATOR);
      if (end > 0) counts.set(id.slice(0, end), (counts.get(id.slice(0, end)) ?? 0) + 1);
    }
    this.namespace = [...counts].find(([, number]) => number * 2 > total)?.[0];
  }

  /** Visible text. */
  short(id: string): string {
    const isMain = this.namespace !== undefined && id.startsWith(this.namespace + SEPARATOR);
    return this.visible(isMain ? partialId(id) : id);
  }

  /** What to tell the reader before the first id; undefined when ids are whole. */
  get note(): string | undefined {
    return this.namespace === undefined
      ? undefined
      : `Ids without a namespace are in ${this.visible(this.namespace)}.`;
  }
}
