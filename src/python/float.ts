/** Python's text forms of floating-point numbers, both ways. */

import { decimalValue } from './text.js';

/** `repr(float)`: the shortest digits that read back, `.0` for integral values (spec `format.md` 1.4). */
export function pyFloatRepr(x: number): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  if (x === 0) return Object.is(x, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponentText = ''] = Math.abs(x).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  return (x < 0 ? '-' : '') + layOut(digits, exponent);
}

function layOut(digits: string, exponent: number): string {
  if (exponent < -4 || exponent >= 16) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return `${digits.padEnd(exponent + 1, '0')}.0`;
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

// float() knows the white space of ASCII and of Unicode, but not the separators U+001C to U+001F.
const SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const LOOSE_UNDERSCORE = /(?:^|[^0-9])_|_(?:[^0-9]|$)/;
// Digits only repeat by themselves: a group that repeats costs the engine stack for each time.
const FINITE = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const SPECIAL = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;
const OTHER_DIGIT = /[^\P{Nd}0-9]/gu;

/** `float(text)` (spec `resume.md` 6.4); undefined where Python raises ValueError. */
export function parsePyFloat(text: string): number | undefined {
  const inner = trim(text);
  const special = SPECIAL.exec(inner);
  if (special !== null) {
    if (special[2] === undefined) return Number.NaN;
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  const ascii = inner.replace(OTHER_DIGIT, (digit) => String(decimalValue(digit)));
  if (LOOSE_UNDERSCORE.test(ascii)) return undefined;
  const plain = ascii.replaceAll('_', '');
  return FINITE.test(plain) ? Number(plain) : undefined;
}

function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.test(text[start] as string)) start++;
  while (end > start && SPACE.test(text[end - 1] as string)) end--;
  return text.slice(start, end);
}
