/** What stands in brackets in Python's grammar: tuples, lists, sets, dictionaries and comprehensions. */

import type { ExpressionParser } from './expressions.js';
import type { Expression, SyntaxNode } from './syntax.js';
import { LOAD, STORE, toTarget } from './targets.js';

/** Reads behind `(`: a group, a tuple or a generator. */
export function parseParentheses(parser: ExpressionParser): Expression {
  if (parser.take(')')) return parser.make({ type: 'Tuple' as const, elts: [], ctx: LOAD });
  if (parser.sees('yield')) {
    const group = parser.yieldExpression();
    parser.expect(')');
    return group;
  }
  const first = parser.starNamed();
  if (seesComprehension(parser)) return comprehension(parser, 'GeneratorExp', first, ')');
  const isTuple = parser.sees(',');
  if (first.type === 'Starred' && !isTuple) parser.fail();
  const result = isTuple ? parser.tuple(first, () => parser.starNamed()) : first;
  parser.expect(')');
  return result;
}

/** Reads behind `[`: a list or a list comprehension. */
export function parseBrackets(parser: ExpressionParser): Expression {
  if (parser.take(']')) return parser.make({ type: 'List' as const, elts: [], ctx: LOAD });
  const first = parser.starNamed();
  if (seesComprehension(parser)) return comprehension(parser, 'ListComp', first, ']');
  const elts = rest(parser, first, ']');
  return parser.make({ type: 'List' as const, elts, ctx: LOAD });
}

/** Reads behind `{`: a set, a dictionary or a comprehension of either. */
export function parseBraces(parser: ExpressionParser): Expression {
  if (parser.sees('}') || parser.sees('**')) return dictionary(parser, [], []);
  const canBeKey = !parser.seesNamed();
  const first = parser.starNamed();
  if (parser.take(':')) {
    if (first.type === 'Starred' || !canBeKey) parser.fail();
    const value = parser.expression();
    if (!seesComprehension(parser)) {
      if (!parser.take(',') && !parser.sees('}')) parser.fail();
      return dictionary(parser, [first], [value]);
    }
    const generators = parseGenerators(parser);
    parser.expect('}');
    return parser.make({ type: 'DictComp' as const, key: first, value, generators });
  }
  if (seesComprehension(parser)) return comprehension(parser, 'SetComp', first, '}');
  return parser.make({ type: 'Set' as const, elts: rest(parser, first, '}') });
}

/** Whether a comprehension goes on from here. */
export function seesComprehension(parser: ExpressionParser): boolean {
  return parser.sees('for') || (parser.sees('async') && parser.sees('for', 1));
}

/** The `for ... in ... if ...` parts. */
export function parseGenerators(parser: ExpressionParser): SyntaxNode[] {
  const generators: SyntaxNode[] = [];
  while (seesComprehension(parser)) {
    const isAsync = parser.take('async');
    parser.expect('for');
    const target = parseTargetList(parser);
    parser.expect('in');
    const iter = parser.disjunction();
    const ifs: Expression[] = [];
    while (parser.take('if')) ifs.push(parser.disjunction());
    generators.push(parser.make({ type: 'comprehension', target, iter, ifs, is_async: isAsync ? 1n : 0n }));
  }
  return generators;
}

/** The targets between `for` and `in`. */
export function parseTargetList(parser: ExpressionParser): Expression {
  const target = () => (parser.take('*') ? parser.starred(() => parser.bitwiseOr()) : parser.bitwiseOr());
  const first = target();
  if (!parser.sees(',')) return toTarget(first, STORE, parser);
  const elts = [first];
  while (parser.take(',') && !parser.sees('in')) elts.push(target());
  return toTarget(parser.make({ type: 'Tuple' as const, elts, ctx: LOAD }), STORE, parser);
}

function comprehension(
  parser: ExpressionParser,
  type: 'GeneratorExp' | 'ListComp' | 'SetComp',
  elt: Expression,
  close: string,
): Expression {
  if (elt.type === 'Starred') parser.fail();
  const generators = parseGenerators(parser);
  parser.expect(close);
  return parser.make({ type, elt, generators });
}

function rest(parser: ExpressionParser, first: Expression, close: string): Expression[] {
  const elts = [first];
  while (parser.take(',') && !parser.sees(close)) elts.push(parser.starNamed());
  parser.expect(close);
  return elts;
}

/** Reads the pairs that are left, up to the closing brace. */
function dictionary(parser: ExpressionParser, keys: (Expression | null)[], values: Expression[]): Expression {
  while (!parser.sees('}')) {
    if (parser.take('**')) {
      keys.push(null);
      values.push(parser.bitwiseOr());
    } else {
      keys.push(parser.expression());
      parser.expect(':');
      values.push(parser.expression());
    }
    if (!parser.take(',')) break;
  }
  parser.expect('}');
  return parser.make({ type: 'Dict' as const, keys, values });
}
