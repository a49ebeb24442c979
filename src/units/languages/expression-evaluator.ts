/** Turns resource expressions into functions: a closed evaluator, without code of the host (spec `units.md` 7.4). */

import { BUILT_INS } from './expression-calls.js';
import { Raised } from './language-errors.js';
import { Method, readAttribute } from './python-attributes.js';
import type {
  Attribute,
  BinOp,
  Call,
  Compare,
  Expression,
  Sequence,
  UnaryOp,
} from './python-grammar/syntax.js';
import {
  compareValues,
  contains,
  isEqual,
  isIdentical,
  isReal,
  isTrue,
  type Resource,
  SequenceValue,
  toNumber,
  typeError,
  typeName,
  type Value,
} from './python-values.js';

/**
 * The value of an expression for one record of each alias, in the order of the aliases.
 * @throws Raised where Python raises an exception, and for what this evaluator does not know
 */
export type Evaluate = (records: readonly Resource[]) => Value;

type Comparison = (left: Value, right: Value) => boolean;

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['Eq', isEqual],
  ['NotEq', (left, right) => !isEqual(left, right)],
  ['Lt', (left, right) => compareValues(left, right, '<') < 0],
  ['LtE', (left, right) => compareValues(left, right, '<=') <= 0],
  ['Gt', (left, right) => compareValues(left, right, '>') > 0],
  ['GtE', (left, right) => compareValues(left, right, '>=') >= 0],
  ['Is', isIdentical],
  ['IsNot', (left, right) => !isIdentical(left, right)],
  ['In', (left, right) => contains(right, left)],
  ['NotIn', (left, right) => !contains(right, left)],
]);

/** @param aliases the names that are bound to records, in their order */
export function compileExpression(node: Expression, aliases: readonly string[]): Evaluate {
  const compile = (part: Expression) => compileExpression(part, aliases);
  switch (node.type) {
    case 'Constant': {
      const { value } = node;
      return () => value;
    }
    case 'Name':
      return compileName(node.id, aliases);
    case 'Attribute':
      return compileAttribute(node, compile);
    case 'Tuple':
    case 'List':
      return compileSequence(node, compile);
    case 'BoolOp':
      return compileBoolean(node.values.map(compile), node.op.type === 'Or');
    case 'Compare':
      return compileComparison(node, compile);
    case 'Call':
      return compileCall(node, aliases, compile);
    case 'UnaryOp':
      return compileUnary(node, compile);
    case 'BinOp':
      return compileArithmetic(node, compile);
    default:
      return notKnown(node.type);
  }
}

function compileName(id: string, aliases: readonly string[]): Evaluate {
  const index = aliases.indexOf(id);
  if (index !== -1) return (records) => records[index]!;
  return () => {
    throw new Raised('NameError', `name '${id}' is not defined`);
  };
}

function compileAttribute(node: Attribute, compile: (part: Expression) => Evaluate): Evaluate {
  const object = compile(node.value);
  const { attr } = node;
  // A record has every member: those it lacks are empty. Its special attributes are good for nothing.
  const otherwise = /^__\w+__$/.test(attr) ? new Method('Resource', attr) : '';
  return (records) => {
    const value = object(records);
    if (value instanceof Map) return value.get(attr) ?? otherwise;
    const isPlain = typeof value === 'string' || typeof value === 'bigint';
    const found = isPlain ? readAttribute(value, attr) : undefined;
    if (found !== undefined) return found as Value;
    throw new Raised('AttributeError', `'${typeName(value)}' object has no attribute '${attr}'`);
  };
}

function compileSequence(node: Sequence, compile: (part: Expression) => Evaluate): Evaluate {
  const type = node.type === 'Tuple' ? 'tuple' : 'list';
  if (node.elts.every((item) => item.type === 'Constant')) {
    const value = new SequenceValue(
      type,
      node.elts.map((item) => item.value),
    );
    return () => value;
  }
  const items = node.elts.map(compile);
  return (records) =>
    new SequenceValue(
      type,
      items.map((item) => item(records)),
    );
}

/** `and` and `or` give one of their operands. */
function compileBoolean(operands: readonly Evaluate[], stopAt: boolean): Evaluate {
  const init = operands.slice(0, -1);
  const last = operands.at(-1)!;
  return (records) => {
    for (const operand of init) {
      const value = operand(records);
      if (isTrue(value) === stopAt) return value;
    }
    return last(records);
  };
}

function compileComparison(node: Compare, compile: (part: Expression) => Evaluate): Evaluate {
  const first = compile(node.left);
  const steps = node.ops.map((op, index) => ({
    holds: COMPARISONS.get(op.type)!,
    operand: compile(node.comparators[index]!),
  }));
  return (records) => {
    let left = first(records);
    for (const { holds, operand } of steps) {
      const right = operand(records);
      if (!holds(left, right)) return false;
      left = right;
    }
    return true;
  };
}

function compileCall(
  node: Call,
  aliases: readonly string[],
  compile: (part: Expression) => Evaluate,
): Evaluate {
  const name = node.func.type === 'Name' ? node.func.id : '';
  const builtIn = BUILT_INS.get(name);
  // A name that is bound to records hides the function.
  if (builtIn === undefined || aliases.includes(name) || node.keywords.length > 0) return notKnown('Call');
  const values = node.args.map(compile);
  return (records) => builtIn(values.map((value) => value(records)));
}

function compileUnary(node: UnaryOp, compile: (part: Expression) => Evaluate): Evaluate {
  const operand = compile(node.operand);
  const operator = node.op.type;
  if (operator === 'Not') return (records) => !isTrue(operand(records));
  if (operator === 'Invert') return notKnown(operator);
  return (records) => {
    const value = operand(records);
    if (!isReal(value)) throw typeError(`bad operand type for unary operator: '${typeName(value)}'`);
    return operator === 'USub' ? -toNumber(value) : toNumber(value);
  };
}

/** Sums and differences, which only stand inside of calls. */
function compileArithmetic(node: BinOp, compile: (part: Expression) => Evaluate): Evaluate {
  const left = compile(node.left);
  const right = compile(node.right);
  const operator = node.op.type;
  if (operator !== 'Add' && operator !== 'Sub') return notKnown(operator);
  return (records) => {
    const a = left(records);
    const b = right(records);
    if (operator === 'Add' && typeof a === 'string' && typeof b === 'string') return a + b;
    if (!isReal(a) || !isReal(b)) {
      throw typeError(`unsupported operand types: '${typeName(a)}' and '${typeName(b)}'`);
    }
    return add(toNumber(a), operator === 'Sub' ? -toNumber(b) : toNumber(b));
  };
}

function add(left: bigint | number, right: bigint | number): bigint | number {
  return typeof left === 'bigint' && typeof right === 'bigint' ? left + right : Number(left) + Number(right);
}

function notKnown(what: string): Evaluate {
  return () => {
    throw typeError(`${what} is not evaluated`);
  };
}
