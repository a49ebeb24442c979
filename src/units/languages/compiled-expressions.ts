/** Resource expressions that were compiled before: many jobs of a session require the same. */

import { type NameScope, ResourceExpression } from './expression.js';

/** The oldest goes when there are more. */
const MOST_KEPT = 1024;

const kept: Map<string, ResourceExpression> = /* @__PURE__ */ new Map();

/**
 * The compiled form of an expression. It is immutable, so all who ask for the same text in the same scope share it.
 *
 * @throws as {@link ResourceExpression.compile}
 */
export function compiledExpression(text: string, scope: NameScope): ResourceExpression {
  const key = keyOf(text, scope);
  let expression = kept.get(key);
  if (expression === undefined) {
    expression = ResourceExpression.compile(text, scope);
    if (kept.size === MOST_KEPT) kept.delete(kept.keys().next().value!);
    kept.set(key, expression);
  }
  return expression;
}

/** Quotes keep the parts apart, whatever they hold. */
function keyOf(text: string, { implicitNamespace, imports }: NameScope): string {
  if (imports.size === 0) return JSON.stringify([text, implicitNamespace]);
  return JSON.stringify([text, implicitNamespace, ...imports]);
}
