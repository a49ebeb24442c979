/** Python format strings (spec `units.md` 6.4). */

import { pyRepr, pyStr } from '../../python/repr.js';
import { decimalValue } from '../../python/text.js';
import { type PyDict, type PyValue, pyTypeName } from '../../python/value.js';
import { formatWithSpec, valueError } from './format-spec.js';
import { limitError, MissingParameterError, PythonError } from './language-errors.js';
import { Method, readAttribute } from './python-attributes.js';

/** Literal text, or a replacement field as written. */
type Piece = string | Field;

interface Field {
  readonly name: string;
  readonly conversion: string | undefined;
  readonly spec: string;
}

/** How deep fields nest: a field, and fields in its spec. */
const MAX_NESTING = 2;

/** Longest text that a format string may grow to, in UTF-16 code units. */
const MAX_OUTPUT = 1 << 24;

/** A text with replacement fields, rendered as `string.Formatter` does without positional arguments. */
export class FormatString {
  /** Names of the fields as written, with any `.attr` or `[index]`; each once; not those nested in specs. */
  readonly usedNames: readonly string[];
  readonly #pieces: readonly Piece[];

  private constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
    const names = pieces.filter((piece) => typeof piece !== 'string').map((field) => field.name);
    this.usedNames = [...new Set(names)];
  }

  /** @throws PythonError ValueError for unbalanced braces */
  static parse(text: string): FormatString {
    return new FormatString(new FieldScanner(text).scan());
  }

  /**
   * The text with its fields replaced; what replaces them is not substituted again.
   * @param parameters texts and integers by name
   * @throws MissingParameterError; PythonError of kind IndexError (positional fields), ValueError (specs),
   * AttributeError, TypeError, OverflowError; UnitDefinitionError `limit-evaluation`
   */
  format(parameters: PyDict): string {
    return render(this.#pieces, parameters, MAX_NESTING);
  }
}

function render(pieces: readonly Piece[], parameters: PyDict, depth: number): string {
  if (depth < 0) throw valueError('Max string recursion exceeded');
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      text += piece;
      continue;
    }
    const value = convert(lookUp(piece.name, parameters), piece.conversion);
    const spec = render(new FieldScanner(piece.spec).scan(), parameters, depth - 1);
    text += formatValue(value, spec);
    if (text.length > MAX_OUTPUT) throw limitError('formatted text', MAX_OUTPUT);
  }
  return text;
}

function formatValue(value: PyValue | Method, spec: string): string {
  if (spec === '') return value instanceof Method ? value.toString() : pyStr(value);
  if (typeof value === 'string' || typeof value === 'bigint') return formatWithSpec(value, spec);
  throw typeError(`unsupported format string passed to ${nameOfType(value)}.__format__`);
}

function convert(value: PyValue | Method, conversion: string | undefined): PyValue | Method {
  if (conversion === undefined) return value;
  const repr = value instanceof Method ? value.toString() : pyRepr(value);
  if (conversion === 'r') return repr;
  if (conversion === 's') return value instanceof Method ? repr : pyStr(value);
  if (conversion === 'a') return toAscii(repr);
  throw valueError(`Unknown conversion specifier ${conversion}`);
}

function toAscii(repr: string): string {
  return repr.replace(/[^\0-\x7f]/gu, (character) => {
    const codePoint = character.codePointAt(0)!;
    const hex = codePoint.toString(16);
    if (codePoint <= 0xff) return `\\x${hex}`;
    return codePoint <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
  });
}

