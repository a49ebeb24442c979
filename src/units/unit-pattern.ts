/** Patterns that select units by id: a literal or a regular expression (spec `units.md` 9.2, 9.3). */

import { UnitDefinitionError } from '../errors.js';
import { runsFrom } from './pattern-machine.js';
import { compilePattern } from './pattern-syntax.js';

/** In UTF-16 code units. */
const MAX_ID_LENGTH = 1_000;
const SPECIAL = /[\\^$.|?*+()[\]{}]/;
/** Characters and dots between anchors, at most two of them repeated without end: nothing to run away with. */
const PLAIN = /^\^[^\\^$|?*+()[\]{}]*(?:[^\\^$|?*+()[\]{}][*+][^\\^$|?*+()[\]{}]*){0,2}\$$/u;
/** What of a plain pattern matches nothing, at most: anchors, and two characters of two units with their signs. */
const OPTIONAL_LENGTH = 2 + 2 * 3;

/** Whether a pattern, which carries its own anchors, matches an id from its start. */
export type IdMatcher = (id: string) => boolean;

/** A line of an include field as a selector: one id, or a regular expression. */
export type UnitPattern =
  | { readonly kind: 'literal'; readonly id: string }
  | { readonly kind: 'expression'; readonly matches: IdMatcher };

/**
 * @param namespace put in front of what has none; null when the plan has none
 * @throws UnitDefinitionError for a regular expression that does not compile
 */
export function unitPattern(text: string, namespace: string | null): UnitPattern {
  const qualify = (body: string) =>
    namespace === null || body.includes('::') ? body : `${namespace}::${body}`;
  if (!SPECIAL.test(text)) return { kind: 'literal', id: qualify(text) };
  const start = text.startsWith('^') ? 1 : 0;
  const end = text.endsWith('$') ? text.length - 1 : text.length;
  return { kind: 'expression', matches: idMatcher(`^${qualify(text.slice(start, end))}$`) };
}

/**
 * Matches as Python's `re.match` does, in bounded time.
 *
 * @throws UnitDefinitionError for a regular expression that does not compile; the matcher throws it for an id
 *   of more than 1,000 UTF-16 code units
 */
export function idMatcher(pattern: string): IdMatcher {
  const matches = PLAIN.test(pattern) ? plainMatcher(pattern) : machineMatcher(pattern);
  return (id) => {
    if (id.length > MAX_ID_LENGTH) {
      throw new UnitDefinitionError('id is too long to be matched', { code: 'unit-field', unitId: id });
    }
    return matches(id);
  };
}

/** Nearly all patterns are plain, and the engine's own matcher is many times faster. */
function plainMatcher(pattern: string): IdMatcher {
  // No id has room for that many characters, and the engine's compiler may run out of stack on them.
  if (pattern.length > MAX_ID_LENGTH + OPTIONAL_LENGTH) return () => false;
  const body = pattern.slice(0, -1).replaceAll('.', '[^\\n]');
  const expression = new RegExp(`${body}\\n?$`, 'u');
  return (id) => expression.test(id);
}

function machineMatcher(pattern: string): IdMatcher {
  const program = compilePattern(pattern);
  return (id) => runsFrom(program, [...id], 0);
}
