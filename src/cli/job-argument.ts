/** Ids of jobs as people write them: without the namespace where that is clear. */

import { nearestName } from '../formats/nearest-name.js';
import { partialId } from '../wording/job-names.js';
import { UsageError } from './exit-codes.js';

/** How many ids a suggestion lists. */
const SUGGESTIONS = 5;

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
