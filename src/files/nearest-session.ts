/** Which of many files is the session: the one nearest to the root. */

import { SessionResumeError } from '../errors.js';

/** The name of the file that makes a directory a session (spec `storage.md` 1). */
export const SESSION_NAME = 'session';
/** How many names an error lists. */
const NAMES_SHOWN = 3;

/** The different paths of session files that have the fewest components, in their order. */
export function nearestSessions(paths: Iterable<string>): readonly string[] {
  let nearest = new Set<string>();
  let top = Number.POSITIVE_INFINITY;
  for (const path of paths) {
    if (path !== SESSION_NAME && !path.endsWith(`/${SESSION_NAME}`)) continue;
    const depth = path.split('/').length;
    if (depth > top) continue;
    if (depth < top) nearest = new Set();
    top = depth;
    nearest.add(path);
  }
  return [...nearest];
}

/** The refusal to choose among sessions. */
export function severalSessions(
  place: 'archive' | 'directory',
  names: readonly string[],
): SessionResumeError {
  const more = names.length > NAMES_SHOWN ? ', …' : '';
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  return new SessionResumeError(`${names.length} sessions in the ${place}: ${shown}${more}`, {
    code: 'several-sessions',
    actual: names,
  });
}
