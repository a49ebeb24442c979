/** The expressions of Jinja2's grammar, by rising precedence. */

import type { TemplateError } from '../language-errors.js';
import { TemplateReader } from './reader.js';
import type { ComparisonOperator, JinjaExpression } from './syntax.js';

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);
const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const OTHER_ARITHMETIC: ReadonlySet<string> = new Set(['-', '*', '/', '//', '%', '**']);
const FILTERS: ReadonlySet<string> = new Set([
  'count',
  'd',
  'default',
  'length',
  'lower',
  'replace',
  'trim',
  'upper',
]);
const LITERALS: ReadonlySet<string> = new Set(['string', 'integer', 'float']);
/** The words that go on after a test. */
const AFTER_TEST: ReadonlySet<string> = new Set(['and', 'else', 'or']);
const TESTS: ReadonlySet<string> = new Set(['defined', 'none', 'undefined']);

export class JinjaExpressionParser extends TemplateReader {
  /** One expression, or several with commas: a tuple. */
  expressions(withConditional = true): JinjaExpression {
    const one = () => (withConditional ? this.expression() : this.deeper(() => this.#or()));
    const first = one();
    if (!this.sees(',')) return first;
    const items = [first];
    while (this.take(',') && !this.#endsExpressions()) items.push(one());
    return this.above(items, { kind: 'tuple' as const, items });
  }

  expression(): JinjaExpression {
    return this.deeper(() => {
      let then = this.#or();
      while (this.take('if')) {
        const test = this.#or();
        const otherwise = this.take('else') ? this.expression() : undefined;
        const parts = otherwise === undefined ? [then, test] : [then, test, otherwise];
        then = this.above(parts, { kind: 'conditional' as const, test, then, otherwise });
      }
      return then;
    });
  }

  #endsExpressions(): boolean {
    const { kind, text } = this.peek();
    return kind.endsWith('end') || (kind === 'operator' && (text === ')' || text === ']'));
  }

  #or(): JinjaExpression {
    let left = this.#and();
    while (this.take('or')) left = this.#pair('or', left, this.#and());
    return left;
  }

  #and(): JinjaExpression {
    let left = this.#not();
    while (this.take('and')) left = this.#pair('and', left, this.#not());
    return left;
  }

  #not(): JinjaExpression {
    if (!this.take('not')) return this.#compare();
    const operand = this.deeper(() => this.#not());
    return this.above([operand], { kind: 'not' as const, operand });
  }

  #compare(): JinjaExpression {
    const first = this.#sum();
    const rest: { operator: ComparisonOperator; operand: JinjaExpression }[] = [];
    for (let operator = this.#comparison(); operator !== undefined; operator = this.#comparison()) {
      rest.push({ operator, operand: this.#sum() });
    }
    if (rest.length === 0) return first;
    return this.above([first, ...rest.map((part) => part.operand)], {
      kind: 'compare' as const,
      first,
      rest,
    });
  }

  #comparison(): ComparisonOperator | undefined {
    const { kind, text } = this.peek();
    if (kind === 'operator' && COMPARISONS.has(text)) return this.next().text as ComparisonOperator;
    if (this.take('in')) return 'in';
    if (!this.sees('not') || !this.sees('in', 1)) return undefined;
    this.next();
    this.next();
    return 'not in';
  }

