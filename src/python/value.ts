/**
 * Python values in JavaScript, without loss: the rules of the format tell integers from floats and know
 * integers of any size (spec `format.md` 1.3).
 */

/**
 * A value of Python's JSON dialect: `bigint` is an integer, `number` is always a float, a `Map` is a
 * dictionary in insertion order.
 */
export type PyValue = null | boolean | string | bigint | number | readonly PyValue[] | PyDict;

/** A dictionary with string keys in insertion order. */
export type PyDict = ReadonlyMap<string, PyValue>;

/** The Python name of the type of a value, as it stands in messages (spec `resume.md` 2.2). */
export function pyTypeName(value: PyValue): 'NoneType' | 'bool' | 'str' | 'int' | 'float' | 'list' | 'dict' {
  if (value === null) return 'NoneType';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'string':
      return 'str';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float';
    default:
      return isPyList(value) ? 'list' : 'dict';
  }
}

export function isPyList(value: PyValue): value is readonly PyValue[] {
  return Array.isArray(value);
}

export function isPyDict(value: PyValue): value is PyDict {
  return value instanceof Map;
}
