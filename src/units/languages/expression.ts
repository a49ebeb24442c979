/** One resource expression (spec `units.md` 7.2, 7.4). */

import { pyRepr } from '../../python/repr.js';
import { pyStrip } from '../../python/text.js';
import { analyse } from './expression-analysis.js';
import { compileExpression } from './expression-evaluator.js';
import { CombinationSearch } from './expression-search.js';
import { limitError, PythonError, Raised, ResourceProgramError } from './language-errors.js';
import { parseModule } from './python-grammar/statements.js';
import type { Expression, ExpressionStatement } from './python-grammar/syntax.js';
import type { Resource } from './python-values.js';

export type { Resource } from './python-values.js';

/** How the names of an expression become resource ids. */
export interface NameScope {
  /** Namespace of ids without `::`; null: none is added. */
  readonly implicitNamespace: string | null;
  /** alias -> resource id */
  readonly imports: ReadonlyMap<string, string>;
}

interface Halves {
  readonly operator: ' or ' | ' and ';
  readonly left: ResourceExpression;
  readonly right: ResourceExpression;
}

/** Bound on the work of splitting: characters of the text times operators in it. */
const MAX_SPLIT_WORK = 1 << 22;

const LONE_SURROGATE = /\p{Surrogate}/u;

export class ResourceExpression {
  readonly text: string;
  /** Ids of the resources it needs, in order of first appearance, each once. */
  readonly resourceIds: readonly string[];
  /** Ids of the manifest entries it reads. */
  readonly manifestIds: readonly string[];
  readonly #scope: NameScope;
  /** Resource id of each name, in the order of the search. */
  readonly #idsByName: readonly string[];
  readonly #names: readonly string[];
  /** Undefined: never true. */
  readonly #body: Expression | undefined;
  #search: CombinationSearch | undefined;
  #halves: Halves | null | undefined;

  /**
   * @throws ResourceProgramError; PythonError where the reference leaks an exception; UnitDefinitionError for
   * character names in text literals
   */
  static compile(text: string, scope: NameScope): ResourceExpression {
    return new ResourceExpression(text, scope);
  }

  private constructor(text: string, scope: NameScope) {
    checkEncodable(text);
    const module = parseModule(text.replace(/\r\n?/g, '\n'));
    const { names, manifestAttributes } = analyse(module.body, text);
    if (names.length === 0) {
      throw new ResourceProgramError('no-resources', text, 'expression did not reference any resources');
    }
    if (!module.isExpression) {
      throw new PythonError('SyntaxError', 'invalid syntax (<string>, line 1)', 'unit-expression');
    }
    const { value } = module.body[0] as ExpressionStatement;
    this.text = text;
    this.#scope = scope;
    this.#idsByName = names.map((name) => scope.imports.get(name) ?? qualify(name, scope));
    this.resourceIds = [...new Set(this.#idsByName)];
    this.manifestIds = manifestAttributes.map((attribute) => qualify(attribute, scope));
    this.#names = names;
    this.#body = module.isBareTuple ? checkTuple(value) : value;
  }

  /**
   * Whether some combination of records makes the expression true.
   * @param resources has all of `resourceIds`
   * @throws ResourceProgramError, PythonError: a half that was split off does not compile, or needs a resource
   * that is not there; UnitDefinitionError `limit-evaluation`
   */
  evaluate(resources: ReadonlyMap<string, readonly Resource[]>): boolean {
    const halves = this.#split();
    if (halves !== null) {
      // Both are evaluated in any case: each may be broken.
      const left = halves.left.evaluate(resources);
      const right = halves.right.evaluate(resources);
      return halves.operator === ' or ' ? left || right : left && right;
    }
    const records = this.#idsByName.map((id) => {
      const list = resources.get(id);
      if (list === undefined) throw new PythonError('KeyError', pyRepr(id), 'unit-expression');
      return list;
    });
    if (this.#body === undefined) return false;
    this.#search ??= new CombinationSearch(this.#body, this.#names);
    return this.#search.succeeds(records);
  }

  /** The halves around the last operator; found in the text, even inside of a text literal. */
  #split(): Halves | null {
    if (this.#halves === undefined) this.#halves = this.#findHalves();
    return this.#halves;
  }

  #findHalves(): Halves | null {
    const { text } = this;
    if (text.includes('(')) return null;
    const operators = text.split(/ or | and /).length - 1;
    if (operators * text.length > MAX_SPLIT_WORK)
      throw limitError('size of a resource expression', MAX_SPLIT_WORK);
    for (const operator of [' or ', ' and '] as const) {
      const at = text.lastIndexOf(operator);
      if (at <= 0) continue;
      const left = new ResourceExpression(text.slice(0, at), this.#scope);
      const right = new ResourceExpression(pyStrip(text.slice(at + operator.length)), this.#scope);
      return { operator, left, right };
    }
    return null;
  }
}

function qualify(name: string, scope: NameScope): string {
  return scope.implicitNamespace === null ? name : `${scope.implicitNamespace}::${name}`;
}

function checkEncodable(text: string): void {
  const at = text.search(LONE_SURROGATE);
  if (at === -1) return;
  const character = pyRepr(text[at]!);
  const position = [...text.slice(0, at)].length;
  const message = `'utf-8' codec can't encode character ${character} in position ${position}: surrogates not allowed`;
  throw new PythonError('UnicodeEncodeError', message, 'unit-expression');
}

/**
 * A tuple without parentheses: in the reference only its first member can read records, the others are
 * evaluated at once, and the result is nothing that could be evaluated later.
 */
function checkTuple(tuple: Expression): undefined {
  if (tuple.type !== 'Tuple') return;
  try {
    for (const item of tuple.elts.slice(1)) compileExpression(item, [])([]);
  } catch (error) {
    if (error instanceof Raised) throw new PythonError(error.exception, error.message, 'unit-expression');
    throw error;
  }
}
