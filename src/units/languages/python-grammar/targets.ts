/** What Python allows on the left of an assignment. */

import type { TokenReader } from './reader.js';
import type { Expression, SyntaxNode } from './syntax.js';

export const LOAD: SyntaxNode = { type: 'Load' };
export const STORE: SyntaxNode = { type: 'Store' };
export const DELETE: SyntaxNode = { type: 'Del' };

/** The same expression as a target; anything else is a syntax error. */
export function toTarget(expression: Expression, ctx: SyntaxNode, reader: TokenReader): Expression {
  switch (expression.type) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
      return reader.make({ ...expression, ctx });
    case 'Tuple':
    case 'List':
      return reader.make({
        ...expression,
        elts: expression.elts.map((item) => toTarget(item, ctx, reader)),
        ctx,
      });
    case 'Starred':
      if (ctx === DELETE || expression.value.type === 'Starred') return reader.fail();
      return reader.make({ ...expression, value: toTarget(expression.value, ctx, reader), ctx });
    default:
      return reader.fail();
  }
}

/** The target of an annotation or of an operator with `=`: one place, no list of them. */
export function toSingleTarget(expression: Expression, reader: TokenReader): Expression {
  if (expression.type === 'Tuple' || expression.type === 'List' || expression.type === 'Starred')
    reader.fail();
  return toTarget(expression, STORE, reader);
}
