/** The statements of Python's grammar, each on one line. */

import { parseCallArguments } from './arguments.js';
import { parseTargetList } from './displays.js';
import { ExpressionParser } from './expressions.js';
import { parseParameters } from './parameters.js';
import type { Expression, SyntaxNode } from './syntax.js';
import { DELETE, STORE, toSingleTarget, toTarget } from './targets.js';

/** A parsed source text. */
export interface Module {
  readonly body: readonly SyntaxNode[];
  /** Whether the text is one expression and nothing else, so that it can be the body of a function. */
  readonly isExpression: boolean;
  /** Whether that expression is a tuple without parentheses. */
  readonly isBareTuple: boolean;
}

const AUGMENTED: ReadonlyMap<string, string> = new Map([
  ['+=', 'Add'],
  ['-=', 'Sub'],
  ['*=', 'Mult'],
  ['@=', 'MatMult'],
  ['/=', 'Div'],
  ['%=', 'Mod'],
  ['&=', 'BitAnd'],
  ['|=', 'BitOr'],
  ['^=', 'BitXor'],
  ['<<=', 'LShift'],
  ['>>=', 'RShift'],
  ['**=', 'Pow'],
  ['//=', 'FloorDiv'],
]);

/**
 * Parses a source text as `ast.parse` of Python 3.11 does. Only one-line statements are known: indented
 * blocks, `else` and `except` parts, decorators and `match` count as syntax errors.
 * @param source lines end in LF
 * @throws ResourceProgramError `syntax`; PythonError RecursionError
 */
export function parseModule(source: string): Module {
  return new StatementParser(source).module();
}

class StatementParser extends ExpressionParser {
  module(): Module {
    const body: SyntaxNode[] = [];
    let semicolons = 0;
    while (this.peek().kind !== 'end') {
      semicolons += this.#line(body);
    }
    const isExpression =
      body.length === 1 && body[0]?.type === 'Expr' && semicolons === 0 && !this.startsLate;
    const [first] = body;
    const isBareTuple = first !== undefined && 'value' in first && first.value === this.bareTuple;
    return { body, isExpression, isBareTuple };
  }

