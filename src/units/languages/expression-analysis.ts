/** Which code a resource expression may contain, and which names it uses (spec `units.md` 7.2). */

import { BUILT_INS } from './expression-calls.js';
import { PythonError, ResourceProgramError } from './language-errors.js';
import { type Attribute, type Call, childrenOf, dump, type SyntaxNode } from './python-grammar/syntax.js';

/** Operators of arithmetic are not among them, so neither `not` nor a sign can ever be used. */
const ALLOWED: ReadonlySet<string> = new Set([
  'Expr',
  'Attribute',
  'Name',
  'Load',
  'Constant',
  'List',
  'Tuple',
  'BoolOp',
  'And',
  'Or',
  'UnaryOp',
  'BinOp',
  'Compare',
  'Eq',
  'NotEq',
  'Lt',
  'LtE',
  'Gt',
  'GtE',
  'In',
  'NotIn',
  'Is',
  'IsNot',
]);

export interface UsedNames {
  /** In order of first appearance, each once. */
  readonly names: readonly string[];
  /** Attributes read of the name `manifest`. */
  readonly manifestAttributes: readonly string[];
}

/**
 * Checks the statements of an expression in Python's order of visiting.
 * @throws ResourceProgramError `not-allowed`; PythonError AttributeError for calls of anything but a name
 */
export function analyse(statements: readonly SyntaxNode[], text: string): UsedNames {
  const names = new Set<string>();
  const manifestAttributes = new Set<string>();
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Call') {
      // What the arguments are does not matter, and names in them are not seen.
      checkCall(node as Call, text);
    } else if (node.type === 'Attribute') {
      const { value, attr } = node as Attribute;
      if (value.type !== 'Name') return;
      names.add(value.id);
      if (value.id === 'manifest') manifestAttributes.add(attr);
    } else if (ALLOWED.has(node.type)) {
      if ('id' in node) names.add(String(node.id));
      for (const child of childrenOf(node)) visit(child);
    } else {
      throw notAllowed(node, text);
    }
  };
  for (const statement of statements) visit(statement);
  return { names: [...names], manifestAttributes: [...manifestAttributes] };
}

function checkCall(call: Call, text: string): void {
  if (call.func.type !== 'Name') {
    const message = `'${call.func.type}' object has no attribute 'id'`;
    throw new PythonError('AttributeError', message, 'unit-expression');
  }
  if (!BUILT_INS.has(call.func.id)) throw notAllowed(call, text);
}

function notAllowed(node: SyntaxNode, text: string): ResourceProgramError {
  return new ResourceProgramError(
    'not-allowed',
    text,
    `this kind of python code is not allowed: ${dump(node)}`,
  );
}
