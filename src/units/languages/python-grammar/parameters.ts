/** The parameters of lambdas and functions in Python's grammar. */

import type { ExpressionParser } from './expressions.js';
import type { Expression, SyntaxNode } from './syntax.js';

/**
 * Reads parameters up to, without, the token that closes them.
 * @param annotated whether they may have annotations (functions)
 */
export function parseParameters(parser: ExpressionParser, close: string, annotated: boolean): SyntaxNode {
  return new ParameterReader(parser, close, annotated).read();
}

class ParameterReader {
  #positionOnly: SyntaxNode[] | undefined;
  #positional: SyntaxNode[] = [];
  #star: SyntaxNode | undefined;
  #seenStar = false;
  #keywordOnly: SyntaxNode[] = [];
  #keywordDefaults: (Expression | null)[] = [];
  #keywords: SyntaxNode | undefined;
  #defaults: Expression[] = [];

  constructor(
    private readonly parser: ExpressionParser,
    private readonly close: string,
    private readonly annotated: boolean,
  ) {}

  read(): SyntaxNode {
    const { parser } = this;
    while (!parser.sees(this.close)) {
      this.#parameter();
      if (!parser.take(',')) break;
    }
    if (this.#seenStar && this.#star === undefined && this.#keywordOnly.length === 0) parser.fail();
    return parser.make({
      type: 'arguments',
      posonlyargs: this.#positionOnly ?? [],
      args: this.#positional,
      vararg: this.#star,
      kwonlyargs: this.#keywordOnly,
      kw_defaults: this.#keywordDefaults,
      kwarg: this.#keywords,
      defaults: this.#defaults,
    });
  }

  #parameter(): void {
    const { parser } = this;
    if (this.#keywords !== undefined) parser.fail();
    if (parser.take('**')) {
      this.#keywords = this.#argument(false);
    } else if (parser.take('*')) {
      if (this.#seenStar) parser.fail();
      this.#seenStar = true;
      if (!parser.sees(',')) this.#star = this.#argument(true);
    } else if (parser.take('/')) {
      if (this.#positionOnly !== undefined || this.#seenStar || this.#positional.length === 0) parser.fail();
      this.#positionOnly = this.#positional;
      this.#positional = [];
    } else {
      this.#named();
    }
  }

  #named(): void {
    const { parser } = this;
    const argument = this.#argument(false);
    const value = parser.take('=') ? parser.expression() : null;
    if (this.#seenStar) {
      this.#keywordOnly.push(argument);
      this.#keywordDefaults.push(value);
      return;
    }
    if (value !== null) this.#defaults.push(value);
    else if (this.#defaults.length > 0) parser.fail();
    this.#positional.push(argument);
  }

  #argument(starred: boolean): SyntaxNode {
    const { parser } = this;
    const arg = parser.name();
    const hasAnnotation = this.annotated && parser.take(':');
    const annotation = !hasAnnotation ? undefined : starred ? parser.starExpression() : parser.expression();
    return parser.make({ type: 'arg', arg, annotation });
  }
}
