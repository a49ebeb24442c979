/** Which variables a template expects from outside (spec `units.md` 6.5). */

import type { JinjaExpression, JinjaStatement } from './syntax.js';

/** Names that Jinja2 itself defines. */
export const GLOBALS: ReadonlySet<string> = new Set([
  'cycler',
  'dict',
  'joiner',
  'lipsum',
  'namespace',
  'range',
]);

/**
 * The names that are read before they are set, as Jinja2 finds them: a name set in a branch only counts as
 * read, because without that branch it comes from outside. Without Jinja2's globals; in order of appearance.
 */
export function undeclaredNames(statements: readonly JinjaStatement[]): readonly string[] {
  const finder = new NameFinder();
  finder.visit(statements, new Scope());
  return [...finder.undeclared];
}

/** What is known about names at some place of the template. */
class Scope {
  constructor(
    readonly known = new Set<string>(),
    readonly set = new Set<string>(),
  ) {}

  branch(): Scope {
    return new Scope(new Set(this.known), new Set(this.set));
  }
}

class NameFinder {
  readonly undeclared = new Set<string>();

  visit(statements: readonly JinjaStatement[], scope: Scope): void {
    for (const statement of statements) {
      if (statement.kind === 'output') this.#read(statement.value, scope);
      if (statement.kind === 'if') this.#visitIf(statement, scope);
      if (statement.kind === 'set') {
        this.#read(statement.value, scope);
        scope.known.add(statement.name);
        scope.set.add(statement.name);
      }
    }
  }

  #visitIf(statement: JinjaStatement & { kind: 'if' }, scope: Scope): void {
    const [first, ...others] = statement.branches;
    this.#read(first!.test, scope);
    const [then, elif, otherwise] = [scope.branch(), scope.branch(), scope.branch()];
    this.visit(first!.body, then);
    for (const branch of others) this.#visitIf({ kind: 'if', branches: [branch], otherwise: [] }, elif);
    this.visit(statement.otherwise, otherwise);
    for (const branch of [then, elif, otherwise]) {
      for (const name of branch.set) {
        if (!scope.set.has(name)) this.#declareMissing(name);
      }
    }
    for (const branch of [then, elif, otherwise]) {
      for (const name of branch.known) scope.known.add(name);
      for (const name of branch.set) scope.set.add(name);
    }
  }

  #read(expression: JinjaExpression, scope: Scope): void {
    if (expression.kind === 'name') {
      if (!scope.known.has(expression.name)) this.#declareMissing(expression.name);
      scope.known.add(expression.name);
    }
    for (const part of partsOf(expression)) this.#read(part, scope);
  }

  #declareMissing(name: string): void {
    if (!GLOBALS.has(name)) this.undeclared.add(name);
  }
}

function partsOf(expression: JinjaExpression): readonly JinjaExpression[] {
  switch (expression.kind) {
    case 'constant':
    case 'name':
      return [];
    case 'list':
    case 'tuple':
      return expression.items;
    case 'attribute':
    case 'test':
      return [expression.object];
    case 'item':
      return [expression.object, expression.key];
    case 'method':
    case 'filter':
      return [expression.object, ...expression.args];
    case 'compare':
      return [expression.first, ...expression.rest.map((part) => part.operand)];
    case 'conditional':
      return [expression.test, expression.then, ...(expression.otherwise ? [expression.otherwise] : [])];
    case 'not':
    case 'negative':
    case 'positive':
      return [expression.operand];
    default:
      return [expression.left, expression.right];
  }
}