/** The value of a field name: a parameter, then attributes and indexes from left to right. */
function lookUp(name: string, parameters: PyDict): PyValue | Method {
  const end = name.search(/[.[]/);
  const first = end === -1 ? name : name.slice(0, end);
  // `{}` is the next positional argument, a number is one as well, and there are none.
  if (name === '' || toIndex(first) !== undefined) {
    throw new PythonError('IndexError', 'tuple index out of range', 'unit-template');
  }
  const parameter = parameters.get(first);
  if (parameter === undefined) throw new MissingParameterError(first);
  let value: PyValue | Method = parameter;
  let at = first.length;
  while (at < name.length) {
    const isIndex = name[at] === '[';
    if (!isIndex && name[at] !== '.')
      throw valueError("Only '.' or '[' may follow ']' in format field specifier");
    const rest = name.slice(at + 1);
    const length = isIndex ? rest.indexOf(']') : rest.search(/[.[]/);
    if (isIndex && length === -1) throw valueError("Missing ']' in format string");
    const key = length === -1 ? rest : rest.slice(0, length);
    if (key === '') throw valueError('Empty attribute in format string');
    value = isIndex ? readItem(value, toIndex(key) ?? key) : readMember(value, key);
    at += 1 + key.length + (isIndex ? 1 : 0);
  }
  return value;
}

function readMember(value: PyValue | Method, name: string): PyValue | Method {
  const member = value instanceof Method ? undefined : readAttribute(value, name);
  if (member !== undefined) return member;
  const message = `'${nameOfType(value)}' object has no attribute '${name}'`;
  throw new PythonError('AttributeError', message, 'unit-template');
}

function readItem(value: PyValue | Method, key: bigint | string): PyValue {
  if (typeof value !== 'string') {
    throw typeError(`'${nameOfType(value)}' object is not subscriptable`);
  }
  if (typeof key === 'string') throw typeError(`string indices must be integers, not 'str'`);
  const character = [...value][Number(key)];
  if (character === undefined)
    throw new PythonError('IndexError', 'string index out of range', 'unit-template');
  return character;
}

/** A name that consists of decimal digits is a number. */
function toIndex(name: string): bigint | undefined {
  if (!/^\p{Nd}+$/u.test(name)) return undefined;
  let index = 0n;
  for (const digit of name) {
    index = index * 10n + BigInt(decimalValue(digit));
    if (index > 0x7fffffffffffffffn) throw valueError('Too many decimal digits in format string');
  }
  return index;
}

function nameOfType(value: PyValue | Method): string {
  return value instanceof Method ? Method.typeName : pyTypeName(value);
}

function typeError(message: string): PythonError {
  return new PythonError('TypeError', message, 'unit-template');
}

/** Cuts a text into literals and fields. */
class FieldScanner {
  #at = 0;

  constructor(private readonly text: string) {}

  scan(): Piece[] {
    const pieces: Piece[] = [];
    const { text } = this;
    while (this.#at < text.length) {
      const start = this.#at;
      const offset = text.slice(start).search(/[{}]/);
      if (offset === -1) return [...pieces, text.slice(start)];
      if (offset > 0) pieces.push(text.slice(start, start + offset));
      const brace = text[start + offset]!;
      this.#at = start + offset + 1;
      if (text[this.#at] === brace) {
        pieces.push(brace);
        this.#at++;
      } else if (brace === '}' || this.#at === text.length) {
        throw valueError(`Single '${brace}' encountered in format string`);
      } else {
        pieces.push(this.#field());
      }
    }
    return pieces;
  }

  #field(): Field {
    const { text } = this;
    const start = this.#at;
    while (this.#at < text.length && !'}:!'.includes(text[this.#at]!)) {
      if (text[this.#at] === '{') throw valueError("unexpected '{' in field name");
      const close = text[this.#at] === '[' ? text.indexOf(']', this.#at) : this.#at;
      this.#at = close === -1 ? text.length : close + 1;
    }
    const name = text.slice(start, this.#at);
    const end = text[this.#at++];
    if (end === undefined) throw valueError("expected '}' before end of string");
    if (end === '}') return { name, conversion: undefined, spec: '' };
    if (end === ':') return { name, conversion: undefined, spec: this.#spec() };
    const conversion = this.#conversion();
    const next = text[this.#at++];
    if (next === '}') return { name, conversion, spec: '' };
    if (next !== undefined && next !== ':') throw valueError("expected ':' after conversion specifier");
    return { name, conversion, spec: this.#spec() };
  }

  #conversion(): string {
    const codePoint = this.text.codePointAt(this.#at);
    if (codePoint === undefined) throw valueError('end of string while looking for conversion specifier');
    const conversion = String.fromCodePoint(codePoint);
    this.#at += conversion.length;
    return conversion;
  }

  /** The rest of a field up to its closing brace; braces in between nest. */
  #spec(): string {
    const start = this.#at;
    let depth = 1;
    for (; this.#at < this.text.length; this.#at++) {
      if (this.text[this.#at] === '{') depth++;
      if (this.text[this.#at] === '}' && --depth === 0) return this.text.slice(start, this.#at++);
    }
    throw valueError("unmatched '{' in format spec");
  }
}
