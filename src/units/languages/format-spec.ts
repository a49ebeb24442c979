/** Format specs of Python's mini-language, for texts and integers (spec `units.md` 6.4). */

import { decimalValue } from '../../python/text.js';
import { limitError, PythonError } from './language-errors.js';
import { type NumberParts, numberParts } from './number-forms.js';

/** Longest text that one field may be padded to, in code points. */
const MAX_WIDTH = 1_000_000;

/** A parsed `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. */
export interface FormatSpec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly noNegativeZero: boolean;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: '' | ',' | '_';
  readonly precision: number | undefined;
  readonly type: string;
}

/**
 * `format(value, spec)` of a text or an integer.
 * @throws PythonError ValueError or OverflowError; UnitDefinitionError `limit-evaluation` for giant widths
 */
export function formatWithSpec(value: string | bigint, spec: string): string {
  return typeof value === 'string' ? formatText(value, spec) : formatInteger(value, spec);
}

function formatText(value: string, text: string): string {
  const spec = parseSpec(text, 'str', '<', 's');
  if (spec.type !== 's') throw unknownCode(spec.type, 'str');
  const refuse = (what: string) => valueError(`${what} not allowed in string format specifier`);
  if (spec.sign === ' ') throw refuse('Space');
  if (spec.sign !== '') throw refuse('Sign');
  if (spec.noNegativeZero) throw refuse('Negative zero coercion (z)');
  if (spec.alternate) throw refuse('Alternate form (#)');
  if (spec.align === '=') throw refuse("'=' alignment");
  const { precision } = spec;
  return pad(precision === undefined ? value : [...value].slice(0, precision).join(''), '', spec);
}

function formatInteger(value: bigint, text: string): string {
  const spec = parseSpec(text, 'int', '>', 'd');
  const parts = numberParts(value, spec);
  if (parts === undefined) throw unknownCode(spec.type, 'int');
  const sign = value < 0n ? '-' : spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
  const head = sign + parts.prefix;
  return pad(group(parts, spec, head.length) + parts.tail, head, spec);
}

/** Whole digits with separators; zeros that fill the width get them as well. */
function group(parts: NumberParts, spec: FormatSpec, headLength: number): string {
  const zeroFilled = spec.fill === '0' && spec.align === '=';
  let open = zeroFilled ? spec.width - headLength - parts.tail.length : 0;
  if (spec.grouping === '') return parts.digits.padStart(open, '0');
  const groups: string[] = [];
  let end = parts.digits.length;
  for (;;) {
    const size = Math.min(parts.groupSize, Math.max(end, open, 1));
    groups.push(parts.digits.slice(Math.max(end - size, 0), end).padStart(size, '0'));
    end = Math.max(end - size, 0);
    open -= size;
    if (end === 0 && open <= 0) return groups.reverse().join(spec.grouping);
    open--;
  }
}

function pad(body: string, head: string, spec: FormatSpec): string {
  const missing = spec.width - codePointLength(body) - head.length;
  if (missing <= 0) return head + body;
  const left = spec.align === '<' ? 0 : spec.align === '^' ? missing >> 1 : missing;
  if (spec.align === '=') return head + spec.fill.repeat(missing) + body;
  return spec.fill.repeat(left) + head + body + spec.fill.repeat(missing - left);
}

function parseSpec(text: string, typeName: string, defaultAlign: string, defaultType: string): FormatSpec {
  const characters = [...text];
  let at = 0;
  const take = (allowed: string): string => {
    const character = characters[at];
    if (character === undefined || !allowed.includes(character)) return '';
    at++;
    return character;
  };
  const takeInteger = (): number | undefined => {
    const start = at;
    while (/^\p{Nd}$/u.test(characters[at] ?? '')) at++;
    return at === start ? undefined : boundedInteger(characters.slice(start, at));
  };

  let fill = ' ';
  let align = '';
  const filled = '<>=^'.includes(characters[1] ?? 'none');
  if (filled) {
    fill = characters[0]!;
    align = characters[1]!;
    at = 2;
  } else {
    align = take('<>=^');
  }
  const sign = take(' +-');
  const noNegativeZero = take('z') !== '';
  const alternate = take('#') !== '';
  if (!filled && take('0') !== '') {
    fill = '0';
    if (align === '' && defaultAlign === '>') align = '=';
  }
  const width = takeInteger() ?? 0;
  const grouping = takeGrouping(take);
  let precision: number | undefined;
  if (take('.') !== '') {
    precision = takeInteger();
    if (precision === undefined) throw valueError('Format specifier missing precision');
  }
  if (characters.length - at > 1) {
    throw valueError(`Invalid format specifier '${text}' for object of type '${typeName}'`);
  }
  const type = characters[at] ?? defaultType;
  checkGrouping(grouping, type, characters[at] === undefined, typeName);
  return {
    fill,
    align: align === '' ? defaultAlign : align,
    sign,
    noNegativeZero,
    alternate,
    width,
    grouping,
    precision,
    type,
  };
}

function takeGrouping(take: (allowed: string) => string): '' | ',' | '_' {
  const comma = take(',') !== '';
  const underscore = take('_') !== '';
  if ((comma && underscore) || (underscore && take(',') !== '')) {
    throw valueError("Cannot specify both ',' and '_'.");
  }
  return comma ? ',' : underscore ? '_' : '';
}

function checkGrouping(grouping: string, type: string, isDefault: boolean, typeName: string): void {
  if (grouping === '') return;
  if (isDefault ? typeName === 'int' : 'defgEG%F'.includes(type)) return;
  if (grouping === '_' && 'boxX'.includes(type)) return;
  throw valueError(`Cannot specify '${grouping}' with ${describeCode(type)}.`);
}

function boundedInteger(digits: readonly string[]): number {
  let value = 0n;
  for (const digit of digits) {
    value = value * 10n + BigInt(decimalValue(digit));
    if (value > 0x7fffffffffffffffn) throw valueError('Too many decimal digits in format string');
  }
  if (value > MAX_WIDTH) throw limitError('format width', MAX_WIDTH);
  return Number(value);
}

export function codePointLength(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

function unknownCode(type: string, typeName: string): PythonError {
  return valueError(`Unknown format code ${describeCode(type)} for object of type '${typeName}'`);
}

function describeCode(type: string): string {
  const codePoint = type.codePointAt(0)!;
  return codePoint > 32 && codePoint < 128 ? `'${type}'` : `'\\x${codePoint.toString(16)}'`;
}

export function valueError(message: string): PythonError {
  return new PythonError('ValueError', message, 'unit-template');
}
