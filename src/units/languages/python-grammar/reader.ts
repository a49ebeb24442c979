/** What every parser of Python's grammar needs: tokens that are expected, and errors. */

import { UnitDefinitionError } from '../../../errors.js';
import { PythonError } from '../language-errors.js';
import { TokenCursor } from '../token-cursor.js';
import { syntaxError, type Token, tokenize } from './lexer.js';
import { childrenOf, type SyntaxNode } from './syntax.js';

/** Greatest height of a syntax tree, and of the recursion that builds it. */
const MAX_DEPTH = 1000;

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from ' +
    'global if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

export class TokenReader extends TokenCursor<Token, SyntaxNode> {
  /** Whether empty or comment lines stand before the first token. */
  readonly startsLate: boolean;

  /** @param text what errors show as the text at fault; `source` may be a part of it */
  constructor(
    source: string,
    protected readonly text = source,
  ) {
    const { tokens, startsLate } = tokenize(source, text);
    super(tokens, MAX_DEPTH);
    this.startsLate = startsLate;
  }

  protected override tooDeep(): Error {
    return new PythonError('RecursionError', 'maximum recursion depth exceeded', 'unit-expression');
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

  /** Adopts a new node. */
  make<T extends SyntaxNode>(node: T): T {
    return this.above(childrenOf(node), node);
  }
}
