/** The values of Jinja2 expressions (spec `units.md` 4.2). */

import type { PyDict } from '../../../python/value.js';
import { limitError, TemplateError } from '../language-errors.js';
import { Method, readAttribute } from '../python-attributes.js';
import {
  compareValues,
  contains,
  DictValue,
  fromPyValue,
  isEqual,
  isReal,
  isTrue,
  SequenceValue,
  toNumber,
  toRepr,
  toText,
  typeError,
  typeName,
  Undefined,
  type Value,
} from '../python-values.js';
import { applyFilter, callMethod, MAX_TEXT } from './methods.js';
import { GLOBALS } from './names.js';
import type { ComparisonOperator, JinjaExpression } from './syntax.js';

/** Methods that hide entries of the same name in `dictionary.name`. */
const DICT_METHODS: ReadonlySet<string> = new Set(
  'clear copy fromkeys get items keys pop popitem setdefault update values'.split(' '),
);
const LIST_METHODS: ReadonlySet<string> = new Set(
  'append clear copy count extend index insert pop remove reverse sort'.split(' '),
);

/** Evaluates expressions over variables that the template itself can set. */
export class JinjaEvaluator {
  readonly #set = new Map<string, Value>();

  constructor(private readonly variables: PyDict) {}

  set(name: string, value: Value): void {
    this.#set.set(name, value);
  }

  /** @throws TemplateError, Raised; UnitDefinitionError `limit-evaluation` */
  evaluate(node: JinjaExpression): Value {
    switch (node.kind) {
      case 'constant':
        return node.value;
      case 'name':
        return this.#variable(node.name);
      case 'list':
      case 'tuple':
        return boundedSequence(node.kind, this.#all(node.items));
      case 'attribute':
        return attributeOf(this.evaluate(node.object), node.name);
      case 'item':
        return itemOf(this.evaluate(node.object), this.evaluate(node.key));
      case 'method':
        return method(this.evaluate(node.object), node.name, this.#all(node.args));
      case 'filter':
        return applyFilter(this.evaluate(node.object), node.name, this.#all(node.args));
      case 'test':
        return test(this.evaluate(node.object), node.name) !== node.negated;
      case 'compare':
        return this.#compare(node);
      case 'and':
      case 'or': {
        const left = this.evaluate(node.left);
        return isTrue(left) === (node.kind === 'or') ? left : this.evaluate(node.right);
      }
      case 'not':
        return !isTrue(this.evaluate(node.operand));
      case 'negative':
      case 'positive':
        return signed(this.evaluate(node.operand), node.kind);
      case 'concatenate':
        return bounded(toText(this.evaluate(node.left)) + toText(this.evaluate(node.right)));
      case 'add':
        return add(this.evaluate(node.left), this.evaluate(node.right));
      case 'conditional':
        if (isTrue(this.evaluate(node.test))) return this.evaluate(node.then);
        if (node.otherwise !== undefined) return this.evaluate(node.otherwise);
        return new Undefined('the inline if-expression evaluated to false and no else section was defined.');
    }
  }

  #all(nodes: readonly JinjaExpression[]): Value[] {
    return nodes.map((node) => this.evaluate(node));
  }

  #variable(name: string): Value {
    const value = this.#set.get(name);
    if (value !== undefined) return value;
    const given = this.variables.get(name);
    if (given !== undefined) return fromPyValue(given);
    if (GLOBALS.has(name)) throw unsupported(`global ${name}`);
    return new Undefined(`'${name}' is undefined`);
  }

  #compare(node: JinjaExpression & { kind: 'compare' }): boolean {
    let left = this.evaluate(node.first);
    for (const { operator, operand } of node.rest) {
      const right = this.evaluate(operand);
      if (!holds(operator, left, right)) return false;
      left = right;
    }
    return true;
  }
}

function holds(operator: ComparisonOperator, left: Value, right: Value): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case 'in':
      return contains(right, left);
    case 'not in':
      return !contains(right, left);
  }
  const order = compareValues(defined(left), defined(right), operator);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

/** `object.name`: an attribute, else an entry. */
function attributeOf(object: Value, name: string): Value {
  const value = defined(object);
  return ownAttribute(value, name) ?? entryOf(value, name) ?? missing(value, name);
}

