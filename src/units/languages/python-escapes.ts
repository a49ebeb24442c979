/** Escapes in Python's string literals. */

import { UnitDefinitionError } from '../../errors.js';
import type { Expression } from './python-syntax.js';

/** What the parser lends to the literals in it. */
export interface LiteralContext {
  /** Throws the syntax error of the whole text. */
  fail(): never;
  /** Parses the expression of a replacement field, which stands in parentheses. */
  parse(source: string): Expression;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const CODE_ESCAPES: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** The value of a bytes literal, one character per byte. */
export function decodeBytes(body: string, isRaw: boolean, context: LiteralContext): string {
  if (/[^\0-\x7f]/.test(body)) context.fail();
  if (isRaw) return body;
  return decode(body, 0xff, context, (letter, at) => {
    if (letter !== 'x') return undefined;
    return String.fromCharCode(hexEscape(body, at, 2, context));
  });
}

/** The value of a text literal. */
export function decodeText(body: string, isRaw: boolean, context: LiteralContext): string {
  if (isRaw) return body;
  return decode(body, 0x1ff, context, (letter, at) => {
    if (letter === 'N') return refuseName(body, at, context);
    const digits = CODE_ESCAPES[letter];
    if (digits === undefined) return undefined;
    const codePoint = hexEscape(body, at, digits, context);
    if (codePoint > 0x10ffff) context.fail();
    return String.fromCodePoint(codePoint);
  });
}

/**
 * @param octalMask the bits that an octal escape keeps
 * @param special value of the escapes that only some literals have, given the letter and the position behind
 * it; undefined: not such an escape
 */
function decode(
  body: string,
  octalMask: number,
  context: LiteralContext,
  special: (letter: string, at: number) => string | undefined,
): string {
  let text = '';
  let at = 0;
  for (;;) {
    const slash = body.indexOf('\\', at);
    if (slash === -1) return text + body.slice(at);
    text += body.slice(at, slash);
    const letter = body[slash + 1];
    if (letter === undefined) return context.fail();
    at = slash + 2;
    const octal = /^[0-7]{1,3}/.exec(body.slice(slash + 1, slash + 4))?.[0];
    const value = SHORT_ESCAPES[letter] ?? special(letter, at);
    if (octal !== undefined) {
      at = slash + 1 + octal.length;
      text += String.fromCharCode(Number.parseInt(octal, 8) & octalMask);
    } else if (value !== undefined) {
      at += CODE_ESCAPES[letter] ?? 0;
      text += value;
    } else {
      text += `\\${letter}`;
    }
  }
}

function hexEscape(body: string, at: number, digits: number, context: LiteralContext): number {
  const hex = body.slice(at, at + digits);
  if (hex.length < digits || /[^0-9a-fA-F]/.test(hex)) context.fail();
  return Number.parseInt(hex, 16);
}

/** `\N{...}`: the names of characters are not part of this library. */
function refuseName(body: string, at: number, context: LiteralContext): never {
  if (!/^\{[^}]+\}/.test(body.slice(at))) context.fail();
  throw new UnitDefinitionError('character names in text literals are not supported', {
    code: 'unit-expression',
    actual: body,
  });
}
