/** The expressions of Python's grammar, by rising precedence. */

import { parseCallArguments } from './arguments.js';
import { parseBraces, parseBrackets, parseParentheses } from './displays.js';
import { parseParameters } from './parameters.js';
import { TokenReader } from './reader.js';
import { joinLiterals } from './strings.js';
import { ELLIPSIS, type Expression, Imaginary, type SyntaxNode } from './syntax.js';
import { LOAD, STORE } from './targets.js';

const COMPARISONS: ReadonlyMap<string, string> = new Map([
  ['==', 'Eq'],
  ['!=', 'NotEq'],
  ['<', 'Lt'],
  ['<=', 'LtE'],
  ['>', 'Gt'],
  ['>=', 'GtE'],
]);
/** Binary operators that group to the left: name and precedence. */
const BINARY: ReadonlyMap<string, readonly [name: string, precedence: number]> = new Map([
  ['|', ['BitOr', 1]],
  ['^', ['BitXor', 2]],
  ['&', ['BitAnd', 3]],
  ['<<', ['LShift', 4]],
  ['>>', ['RShift', 4]],
  ['+', ['Add', 5]],
  ['-', ['Sub', 5]],
  ['*', ['Mult', 6]],
  ['/', ['Div', 6]],
  ['//', ['FloorDiv', 6]],
  ['%', ['Mod', 6]],
  ['@', ['MatMult', 6]],
]);
const UNARY: ReadonlyMap<string, string> = new Map([
  ['+', 'UAdd'],
  ['-', 'USub'],
  ['~', 'Invert'],
]);
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['None', null],
  ['True', true],
  ['False', false],
]);
/** Most digits of a decimal integer that Python reads. */
const MAX_DIGITS = 4300;

export class ExpressionParser extends TokenReader {
  /** The tuple without parentheses that was read last. */
  protected bareTuple: Expression | undefined;

  /** `a, *b` or one expression alone. */
  starExpressions(): Expression {
    const first = this.starExpression();
    if (!this.sees(',')) return first;
    this.bareTuple = this.tuple(first, () => this.starExpression());
    return this.bareTuple;
  }

  starExpression(): Expression {
    return this.take('*') ? this.starred(() => this.bitwiseOr()) : this.expression();
  }

  /** What stands in displays: may be starred or named with `:=`. */
  starNamed(): Expression {
    return this.take('*') ? this.starred(() => this.bitwiseOr()) : this.named();
  }

  named(): Expression {
    if (!this.seesNamed()) return this.expression();
    const target = this.make({ type: 'Name' as const, id: this.name(), ctx: STORE });
    this.next();
    return this.make({ type: 'NamedExpr' as const, target, value: this.expression() });
  }

  /** Whether `name :=` comes next. */
  seesNamed(): boolean {
    return this.seesName() && this.sees(':=', 1);
  }

  /** `yield` with what it gives. */
  yieldExpression(): Expression {
    this.expect('yield');
    if (this.take('from')) return this.make({ type: 'YieldFrom' as const, value: this.expression() });
    const value = this.endsExpressions() ? undefined : this.starExpressions();
    return this.make({ type: 'Yield' as const, value });
  }

  expression(): Expression {
    return this.deeper(() => {
      if (this.take('lambda')) return this.#lambda();
      const body = this.disjunction();
      if (!this.take('if')) return body;
      const test = this.disjunction();
      this.expect('else');
      return this.make({ type: 'IfExp' as const, test, body, orelse: this.expression() });
    });
  }

  disjunction(): Expression {
    return this.#boolean('or', 'Or', () => this.#boolean('and', 'And', () => this.#inversion()));
  }

  /** The operand of comparisons. */
  bitwiseOr(): Expression {
    return this.#binary(1);
  }

  starred(rule: () => Expression): Expression {
    return this.make({ type: 'Starred' as const, value: rule(), ctx: LOAD });
  }

  /** A tuple without its parentheses, of which the first member is read; a comma follows. */
  tuple(first: Expression, rule: () => Expression, ends = () => this.endsExpressions()): Expression {
    const elts = [first];
    while (this.take(',') && !ends()) elts.push(rule());
    return this.make({ type: 'Tuple' as const, elts, ctx: LOAD });
  }