/** `object[key]`: an entry, else for a text an attribute. */
function itemOf(object: Value, key: Value): Value {
  const value = defined(object);
  const found = entryOf(value, key);
  if (found !== undefined) return found;
  return (typeof key === 'string' ? ownAttribute(value, key) : undefined) ?? missing(value, key);
}

function entryOf(value: Value, key: Value): Value | undefined {
  if (value instanceof DictValue) {
    const found = typeof key === 'string' ? value.entries.get(key) : undefined;
    return found === undefined ? undefined : fromPyValue(found);
  }
  const items =
    typeof value === 'string' ? [...value] : value instanceof SequenceValue ? value.items : undefined;
  if (items === undefined || (typeof key !== 'bigint' && typeof key !== 'boolean')) return undefined;
  return items.at(Number(key));
}

/**
 * Attributes that Python's types have; undefined when there is none.
 * @throws TemplateError `unsupported` for methods, which only make sense when called
 */
function ownAttribute(value: Value, name: string): Value | undefined {
  if (/^__\w+__$/.test(name)) throw unsupported(`attribute ${name}`);
  if (typeof value === 'string' || typeof value === 'bigint') {
    const found = readAttribute(value, name);
    if (found instanceof Method) throw unsupported(`method ${name} without a call`);
    return found as Value | undefined;
  }
  const methods =
    value instanceof DictValue ? DICT_METHODS : value instanceof SequenceValue ? LIST_METHODS : undefined;
  if (methods?.has(name)) throw unsupported(`method ${name} without a call`);
  return undefined;
}

function missing(value: Value, key: Value): Undefined {
  const type = value === null ? 'None' : `${typeName(value)} object`;
  if (typeof key === 'string') return new Undefined(`'${type}' has no attribute '${key}'`);
  return new Undefined(`${type} has no element ${toRepr(key)}`);
}

function method(object: Value, name: string, args: readonly Value[]): Value {
  const value = defined(object);
  const result = callMethod(value, name, args);
  if (result !== undefined) return result;
  // Either there is such a method, which makes an error of its own, or there is nothing to call.
  defined(attributeOf(value, name));
  throw unsupported(`call of ${name}`);
}

function test(value: Value, name: string): boolean {
  if (name === 'none') return value === null;
  return value instanceof Undefined === (name === 'undefined');
}

function signed(value: Value, kind: 'negative' | 'positive'): Value {
  const number = defined(value);
  if (!isReal(number)) throw typeError(`bad operand type for unary operator: '${typeName(number)}'`);
  return kind === 'negative' ? -toNumber(number) : toNumber(number);
}

function add(first: Value, second: Value): Value {
  const left = defined(first);
  const right = defined(second);
  if (typeof left === 'string' && typeof right === 'string') return bounded(left + right);
  if (left instanceof SequenceValue && right instanceof SequenceValue && left.type === right.type) {
    return boundedSequence(left.type, [...left.items, ...right.items]);
  }
  if (!isReal(left) || !isReal(right)) {
    throw typeError(`unsupported operand type(s) for +: '${typeName(left)}' and '${typeName(right)}'`);
  }
  const [a, b] = [toNumber(left), toNumber(right)];
  return typeof a === 'bigint' && typeof b === 'bigint' ? a + b : Number(a) + Number(b);
}

/** @throws TemplateError `undefined`: there is nothing that more could be done with */
function defined(value: Value): Exclude<Value, Undefined> {
  if (value instanceof Undefined) throw new TemplateError('undefined', value.message);
  return value;
}

function bounded(text: string): string {
  if (text.length > MAX_TEXT) throw limitError('text of a template', MAX_TEXT);
  return text;
}

function boundedSequence(type: 'tuple' | 'list', items: readonly Value[]): SequenceValue {
  const sequence = new SequenceValue(type, items);
  if (sequence.weight > MAX_TEXT) throw limitError('text of a template', MAX_TEXT);
  return sequence;
}

function unsupported(construct: string): TemplateError {
  return new TemplateError('unsupported', `not supported in templates: ${construct}`);
}