  /** A compound statement, or simple ones separated by `;`; how many of these there were. */
  #line(body: SyntaxNode[]): number {
    const compound = this.#compound();
    if (compound === undefined) return this.#simpleLine(body);
    body.push(compound);
    return 0;
  }

  #simpleLine(body: SyntaxNode[]): number {
    let semicolons = 0;
    do {
      body.push(this.#simple());
      if (!this.take(';')) break;
      semicolons++;
    } while (this.peek().kind !== 'newline');
    if (this.next().kind !== 'newline') this.fail();
    return semicolons;
  }

  #simple(): SyntaxNode {
    if (this.take('pass')) return { type: 'Pass' };
    if (this.take('break')) return { type: 'Break' };
    if (this.take('continue')) return { type: 'Continue' };
    if (this.take('return')) {
      return this.make({
        type: 'Return',
        value: this.endsExpressions() ? undefined : this.starExpressions(),
      });
    }
    if (this.take('raise')) return this.#raise();
    if (this.take('assert')) {
      const test = this.expression();
      return this.make({ type: 'Assert', test, msg: this.take(',') ? this.expression() : undefined });
    }
    if (this.take('del')) return this.#delete();
    if (this.take('global')) return this.make({ type: 'Global', names: this.#names() });
    if (this.take('nonlocal')) return this.make({ type: 'Nonlocal', names: this.#names() });
    if (this.take('import')) return this.#import();
    if (this.take('from')) return this.#importFrom();
    return this.#expressionOrAssignment();
  }

  #raise(): SyntaxNode {
    const exc = this.endsExpressions() ? undefined : this.expression();
    const cause = exc !== undefined && this.take('from') ? this.expression() : undefined;
    return this.make({ type: 'Raise', exc, cause });
  }

  #delete(): SyntaxNode {
    const targets: Expression[] = [];
    do targets.push(toTarget(this.bitwiseOr(), DELETE, this));
    while (this.take(',') && !this.endsExpressions());
    return this.make({ type: 'Delete', targets });
  }

  #names(): string[] {
    const names = [this.name()];
    while (this.take(',')) names.push(this.name());
    return names;
  }

  #import(): SyntaxNode {
    const names = [this.#alias(() => this.#dottedName())];
    while (this.take(',')) names.push(this.#alias(() => this.#dottedName()));
    return this.make({ type: 'Import', names });
  }

  #importFrom(): SyntaxNode {
    let level = 0n;
    for (;;) {
      if (this.take('.')) level += 1n;
      else if (this.take('...')) level += 3n;
      else break;
    }
    const module = level > 0n && this.sees('import') ? undefined : this.#dottedName();
    this.expect('import');
    return this.make({ type: 'ImportFrom', module, names: this.#importedNames(), level });
  }

  #importedNames(): SyntaxNode[] {
    if (this.take('*')) return [this.make({ type: 'alias', name: '*', asname: undefined })];
    const inParentheses = this.take('(');
    const names = [this.#alias(() => this.name())];
    while (this.take(',')) {
      if (inParentheses && this.sees(')')) break;
      names.push(this.#alias(() => this.name()));
    }
    if (inParentheses) this.expect(')');
    return names;
  }

  #alias(rule: () => string): SyntaxNode {
    const name = rule();
    return this.make({ type: 'alias', name, asname: this.take('as') ? this.name() : undefined });
  }

  #dottedName(): string {
    let name = this.name();
    while (this.take('.')) name += `.${this.name()}`;
    return name;
  }

  #expressionOrAssignment(): SyntaxNode {
    const inParentheses = this.sees('(');
    const first = this.#right();
    if (this.take(':')) {
      const target = toSingleTarget(first, this);
      const annotation = this.expression();
      const value = this.take('=') ? this.#right() : undefined;
      const simple = target.type === 'Name' && !inParentheses ? 1n : 0n;
      return this.make({ type: 'AnnAssign', target, annotation, value, simple });
    }
    const operator = this.peek().kind === 'operator' ? AUGMENTED.get(this.peek().text) : undefined;
    if (operator !== undefined) {
      const target = toSingleTarget(first, this);
      this.next();
      return this.make({ type: 'AugAssign', target, op: { type: operator }, value: this.#right() });
    }
    if (!this.sees('=')) return this.make({ type: 'Expr', value: first });
    const targets: Expression[] = [];
    let value = first;
    while (this.take('=')) {
      targets.push(toTarget(value, STORE, this));
      value = this.#right();
    }
    return this.make({ type: 'Assign', targets, value });
  }

  #right(): Expression {
    return this.sees('yield') ? this.yieldExpression() : this.starExpressions();
  }

  /** A statement with a body; undefined when the next one has none. */
  #compound(): SyntaxNode | undefined {
    if (this.take('if')) return this.#branch('If');
    if (this.take('while')) return this.#branch('While');
    if (this.take('class')) return this.#class();
    const isAsync = this.take('async');
    if (this.take('for')) return this.#for(isAsync ? 'AsyncFor' : 'For');
    if (this.take('with')) return this.#with(isAsync ? 'AsyncWith' : 'With');
    if (this.take('def')) return this.#function(isAsync ? 'AsyncFunctionDef' : 'FunctionDef');
    return isAsync ? this.fail() : undefined;
  }

  #body(): SyntaxNode[] {
    this.expect(':');
    const body: SyntaxNode[] = [];
    this.#simpleLine(body);
    return body;
  }

  #branch(type: 'If' | 'While'): SyntaxNode {
    const test = this.named();
    return this.make({ type, test, body: this.#body(), orelse: [] });
  }

  #for(type: string): SyntaxNode {
    const target = parseTargetList(this);
    this.expect('in');
    const iter = this.starExpressions();
    return this.make({ type, target, iter, body: this.#body(), orelse: [] });
  }

  #with(type: string): SyntaxNode {
    const items: SyntaxNode[] = [];
    do {
      const context_expr = this.expression();
      const optional_vars = this.take('as') ? toTarget(this.bitwiseOr(), STORE, this) : undefined;
      items.push(this.make({ type: 'withitem', context_expr, optional_vars }));
    } while (this.take(','));
    return this.make({ type, items, body: this.#body() });
  }

  #class(): SyntaxNode {
    const name = this.name();
    const { args, keywords } = this.take('(') ? parseCallArguments(this) : { args: [], keywords: [] };
    return this.make({
      type: 'ClassDef',
      name,
      bases: args,
      keywords,
      body: this.#body(),
      decorator_list: [],
    });
  }

  #function(type: string): SyntaxNode {
    const name = this.name();
    this.expect('(');
    const args = parseParameters(this, ')', true);
    this.expect(')');
    const returns = this.take('->') ? this.expression() : undefined;
    return this.make({ type, name, args, body: this.#body(), decorator_list: [], returns });
  }
}