  /** Whether a list of expressions can only end here. */
  endsExpressions(): boolean {
    const { kind, text } = this.peek();
    if (kind === 'newline' || kind === 'end') return true;
    return kind === 'operator' && (/^[)\]};:=]$/.test(text) || text.endsWith('=')) && text !== ':=';
  }

  #lambda(): Expression {
    const args = parseParameters(this, ':', false);
    this.expect(':');
    return this.make({ type: 'Lambda' as const, args, body: this.expression() });
  }

  #boolean(keyword: string, type: string, operand: () => Expression): Expression {
    const values = [operand()];
    while (this.take(keyword)) values.push(operand());
    return values.length === 1 ? values[0]! : this.make({ type: 'BoolOp' as const, op: { type }, values });
  }

  #inversion(): Expression {
    if (!this.take('not')) return this.#comparison();
    return this.make({
      type: 'UnaryOp' as const,
      op: { type: 'Not' },
      operand: this.deeper(() => this.#inversion()),
    });
  }

  #comparison(): Expression {
    const left = this.bitwiseOr();
    const ops: SyntaxNode[] = [];
    const comparators: Expression[] = [];
    for (let type = this.#comparisonOperator(); type !== undefined; type = this.#comparisonOperator()) {
      ops.push({ type });
      comparators.push(this.bitwiseOr());
    }
    return ops.length === 0 ? left : this.make({ type: 'Compare' as const, left, ops, comparators });
  }

  #comparisonOperator(): string | undefined {
    const token = this.peek();
    const type = token.kind === 'operator' ? COMPARISONS.get(token.text) : undefined;
    if (type !== undefined) {
      this.next();
      return type;
    }
    if (this.take('in')) return 'In';
    if (this.take('is')) return this.take('not') ? 'IsNot' : 'Is';
    if (!this.sees('not') || !this.sees('in', 1)) return undefined;
    this.next();
    this.next();
    return 'NotIn';
  }

  #binary(precedence: number): Expression {
    let left = this.#unary();
    for (;;) {
      const token = this.peek();
      const operator = token.kind === 'operator' ? BINARY.get(token.text) : undefined;
      if (operator === undefined || operator[1] < precedence) return left;
      this.next();
      const right = this.#binary(operator[1] + 1);
      left = this.make({ type: 'BinOp' as const, left, op: { type: operator[0] }, right });
    }
  }

  #unary(): Expression {
    const token = this.peek();
    const type = token.kind === 'operator' ? UNARY.get(token.text) : undefined;
    if (type === undefined) return this.#power();
    this.next();
    return this.make({ type: 'UnaryOp' as const, op: { type }, operand: this.deeper(() => this.#unary()) });
  }

  #power(): Expression {
    const base = this.take('await')
      ? this.make({ type: 'Await' as const, value: this.#primary() })
      : this.#primary();
    if (!this.take('**')) return base;
    const right = this.deeper(() => this.#unary());
    return this.make({ type: 'BinOp' as const, left: base, op: { type: 'Pow' }, right });
  }

  #primary(): Expression {
    let value = this.#atom();
    for (;;) {
      if (this.take('.')) {
        value = this.make({ type: 'Attribute' as const, value, attr: this.name(), ctx: LOAD });
      } else if (this.take('[')) {
        const slice = this.#slices();
        this.expect(']');
        value = this.make({ type: 'Subscript' as const, value, slice, ctx: LOAD });
      } else if (this.take('(')) {
        value = this.make({ type: 'Call' as const, func: value, ...parseCallArguments(this) });
      } else {
        return value;
      }
    }
  }

  #slices(): Expression {
    const first = this.#slice();
    if (this.sees(',')) {
      return this.tuple(
        first,
        () => this.#slice(),
        () => this.sees(']'),
      );
    }
    return first.type === 'Starred' ? this.make({ type: 'Tuple' as const, elts: [first], ctx: LOAD }) : first;
  }

  #slice(): Expression {
    if (this.take('*')) return this.starred(() => this.expression());
    if (this.seesNamed()) return this.named();
    const lower = this.sees(':') ? undefined : this.expression();
    if (!this.take(':')) return lower ?? this.fail();
    const upper = this.#sliceEnds() ? undefined : this.expression();
    const step = this.take(':') && !this.#sliceEnds() ? this.expression() : undefined;
    return this.make({ type: 'Slice' as const, lower, upper, step });
  }

  #sliceEnds(): boolean {
    return this.sees(':') || this.sees(',') || this.sees(']');
  }

  #atom(): Expression {
    const token = this.peek();
    if (token.kind === 'string') return this.#strings();
    if (token.kind === 'number') return this.#number();
    if (this.take('(')) return parseParentheses(this);
    if (this.take('[')) return parseBrackets(this);
    if (this.take('{')) return parseBraces(this);
    if (this.take('...')) return this.make({ type: 'Constant' as const, value: ELLIPSIS, kind: undefined });
    const constant = token.kind === 'name' ? CONSTANTS.get(token.text) : undefined;
    if (constant !== undefined) {
      this.next();
      return this.make({ type: 'Constant' as const, value: constant, kind: undefined });
    }
    return this.make({ type: 'Name' as const, id: this.name(), ctx: LOAD });
  }

  #strings(): Expression {
    const sources: string[] = [];
    while (this.peek().kind === 'string') sources.push(this.next().text);
    const node = joinLiterals(sources, {
      fail: () => this.fail(),
      refuse: (what) => this.refuse(what),
      parse: (source) => this.#field(source),
    });
    return this.make(node);
  }

  /** An expression inside of an f-string, in parentheses. */
  #field(source: string): Expression {
    const parser = new ExpressionParser(source, this.text);
    const value = parser.starExpressions();
    if (parser.next().kind !== 'newline' || parser.peek().kind !== 'end') this.fail();
    return value;
  }

  #number(): Expression {
    const text = this.next().text.replaceAll('_', '');
    const isInteger = /^(?:0[xXoObB].*|[0-9]+)$/.test(text);
    if (isInteger && text.length > MAX_DIGITS && /^[0-9]+$/.test(text)) this.fail();
    const value = isInteger
      ? BigInt(text)
      : /[jJ]$/.test(text)
        ? new Imaginary(Number(text.slice(0, -1)))
        : Number(text);
    return this.make({ type: 'Constant' as const, value, kind: undefined });
  }
}
