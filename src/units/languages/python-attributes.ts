/** Attributes of texts and integers as format strings see them: methods can be named, not called. */

import { type PyValue, pyTypeName } from '../../python/value.js';
import { PythonError } from './language-errors.js';

/** A method of a built-in type, met without a call. */
export class Method {
  static readonly typeName = 'builtin_function_or_method';

  constructor(
    private readonly type: string,
    private readonly method: string,
  ) {}

  /** What Python prints, without the address in memory. */
  toString(): string {
    return `<built-in method ${this.method} of ${this.type} object>`;
  }
}

const METHODS: Readonly<Partial<Record<string, ReadonlySet<string>>>> = {
  str: new Set(
    (
      'capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha ' +
      'isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust ' +
      'lower lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit ' +
      'rstrip split splitlines startswith strip swapcase title translate upper zfill'
    ).split(' '),
  ),
  int: new Set('as_integer_ratio bit_count bit_length conjugate from_bytes to_bytes'.split(' ')),
};

/**
 * `value.name`, without the special attributes in double underscores.
 * @throws PythonError AttributeError
 */
export function readAttribute(value: PyValue | Method, name: string): PyValue | Method {
  const type = value instanceof Method ? Method.typeName : pyTypeName(value);
  if (!(value instanceof Method)) {
    if (METHODS[type]?.has(name)) return new Method(type, name);
    if (typeof value === 'bigint') {
      if (name === 'real' || name === 'numerator') return value;
      if (name === 'imag') return 0n;
      if (name === 'denominator') return 1n;
    }
  }
  throw new PythonError('AttributeError', `'${type}' object has no attribute '${name}'`, 'unit-template');
}
