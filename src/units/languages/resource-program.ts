/** Resource programs: the fields `requires`, `imports` and `template-filter` (spec `units.md` 6.3, 7). */

import { pyRepr } from '../../python/repr.js';
import { pySplitLines, pySplitWhitespace, pyStrip } from '../../python/text.js';
import { compiledExpression } from './compiled-expressions.js';
import type { NameScope, Resource, ResourceExpression } from './expression.js';
import { PythonError } from './language-errors.js';

/** What came out of a program. */
export type ProgramResult =
  | { readonly outcome: 'true' }
  /** An expression needs a resource that is not in the map. */
  | {
      readonly outcome: 'unavailable';
      readonly expression: ResourceExpression;
      readonly resourceId: string;
      readonly message: string;
    }
  | { readonly outcome: 'false'; readonly expression: ResourceExpression; readonly message: string };

export class ResourceProgram {
  /** Union of the ids of all expressions, in order of first appearance. */
  readonly resourceIds: readonly string[];

  private constructor(readonly expressions: readonly ResourceExpression[]) {
    this.resourceIds = [...new Set(expressions.flatMap((expression) => expression.resourceIds))];
  }

  /**
   * @param text one expression per line, or a list of expressions (YAML)
   * @throws ResourceProgramError; PythonError where the reference leaks an exception; UnitDefinitionError for
   * character names in text literals
   */
  static compile(text: string | readonly string[], scope: NameScope): ResourceProgram {
    const texts =
      typeof text === 'string'
        ? pySplitLines(text, false)
            .map(pyStrip)
            .filter((line) => line !== '')
        : text;
    return new ResourceProgram(texts.map((line) => compiledExpression(line, scope)));
  }

  /**
   * Evaluates the expressions in order; all must be true. Missing resources are looked for in all of them
   * before any is evaluated.
   * @param resources resource id -> its records
   * @param known what expressions gave for the same resources before; what this program finds out is added
   * @throws as {@link ResourceExpression.evaluate}
   */
  evaluate(
    resources: ReadonlyMap<string, readonly Resource[]>,
    known: Map<ResourceExpression, boolean> = new Map(),
  ): ProgramResult {
    for (const expression of this.expressions) {
      const resourceId = expression.resourceIds.find((id) => !resources.has(id));
      if (resourceId === undefined) continue;
      const message = `expression ${pyRepr(expression.text)} needs unavailable resource ${pyRepr(resourceId)}`;
      return { outcome: 'unavailable', expression, resourceId, message };
    }
    for (const expression of this.expressions) {
      let isTrue = known.get(expression);
      if (isTrue === undefined) {
        isTrue = expression.evaluate(resources);
        known.set(expression, isTrue);
      }
      if (isTrue) continue;
      const message = `expression ${pyRepr(expression.text)} evaluated to a non-true result`;
      return { outcome: 'false', expression, message };
    }
    return { outcome: 'true' };
  }

  /**
   * As the filter of a template: whether a record of the template's resource passes. A filter that needs
   * another resource lets nothing pass.
   * @throws as {@link ResourceExpression.evaluate}
   */
  accepts(resourceId: string, record: Resource): boolean {
    return this.evaluate(new Map([[resourceId, [record]]])).outcome === 'true';
  }
}

/**
 * Reads the field `imports`: alias -> resource id; the first import of an alias counts.
 * @param text one statement per line, or a list of statements (YAML)
 * @throws PythonError ValueError with the texts of spec `units.md` 7.3
 */
export function parseImports(text: string | readonly string[]): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  for (const statement of typeof text === 'string' ? pySplitLines(text, false) : text) {
    const { alias, id } = parseImport(statement);
    if (!imports.has(alias)) imports.set(alias, id);
  }
  return imports;
}

/** `from NAMESPACE import PARTIAL_ID [as ALIAS]` */
function parseImport(statement: string): { alias: string; id: string } {
  const words = pySplitWhitespace(statement);
  const [from, namespace = '', keyword, partialId = '', as, alias = partialId] = words;
  const shown = pyRepr(statement);
  if (words.length !== 4 && words.length !== 6)
    throw importError(shown, 'expected exactly four or six tokens');
  if (from !== 'from') throw importError(shown, "expected 'from' keyword");
  // The reference forgets to put the statement into this one.
  if (namespace.includes('::')) {
    throw importError('{0!r}', 'expected a namespace, not fully qualified job identifier');
  }
  if (keyword !== 'import') throw importError(shown, "expected 'import' keyword");
  if (partialId.includes('::')) {
    throw importError(shown, 'expected a partial job identifier, not a fully qualified job identifier');
  }
  if (as !== undefined && as !== 'as') throw importError(shown, "expected 'as' keyword");
  return { alias, id: `${namespace}::${partialId}` };
}

function importError(statement: string, problem: string): PythonError {
  return new PythonError(
    'ValueError',
    `unable to parse imports statement ${statement}: ${problem}`,
    'unit-field',
  );
}
