/** The values of resource expressions and templates, compared as Python compares them (spec `units.md` 7.4). */

import { pyRepr } from '../../python/repr.js';
import { compareCodePoints } from '../../python/text.js';
import { isPyDict, isPyList, type PyDict, type PyValue, pyTypeName } from '../../python/value.js';
import { codePointLength } from './format-spec.js';
import { Raised } from './language-errors.js';
import { Method } from './python-attributes.js';
import { Bytes, type ConstantValue, constantRepr, Imaginary } from './python-grammar/syntax.js';

/** One record of a resource: member -> text. */
export type Resource = ReadonlyMap<string, string>;

/** A tuple or a list. */
export class SequenceValue {
  /** Characters and items in it, each time they occur: bounds what can be done with it. */
  readonly weight: number;

  constructor(
    readonly type: 'tuple' | 'list',
    readonly items: readonly Value[],
  ) {
    let weight = 1;
    for (const item of items) weight += weightOf(item);
    this.weight = weight;
  }
}

/** A dictionary; only templates have them. */
export class DictValue {
  constructor(readonly entries: PyDict) {}
}

/** What a template has in place of something that does not exist. */
export class Undefined {
  /** @param message the text of the error when more is done with it than showing it */
  constructor(readonly message: string) {}
}

/** A method is an attribute that nobody called: true, and equal to nothing else. */
export type Value = ConstantValue | SequenceValue | Resource | Method | DictValue | Undefined;

type Real = boolean | bigint | number;

/** `type(value).__name__` */
export function typeName(value: Value): string {
  if (typeof value === 'symbol') return 'ellipsis';
  if (value instanceof Bytes) return 'bytes';
  if (value instanceof Imaginary) return 'complex';
  if (value instanceof SequenceValue) return value.type;
  if (value instanceof DictValue) return 'dict';
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Method) return Method.typeName;
  return value instanceof Map ? 'Resource' : pyTypeName(value);
}

/** `bool(value)` */
export function isTrue(value: Value): boolean {
  if (value instanceof SequenceValue) return value.items.length > 0;
  if (value instanceof Bytes) return value.characters !== '';
  if (value instanceof Imaginary) return value.value !== 0;
  if (value instanceof DictValue) return value.entries.size > 0;
  if (value instanceof Undefined) return false;
  // NaN is true in Python.
  return typeof value === 'number' ? value !== 0 : Boolean(value);
}

/** `left == right` */
export function isEqual(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (isReal(left) && isReal(right)) return compareReals(toNumber(left), toNumber(right)) === 0;
  if (left instanceof Imaginary || right instanceof Imaginary) return equalsImaginary(left, right);
  if (left instanceof Bytes) return right instanceof Bytes && left.characters === right.characters;
  if (left instanceof SequenceValue) return right instanceof SequenceValue && equalSequences(left, right);
  if (left instanceof Map) return right instanceof Map && equalEntries(left, right);
  if (left instanceof DictValue)
    return right instanceof DictValue && equalEntries(left.entries, right.entries);
  return left instanceof Undefined && right instanceof Undefined;
}

/** `left is right`, as far as Python defines it: constants, small integers, texts of at most one character. */
export function isIdentical(left: Value, right: Value): boolean {
  if (typeof left === 'string') return left === right && (left === '' || /^[\0-\xff]$/.test(left));
  if (typeof left === 'bigint') return left === right && left >= -5n && left <= 256n;
  return typeof left !== 'number' && left === right;
}

/** `item in container`. @throws Raised TypeError, ValueError */
export function contains(container: Value, item: Value): boolean {
  if (typeof container === 'string') {
    if (typeof item === 'string') return container.includes(item);
    throw typeError(`'in <string>' requires string as left operand, not ${typeName(item)}`);
  }
  if (container instanceof SequenceValue) return container.items.some((member) => isEqual(member, item));
  if (container instanceof Bytes) return bytesContain(container, item);
  if (container instanceof DictValue) return entryAt(container, item) !== undefined;
  if (container instanceof Undefined) return false;
  throw typeError(`argument of type '${typeName(container)}' is not iterable`);
}

/** The value of an entry; undefined when there is none. @throws Raised TypeError for a key that is a list or dictionary */
export function entryAt(dictionary: DictValue, key: Value): Value | undefined {
  requireHashable(key);
  const found = typeof key === 'string' ? dictionary.entries.get(key) : undefined;
  return found === undefined ? undefined : fromPyValue(found);
}

function requireHashable(key: Value): void {
  if (key instanceof DictValue || (key instanceof SequenceValue && key.type === 'list')) {
    throw typeError(`unhashable type: '${typeName(key)}'`);
  }
  if (key instanceof SequenceValue) key.items.forEach(requireHashable);
}

/**
 * Whether `left` stands before, at or after `right`: negative, zero, positive; NaN when they have no order.
 * @throws Raised TypeError: values of these types are not ordered
 */
