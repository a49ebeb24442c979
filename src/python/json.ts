/** Writing JSON as Python's `json.dumps(separators=(',', ':'))` does (spec `format.md` 1.4, `units.md` 5.1). */

import { pyFloatRepr } from './float.js';
import { compareCodePoints } from './text.js';
import { isPyDict, isPyList, type PyValue } from './value.js';

export interface PyJsonOptions {
  /** Escape everything outside 0x20..0x7e (checksums), or leave non-ASCII raw (sessions). */
  readonly ascii: boolean;
  /** Sort the keys of every object by code point. */
  readonly sortKeys: boolean;
  /** Blanks for each level, one value a line; without it everything is on one line, as Python's separators say. */
  readonly indent?: number;
}

const RAW_ESCAPES = /["\\\x00-\x1f]/g;
const ASCII_ESCAPES = /["\\]|[^\x20-\x7e]/g;
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

export function writePyJson(value: PyValue, options: PyJsonOptions): string {
  const quote = options.ascii ? quoteAscii : quoteRaw;
  const colon = options.indent === undefined ? ':' : ': ';
  const enclose = (open: string, parts: readonly string[], close: string, level: number) => {
    if (options.indent === undefined || parts.length === 0) return open + parts.join(',') + close;
    const margin = `\n${' '.repeat(options.indent * level)}`;
    const inner = margin + ' '.repeat(options.indent);
    return open + inner + parts.join(`,${inner}`) + margin + close;
  };
  const write = (item: PyValue, level: number): string => {
    if (item === null) return 'null';
    switch (typeof item) {
      case 'string':
        return quote(item);
      case 'boolean':
      case 'bigint':
        return item.toString();
      case 'number':
        return writePyFloat(item);
    }
    if (isPyList(item)) {
      return enclose(
        '[',
        item.map((element) => write(element, level + 1)),
        ']',
        level,
      );
    }
    if (!isPyDict(item)) throw new TypeError('not a Python value');
    const entries = [...item];
    if (options.sortKeys) entries.sort(([a], [b]) => compareCodePoints(a, b));
    const parts = entries.map(([key, member]) => `${quote(key)}${colon}${write(member, level + 1)}`);
    return enclose('{', parts, '}', level);
  };
  return write(value, 0);
}

/** A text as a JSON string, with everything outside 0x20..0x7e escaped. */
export function quoteAscii(text: string): string {
  // Most texts have nothing to escape, and to find that out is cheaper than to replace nothing.
  return text.search(ASCII_ESCAPES) === -1 ? `"${text}"` : `"${text.replace(ASCII_ESCAPES, escapeUnit)}"`;
}

function quoteRaw(text: string): string {
  return text.search(RAW_ESCAPES) === -1 ? `"${text}"` : `"${text.replace(RAW_ESCAPES, escapeUnit)}"`;
}

/** A float as Python's JSON writes it: `NaN` and `Infinity` are bare words. */
export function writePyFloat(x: number): string {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? 'Infinity' : '-Infinity';
  return pyFloatRepr(x);
}

function escapeUnit(unit: string): string {
  return SHORT[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
