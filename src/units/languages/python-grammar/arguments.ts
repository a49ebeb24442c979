/** The arguments of calls in Python's grammar. */

import { parseGenerators, seesComprehension } from './displays.js';
import type { ExpressionParser } from './expressions.js';
import type { Expression, SyntaxNode } from './syntax.js';

export interface CallArguments {
  readonly args: readonly Expression[];
  readonly keywords: readonly SyntaxNode[];
}

/** Reads behind `(`, up to and with `)`. */
export function parseCallArguments(parser: ExpressionParser): CallArguments {
  const args: Expression[] = [];
  const keywords: SyntaxNode[] = [];
  let unpacked = false;
  while (!parser.take(')')) {
    if (parser.take('**')) {
      unpacked = true;
      keywords.push(parser.make({ type: 'keyword', arg: undefined, value: parser.expression() }));
    } else if (parser.seesName() && parser.sees('=', 1)) {
      const arg = parser.name();
      parser.next();
      keywords.push(parser.make({ type: 'keyword', arg, value: parser.expression() }));
    } else if (parser.take('*')) {
      if (unpacked) parser.fail();
      args.push(parser.starred(() => parser.expression()));
    } else {
      if (keywords.length > 0) parser.fail();
      const value = parser.named();
      if (seesComprehension(parser)) {
        // A generator needs no parentheses of its own where it is the only argument.
        if (args.length > 0) parser.fail();
        const generators = parseGenerators(parser);
        parser.expect(')');
        return { args: [parser.make({ type: 'GeneratorExp' as const, elt: value, generators })], keywords };
      }
      args.push(value);
    }
    if (!parser.take(',') && !parser.sees(')')) parser.fail();
  }
  return { args, keywords };
}
