/** Attributes of texts and integers as format strings see them: methods can be named, not called. */

import { type PyValue, pyTypeName } from '../../python/value.js';

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

/** `value.name`, without the special attributes in double underscores; undefined: there is none. */
export function readAttribute(value: PyValue, name: string): PyValue | Method | undefined {
  const type = pyTypeName(value);
  if (METHODS[type]?.has(name)) return new Method(type, name);
  if (typeof value !== 'bigint') return undefined;
  if (name === 'real' || name === 'numerator') return value;
  if (name === 'imag') return 0n;
  return name === 'denominator' ? 1n : undefined;
}
