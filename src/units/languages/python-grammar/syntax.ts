/** The syntax tree of Python, as far as a resource expression can meet it; fields stand in Python's order. */

import { pyFloatRepr } from '../../../python/float.js';
import { pyRepr, pyReprBytes } from '../../../python/repr.js';
import { PythonError } from '../language-errors.js';

/** A `bytes` constant; one character per byte. */
export class Bytes {
  constructor(readonly characters: string) {}
}

/** A complex constant: literals have an imaginary part only. */
export class Imaginary {
  constructor(readonly value: number) {}
}

/** The constant `...`. */
export const ELLIPSIS = Symbol('Ellipsis');

/** Integers with more decimal digits are not converted to text. */
const MAX_DIGITS = 4300n;

/** As `PyValue`: `bigint` is an integer, `number` a float. */
export type ConstantValue = null | boolean | string | bigint | number | Bytes | Imaginary | typeof ELLIPSIS;

/** Any node; operators and contexts are nodes without fields. */
export interface SyntaxNode {
  readonly type: string;
}

export interface Name {
  readonly type: 'Name';
  readonly id: string;
  readonly ctx: SyntaxNode;
}
export interface Constant {
  readonly type: 'Constant';
  readonly value: ConstantValue;
  /** `u` for a text with that prefix */
  readonly kind: string | undefined;
}
export interface Attribute {
  readonly type: 'Attribute';
  readonly value: Expression;
  readonly attr: string;
  readonly ctx: SyntaxNode;
}
export interface Subscript {
  readonly type: 'Subscript';
  readonly value: Expression;
  readonly slice: Expression;
  readonly ctx: SyntaxNode;
}
export interface Starred {
  readonly type: 'Starred';
  readonly value: Expression;
  readonly ctx: SyntaxNode;
}
export interface Sequence {
  readonly type: 'Tuple' | 'List';
  readonly elts: readonly Expression[];
  readonly ctx: SyntaxNode;
}
export interface BoolOp {
  readonly type: 'BoolOp';
  readonly op: SyntaxNode;
  readonly values: readonly Expression[];
}
export interface UnaryOp {
  readonly type: 'UnaryOp';
  readonly op: SyntaxNode;
  readonly operand: Expression;
}
export interface BinOp {
  readonly type: 'BinOp';
  readonly left: Expression;
  readonly op: SyntaxNode;
  readonly right: Expression;
}
export interface Compare {
  readonly type: 'Compare';
  readonly left: Expression;
  readonly ops: readonly SyntaxNode[];
  readonly comparators: readonly Expression[];
}
export interface Call {
  readonly type: 'Call';
  readonly func: Expression;
  readonly args: readonly Expression[];
  readonly keywords: readonly SyntaxNode[];
}
/** What no resource expression may contain and no evaluation needs; `fields` only serves the dump. */
export interface OtherExpression {
  readonly type:
    | 'Await'
    | 'Dict'
    | 'DictComp'
    | 'FormattedValue'
    | 'GeneratorExp'
    | 'IfExp'
    | 'JoinedStr'
    | 'Lambda'
    | 'ListComp'
    | 'NamedExpr'
    | 'Set'
    | 'SetComp'
    | 'Slice'
    | 'Yield'
    | 'YieldFrom';
}

export type Expression =
  | Name
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Sequence
  | BoolOp
  | UnaryOp
  | BinOp
  | Compare
  | Call
  | OtherExpression;

/** An expression that stands as a statement. */
export interface ExpressionStatement {
  readonly type: 'Expr';
  readonly value: Expression;
}

/** The nodes right below a node, in Python's order. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) children.push(item);
    } else if (isNode(value)) {
      children.push(value);
    }
  }
  return children;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** `ast.dump(node)` of Python 3.11. */
export function dump(node: SyntaxNode): string {
  // An optional field that is absent is undefined, and not shown.
  const fields = Object.entries(node).filter(([name, value]) => name !== 'type' && value !== undefined);
  return `${node.type}(${fields.map(([name, value]) => `${name}=${dumpValue(value)}`).join(', ')})`;
}

function dumpValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(dumpValue).join(', ')}]`;
  return isNode(value) ? dump(value) : constantRepr(value as ConstantValue);
}

/** `repr` of a constant. @throws PythonError ValueError for an integer too long to print */
export function constantRepr(value: ConstantValue): string {
  if (value === ELLIPSIS) return 'Ellipsis';
  if (value instanceof Bytes) return pyReprBytes(Uint8Array.from(value.characters, (c) => c.charCodeAt(0)));
  if (value instanceof Imaginary) return `${pyFloatRepr(value.value).replace(/\.0$/, '')}j`;
  if (typeof value === 'bigint' && value >= 10n ** MAX_DIGITS) {
    throw new PythonError(
      'ValueError',
      'Exceeds the limit (4300 digits) for integer string conversion',
      'unit-expression',
    );
  }
  return pyRepr(value);
}
