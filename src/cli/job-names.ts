/** Ids of jobs as people write and read them: without the namespace where that is clear. */

import { nearestName } from '../formats/nearest-name.js';
import { UsageError } from './exit-codes.js';
import { visible } from './visible.js';

const SEPARATOR = '::';
/** How many ids a suggestion lists. */
const SUGGESTIONS = 5;

/** The part behind the namespace. */
export function partialId(id: string): string {
  const end = id.indexOf(SEPARATOR);
  return end < 0 ? id : id.slice(end + SEPARATOR.length);
}

/** Shows the ids of one session: those of its main namespace without it. */
export class JobNames {
  /** The namespace that is left out; undefined when none is. */
  readonly namespace: string | undefined;

  /** @param ids all of the session */
  constructor(ids: Iterable<string>) {
    const counts = new Map<string, number>();
    let total = 0;
    for (const id of ids) {
      total++;
      const end = id.indexOf(SEPARATOR);
      if (end > 0) counts.set(id.slice(0, end), (counts.get(id.slice(0, end)) ?? 0) + 1);
    }
    const [namespace, most] = [...counts].reduce(
      (best, entry) => (entry[1] > best[1] ? entry : best),
      ['', 0],
    );
    this.namespace = most * 2 > total ? namespace : undefined;
  }

  /** Visible text. */
  short(id: string): string {
    const isMain = this.namespace !== undefined && id.startsWith(this.namespace + SEPARATOR);
    return visible(isMain ? partialId(id) : id);
  }

  /** What to tell the reader before the first id; undefined when ids are whole. */
  get note(): string | undefined {
    return this.namespace === undefined
      ? undefined
      : `Ids without a namespace are in ${visible(this.namespace)}.`;
  }
}

/**
 * The id that is meant: whole, or without its namespace where that is unambiguous.
 *
 * @throws UsageError with suggestions
 */
export function findJob(text: string, ids: readonly string[]): string {
  if (ids.includes(text)) return text;
  const meant = ids.filter((id) => partialId(id) === text);
  if (meant.length === 1) return meant[0]!;
  if (meant.length > 1) throw new UsageError(`'${text}' is ambiguous`, `It may be ${list(meant)}.`);
  const similar = similarIds(text, ids);
  const hint =
    similar.length > 0 ? `Did you mean ${list(similar)}?` : '`jobs` lists the jobs of the session.';
  throw new UsageError(`no job '${text}' in the session`, hint);
}

function similarIds(text: string, ids: readonly string[]): string[] {
  const nearest = nearestName(text, ids) ?? nearestName(text, ids.map(partialId));
  const near = nearest === undefined ? [] : ids.filter((id) => id === nearest || partialId(id) === nearest);
  const containing = text === '' ? [] : ids.filter((id) => partialId(id).includes(text));
  return [...new Set([...near, ...containing])];
}

function list(ids: readonly string[]): string {
  const shown = ids.slice(0, SUGGESTIONS).join(', ');
  const rest = ids.length - SUGGESTIONS;
  return rest > 0 ? `${shown}, … ${rest} more` : shown;
}
