/** The presentation types of integers in Python's format specs (spec `units.md` 6.4). */

import type { FormatSpec } from './format-spec.js';
import { PythonError } from './language-errors.js';

/** The absolute value of a number, cut for the layout. */
export interface NumberParts {
  /** `0x` and the like. */
  readonly prefix: string;
  /** Digits before the point; these are grouped. */
  readonly digits: string;
  /** Digits between two separators. */
  readonly groupSize: number;
  /** Fraction, exponent, percent sign. */
  readonly tail: string;
}

const RADIX: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16 };

/**
 * Cuts an integer for a presentation type; undefined: integers know no such type.
 * @throws PythonError ValueError for a spec that does not go with the type, OverflowError for large values
 */
export function numberParts(value: bigint, spec: FormatSpec): NumberParts | undefined {
  const { type } = spec;
  if ('eEfFgG%'.includes(type)) return floatParts(value, spec);
  if (!'bcdnoxX'.includes(type)) return undefined;
  if (spec.precision !== undefined) throw refuse('Precision not allowed in integer format specifier');
  if (spec.noNegativeZero) throw refuse('Negative zero coercion (z) not allowed in integer format specifier');
  if (type === 'c') return characterParts(value, spec);
  const absolute = value < 0n ? -value : value;
  const radix = RADIX[type] ?? 10;
  const digits = absolute.toString(radix);
  return {
    prefix: spec.alternate && radix !== 10 ? `0${type}` : '',
    digits: type === 'X' ? digits.toUpperCase() : digits,
    groupSize: radix === 10 ? 3 : 4,
    tail: '',
  };
}

function characterParts(value: bigint, spec: FormatSpec): NumberParts {
  if (spec.sign !== '') throw refuse("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) throw refuse("Alternate form (#) not allowed with integer format specifier 'c'");
  if (value < 0n || value > 0x10ffffn) throw overflow('%c arg not in range(0x110000)');
  return { prefix: '', digits: String.fromCodePoint(Number(value)), groupSize: 3, tail: '' };
}

/** An integer shown as a float: its digits are those of the nearest double, which is integral too. */
function floatParts(value: bigint, spec: FormatSpec): NumberParts {
  const absolute = Number(value < 0n ? -value : value);
  if (!Number.isFinite(absolute)) throw overflow('int too large to convert to float');
  const { type, alternate } = spec;
  const shown = type === '%' ? absolute * 100 : absolute;
  const suffix = type === '%' ? '%' : '';
  if (!Number.isFinite(shown)) return { prefix: '', digits: 'inf', groupSize: 3, tail: suffix };
  const digits = BigInt(shown).toString();
  const precision = spec.precision ?? 6;
  const lower = type.toLowerCase();
  if (lower === 'f' || type === '%') return fixed(digits, '0'.repeat(precision), alternate, suffix);
  const scientific = lower === 'e';
  const significant = scientific ? precision + 1 : Math.max(precision, 1);
  const rounded = roundDigits(digits, significant);
  const fraction = rounded.mantissa.slice(1);
  if (!scientific && rounded.exponent < significant) {
    const whole = rounded.mantissa.slice(0, rounded.exponent + 1);
    return fixed(whole, alternate ? '0'.repeat(significant - whole.length) : '', alternate, '');
  }
  const kept = scientific || alternate ? fraction : fraction.replace(/0+$/, '');
  const exponent = `${type === lower ? 'e' : 'E'}+${String(rounded.exponent).padStart(2, '0')}`;
  return fixed(rounded.mantissa.slice(0, 1), kept, alternate, exponent);
}

function fixed(digits: string, fraction: string, alternate: boolean, suffix: string): NumberParts {
  const point = fraction !== '' || alternate ? '.' : '';
  return { prefix: '', digits, groupSize: 3, tail: point + fraction + suffix };
}

/** Rounds a whole number, half to even, to so many significant digits; the mantissa has exactly as many. */
function roundDigits(digits: string, significant: number): { mantissa: string; exponent: number } {
  const exponent = digits.length - 1;
  if (digits.length <= significant) return { mantissa: digits.padEnd(significant, '0'), exponent };
  const kept = BigInt(digits.slice(0, significant));
  const rest = digits.slice(significant);
  const half = `5${'0'.repeat(rest.length - 1)}`;
  const up = rest > half || (rest === half && kept % 2n === 1n);
  const mantissa = (up ? kept + 1n : kept).toString();
  const carried = mantissa.length > significant;
  return { mantissa: mantissa.slice(0, significant), exponent: carried ? exponent + 1 : exponent };
}

function refuse(message: string): PythonError {
  return new PythonError('ValueError', message, 'unit-template');
}

function overflow(message: string): PythonError {
  return new PythonError('OverflowError', message, 'unit-template');
}