  #sum(): JinjaExpression {
    let left = this.#concatenation();
    for (;;) {
      this.#refuseArithmetic();
      if (!this.take('+')) return left;
      left = this.#pair('add', left, this.#concatenation());
    }
  }

  #concatenation(): JinjaExpression {
    let left = this.#unary();
    for (;;) {
      this.#refuseArithmetic();
      if (!this.take('~')) return left;
      left = this.#pair('concatenate', left, this.#unary());
    }
  }

  #refuseArithmetic(): void {
    const { kind, text } = this.peek();
    if (kind === 'operator' && OTHER_ARITHMETIC.has(text)) throw this.unsupported(`operator ${text}`);
  }

  #unary(): JinjaExpression {
    return this.#filtered(this.#signed());
  }

  #signed(): JinjaExpression {
    const kind = this.sees('-') ? 'negative' : this.sees('+') ? 'positive' : undefined;
    if (kind === undefined) return this.#postfix(this.#primary());
    this.next();
    const operand = this.deeper(() => this.#signed());
    return this.above([operand], { kind, operand });
  }

  #pair(
    kind: 'and' | 'or' | 'concatenate' | 'add',
    left: JinjaExpression,
    right: JinjaExpression,
  ): JinjaExpression {
    return this.above([left, right], { kind, left, right });
  }

  #primary(): JinjaExpression {
    const token = this.peek();
    switch (token.kind) {
      case 'name':
        return this.#name();
      case 'string': {
        let value = '';
        while (this.peek().kind === 'string') value += this.next().text;
        return { kind: 'constant', value };
      }
      case 'integer':
        return { kind: 'constant', value: BigInt(this.next().text.replaceAll('_', '')) };
      case 'float':
        return { kind: 'constant', value: Number(this.next().text.replaceAll('_', '')) };
    }
    if (this.take('(')) return this.#parentheses();
    if (this.take('[')) return this.#list();
    if (this.sees('{')) throw this.unsupported('a dictionary');
    throw this.unexpected();
  }

  #name(): JinjaExpression {
    const name = this.next().text;
    // The template itself: no variable of that name is ever seen.
    if (name === 'self') throw this.unsupported('self');
    const value = CONSTANTS.get(name);
    return value === undefined ? { kind: 'name', name } : { kind: 'constant', value };
  }

  #parentheses(): JinjaExpression {
    if (this.take(')')) return { kind: 'tuple', items: [] };
    const value = this.expressions();
    this.expect(')');
    return value;
  }

  #list(): JinjaExpression {
    const items: JinjaExpression[] = [];
    while (!this.sees(']')) {
      items.push(this.expression());
      if (!this.take(',')) break;
    }
    this.expect(']');
    return this.above(items, { kind: 'list' as const, items });
  }

  #postfix(start: JinjaExpression): JinjaExpression {
    let object = start;
    for (;;) {
      if (this.take('.')) object = this.#member(object);
      else if (this.take('[')) object = this.#subscript(object);
      else if (this.sees('(')) throw this.#call(object);
      else return object;
    }
  }

  #call(object: JinjaExpression): TemplateError {
    return this.unsupported(
      object.kind === 'name' ? `call of ${object.name}` : 'a call of anything but a method',
    );
  }

  #member(object: JinjaExpression): JinjaExpression {
    const token = this.next();
    if (token.kind === 'integer') {
      const key: JinjaExpression = { kind: 'constant', value: BigInt(token.text.replaceAll('_', '')) };
      return this.above([object], { kind: 'item' as const, object, key });
    }
    if (token.kind !== 'name') throw this.unexpected('expected name or number');
    const name = token.text;
    if (!this.take('(')) return this.above([object], { kind: 'attribute' as const, object, name });
    const args = this.#arguments();
    return this.above([object, ...args], { kind: 'method' as const, name, object, args });
  }

  #subscript(object: JinjaExpression): JinjaExpression {
    if (this.sees(':')) throw this.unsupported('a slice');
    if (this.sees(']')) throw this.unsupported('an empty index');
    const key = this.expression();
    if (this.sees(':')) throw this.unsupported('a slice');
    if (this.sees(',')) throw this.unsupported('an index of several values');
    this.expect(']');
    return this.above([object, key], { kind: 'item' as const, object, key });
  }

  /** Behind `(`. */
  #arguments(): JinjaExpression[] {
    const args: JinjaExpression[] = [];
    while (!this.sees(')')) {
      if (this.sees('*') || this.sees('**')) throw this.unsupported('unpacked arguments');
      if (this.peek().kind === 'name' && this.sees('=', 1)) throw this.unsupported('keyword arguments');
      args.push(this.expression());
      if (!this.take(',')) break;
    }
    this.expect(')');
    return args;
  }

  /** Filters and tests behind an expression. */
  #filtered(start: JinjaExpression): JinjaExpression {
    let object = start;
    for (;;) {
      if (this.take('|')) object = this.#filter(object);
      else if (this.take('is')) object = this.#test(object);
      else if (this.sees('(')) throw this.#call(object);
      else return object;
    }
  }

  #filter(object: JinjaExpression): JinjaExpression {
    const { text: name } = this.expectKind('name');
    if (!FILTERS.has(name) || this.sees('.')) throw this.unsupported(`filter ${name}`);
    const args = this.take('(') ? this.#arguments() : [];
    return this.above([object, ...args], { kind: 'filter' as const, name, object, args });
  }

  /** What follows a test is its argument, even a word such as `if` or `in`. */
  #startsArgument(): boolean {
    const { kind, text } = this.peek();
    if (kind === 'name') return !AFTER_TEST.has(text);
    return kind === 'operator' ? '([{'.includes(text) : LITERALS.has(kind);
  }

  #test(object: JinjaExpression): JinjaExpression {
    const negated = this.take('not');
    const { text: name } = this.expectKind('name');
    if (!TESTS.has(name) || this.sees('.')) throw this.unsupported(`test ${name}`);
    if (this.#startsArgument()) throw this.unsupported(`test ${name} with an argument`);
    return this.above([object], { kind: 'test' as const, name, negated, object });
  }
}