export function compareValues(left: Value, right: Value, operator: string): number {
  if (typeof left === 'string' && typeof right === 'string') return compareCodePoints(left, right);
  if (isReal(left) && isReal(right)) return compareReals(toNumber(left), toNumber(right));
  if (left instanceof Bytes && right instanceof Bytes)
    return compareCodePoints(left.characters, right.characters);
  if (left instanceof SequenceValue && right instanceof SequenceValue && left.type === right.type) {
    const at = left.items.findIndex(
      (item, index) => index >= right.items.length || !isEqual(item, right.items[index]!),
    );
    if (at === -1 || at >= right.items.length) return left.items.length - right.items.length;
    return compareValues(left.items[at]!, right.items[at]!, operator);
  }
  throw typeError(
    `'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
  );
}

/** `len(value)`. @throws Raised TypeError */
export function lengthOf(value: Value): bigint {
  if (typeof value === 'string') return BigInt(codePointLength(value));
  if (value instanceof Bytes) return BigInt(value.characters.length);
  if (value instanceof SequenceValue) return BigInt(value.items.length);
  if (value instanceof DictValue) return BigInt(value.entries.size);
  if (value instanceof Undefined) return 0n;
  throw typeError(`object of type '${typeName(value)}' has no len()`);
}

/** `str(value)` */
export function toText(value: Value): string {
  if (value instanceof Undefined) return '';
  return typeof value === 'string' ? value : toRepr(value);
}

/** `repr(value)` */
export function toRepr(value: Value): string {
  if (value instanceof SequenceValue) {
    const items = value.items.map(toRepr).join(', ');
    if (value.type === 'list') return `[${items}]`;
    return value.items.length === 1 ? `(${items},)` : `(${items})`;
  }
  if (value instanceof DictValue) return pyRepr(value.entries);
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Method) return value.toString();
  return value instanceof Map ? pyRepr(value) : constantRepr(value as ConstantValue);
}

/** The same value for an evaluator. */
export function fromPyValue(value: PyValue): Value {
  if (isPyList(value)) return new SequenceValue('list', value.map(fromPyValue));
  return isPyDict(value) ? new DictValue(value) : (value as Value);
}

export function isReal(value: Value): value is Real {
  return typeof value === 'boolean' || typeof value === 'bigint' || typeof value === 'number';
}

/** A boolean counts as an integer. */
export function toNumber(value: Real): bigint | number {
  return typeof value === 'boolean' ? BigInt(value) : value;
}

export function typeError(message: string): Raised {
  return new Raised('TypeError', message);
}

/** JavaScript compares a bigint with a number without loss, as Python compares an int with a float. */
function compareReals(left: bigint | number, right: bigint | number): number {
  if (left < right) return -1;
  if (left > right) return 1;
  return Number.isNaN(left) || Number.isNaN(right) ? Number.NaN : 0;
}

function weightOf(value: Value): number {
  if (typeof value === 'string') return value.length + 1;
  if (value instanceof SequenceValue) return value.weight;
  if (!(value instanceof DictValue)) return 1;
  let weight = 1;
  for (const [key, entry] of value.entries) weight += key.length + weightOf(fromPyValue(entry));
  return weight;
}

function equalsImaginary(left: Value, right: Value): boolean {
  const [a, b] = [complexParts(left), complexParts(right)];
  return (
    a !== undefined && b !== undefined && compareReals(a.real, b.real) === 0 && a.imaginary === b.imaginary
  );
}

function complexParts(value: Value): { real: bigint | number; imaginary: number } | undefined {
  if (value instanceof Imaginary) return { real: 0, imaginary: value.value };
  return isReal(value) ? { real: toNumber(value), imaginary: 0 } : undefined;
}

function equalSequences(left: SequenceValue, right: SequenceValue): boolean {
  if (left.type !== right.type || left.items.length !== right.items.length) return false;
  return left.items.every((item, index) => isEqual(item, right.items[index]!));
}

/** Order does not matter. */
function equalEntries(left: PyDict, right: PyDict): boolean {
  if (left.size !== right.size) return false;
  for (const [key, value] of left) {
    const other = right.get(key);
    if (other === undefined || !isEqual(fromPyValue(value), fromPyValue(other))) return false;
  }
  return true;
}

function bytesContain(container: Bytes, item: Value): boolean {
  if (item instanceof Bytes) return container.characters.includes(item.characters);
  if (typeof item !== 'bigint' && typeof item !== 'boolean') {
    throw typeError(`a bytes-like object is required, not '${typeName(item)}'`);
  }
  const byte = Number(item);
  if (byte >= 0 && byte <= 255) return container.characters.includes(String.fromCharCode(byte));
  throw new Raised('ValueError', 'byte must be in range(0, 256)');
}
