/** The functions that resource expressions may call: `len`, `bool`, `int`, `float` (spec `units.md` 7.2). */

import { parsePyFloat } from '../../python/float.js';
import { pyRepr } from '../../python/repr.js';
import { decimalValue, pyStrip } from '../../python/text.js';
import { Raised } from './language-errors.js';
import { isReal, isTrue, lengthOf, toNumber, typeError, typeName, type Value } from './python-values.js';

/** Most digits of a decimal integer that Python reads. */
const MAX_DIGITS = 4300;

/** A function of the language. @throws Raised as Python's function does */
export type BuiltIn = (values: readonly Value[]) => Value;

export const BUILT_INS: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ['len', (values) => lengthOf(single('len', values))],
  ['bool', (values) => values.length > 0 && isTrue(single('bool', values))],
  ['int', (values) => (values.length === 0 ? 0n : toInteger(single('int', values)))],
  ['float', (values) => (values.length === 0 ? 0 : toFloat(single('float', values)))],
]);

function single(name: string, values: readonly Value[]): Value {
  const [value] = values;
  if (value === undefined || values.length > 1) {
    throw typeError(`${name} expected 1 argument, got ${values.length}`);
  }
  return value;
}

function toInteger(value: Value): bigint {
  if (isReal(value)) {
    const number = toNumber(value);
    if (typeof number === 'bigint') return number;
    if (Number.isFinite(number)) return BigInt(Math.trunc(number));
    const what = Number.isNaN(number) ? 'NaN' : 'infinity';
    throw failure(
      Number.isNaN(number) ? 'ValueError' : 'OverflowError',
      `cannot convert float ${what} to integer`,
    );
  }
  if (typeof value !== 'string') throw notANumber('int', value);
  const digits = [...pyStrip(value)].map((c) => (/\p{Nd}/u.test(c) ? decimalValue(c) : c)).join('');
  const [, sign, number] = /^([+-]?)([0-9]+(?:_[0-9]+)*)$/.exec(digits) ?? [];
  if (number === undefined)
    throw failure('ValueError', `invalid literal for int() with base 10: ${pyRepr(value)}`);
  const plain = number.replaceAll('_', '');
  if (plain.length > MAX_DIGITS)
    throw failure('ValueError', 'Exceeds the limit (4300 digits) for integer string conversion');
  return sign === '-' ? -BigInt(plain) : BigInt(plain);
}

function toFloat(value: Value): number {
  if (isReal(value)) {
    const number = Number(value);
    if (typeof value === 'bigint' && !Number.isFinite(number)) {
      throw failure('OverflowError', 'int too large to convert to float');
    }
    return number;
  }
  if (typeof value !== 'string') throw notANumber('float', value);
  const number = parsePyFloat(value);
  if (number === undefined)
    throw failure('ValueError', `could not convert string to float: ${pyRepr(value)}`);
  return number;
}

function notANumber(name: string, value: Value): Raised {
  return typeError(`${name}() argument must be a string or a real number, not '${typeName(value)}'`);
}

function failure(exception: 'ValueError' | 'OverflowError', message: string): Raised {
  return new Raised(exception, message);
}
