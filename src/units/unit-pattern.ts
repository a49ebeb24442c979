/** Patterns that select units by id: a literal or a regular expression (spec `units.md` 9.2, 9.3). */

import { UnitDefinitionError } from '../errors.js';

const SPECIAL = /[\\^$.|?*+()[\]{}]/;
/** What Python writes differently: `(?P<name>`, `(?P=name)`, `\A`, `\Z`. */
const PYTHON_ONLY = /\\[\s\S]|\(\?P<|\(\?P=(\w+)\)/g;
const FLAGS = /^\(\?([ims]+)\)/;

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
 * Matches as Python's `re.match` does.
 *
 * @throws UnitDefinitionError for a regular expression that does not compile
 */
export function idMatcher(pattern: string): IdMatcher {
  const flags = FLAGS.exec(pattern);
  const body = flags === null ? pattern : pattern.slice(flags[0].length);
  try {
    const expression = new RegExp(body.replace(PYTHON_ONLY, asJavaScript), `y${flags?.[1] ?? ''}`);
    return (id) => {
      expression.lastIndex = 0;
      return expression.test(id);
    };
  } catch (cause) {
    throw new UnitDefinitionError(`not a regular expression: ${pattern}`, {
      code: 'unit-field',
      actual: pattern,
      cause,
    });
  }
}

function asJavaScript(construct: string, reference: string | undefined): string {
  if (reference !== undefined) return `\\k<${reference}>`;
  if (construct === '(?P<') return '(?<';
  if (construct === '\\A') return '(?<![\\s\\S])';
  return construct === '\\Z' ? '(?![\\s\\S])' : construct;
}
