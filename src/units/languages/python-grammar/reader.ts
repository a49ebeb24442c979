/** What every parser of Python's grammar needs: the next token, and bounds on depth. */

import { UnitDefinitionError } from '../../../errors.js';
import { PythonError } from '../language-errors.js';
import { syntaxError, type Token, type TokenList, tokenize } from './lexer.js';
import { childrenOf, type SyntaxNode } from './syntax.js';

/** Greatest height of a syntax tree, and of the recursion that builds it. */
const MAX_DEPTH = 1000;

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from ' +
    'global if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

export class TokenReader {
  /** Whether empty or comment lines stand before the first token. */
  readonly startsLate: boolean;
  readonly #tokens: readonly Token[];
  /** Height of the tree below each node. */
  readonly #heights = new WeakMap<SyntaxNode, number>();
  #at = 0;
  #depth = 0;

  /** @param text what errors show as the text at fault; `source` may be a part of it */
  constructor(
    source: string,
    protected readonly text = source,
  ) {
    const list: TokenList = tokenize(source, text);
    this.#tokens = list.tokens;
    this.startsLate = list.startsLate;
  }

  /** The token `ahead` of the next one; the last token repeats. */
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  /** Whether the next token is this operator or keyword. */
  sees(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && (token.kind === 'operator' || token.kind === 'name');
  }

  /** Reads this operator or keyword if it comes next. */
  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.#at++;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) this.fail();
  }

  /** Whether the next token is a name that is no keyword. */
  seesName(ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'name' && !KEYWORDS.has(token.text);
  }

  /** Reads a name; names are compared in their normal form. */
  name(): string {
    if (!this.seesName()) this.fail();
    return this.next().text.normalize('NFKC');
  }

  fail(): never {
    throw syntaxError(this.text);
  }

  /** Valid syntax, but nothing that this parser knows. */
  refuse(what: string): never {
    throw new UnitDefinitionError(`not supported: ${what}`, { code: 'unit-expression', actual: this.text });
  }

  /** Runs a rule that may contain itself. */
  deeper<T>(rule: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw tooDeep();
    const result = rule();
    this.#depth--;
    return result;
  }

  /** Adopts a new node, bounding the height of the tree. */
  make<T extends SyntaxNode>(node: T): T {
    let height = 0;
    for (const child of childrenOf(node)) height = Math.max(height, (this.#heights.get(child) ?? 0) + 1);
    if (height > MAX_DEPTH) throw tooDeep();
    this.#heights.set(node, height);
    return node;
  }
}

function tooDeep(): PythonError {
  return new PythonError('RecursionError', 'maximum recursion depth exceeded', 'unit-expression');
}
