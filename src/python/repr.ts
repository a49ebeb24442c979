/** Python's `repr` and `str` of values, as they stand in messages (spec `resume.md` 2.3). */

import { pyFloatRepr } from './float.js';
import { isPyDict, isPyList, type PyValue } from './value.js';

const NOT_PRINTABLE = /[\p{C}\p{Z}]/u;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
};

/** `repr(value)` */
export function pyRepr(value: PyValue): string {
  if (value === null) return 'None';
  switch (typeof value) {
    case 'string':
      return reprString(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return value.toString();
    case 'number':
      return pyFloatRepr(value);
  }
  if (isPyList(value)) return `[${value.map(pyRepr).join(', ')}]`;
  if (isPyDict(value)) {
    return `{${[...value].map(([key, item]) => `${reprString(key)}: ${pyRepr(item)}`).join(', ')}}`;
  }
  throw new TypeError('not a Python value');
}

/** `str(value)`: like `repr`, but a string stands for itself. */
export function pyStr(value: PyValue): string {
  return typeof value === 'string' ? value : pyRepr(value);
}

/** `repr(bytes)` of ASCII or other bytes: `b'...'`. */
export function pyReprBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  const quote = quoteFor(text);
  let body = '';
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (character === quote) body += `\\${quote}`;
    else if (character in SHORT_ESCAPES) body += SHORT_ESCAPES[character];
    else body += code < 0x20 || code >= 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : character;
  }
  return `b${quote}${body}${quote}`;
}

function reprString(text: string): string {
  const quote = quoteFor(text);
  let body = '';
  for (const character of text) {
    if (character === quote) body += `\\${quote}`;
    else if (character in SHORT_ESCAPES) body += SHORT_ESCAPES[character];
    else if (character !== ' ' && NOT_PRINTABLE.test(character)) body += escapeCharacter(character);
    else body += character;
  }
  return quote + body + quote;
}

function quoteFor(text: string): string {
  return text.includes("'") && !text.includes('"') ? '"' : "'";
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) as number;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
