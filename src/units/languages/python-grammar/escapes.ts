/** Escapes in Python's string literals. */

/** How the reader of a literal reports what it cannot read. */
export interface LiteralFaults {
  /** Throws the syntax error of the whole text. */
  fail(): never;
  /** Throws the error for valid syntax that this library does not know. */
  refuse(what: string): never;
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
export function decodeBytes(body: string, isRaw: boolean, faults: LiteralFaults): string {
  if (/[^\0-\x7f]/.test(body)) faults.fail();
  if (isRaw) return body;
  return decode(body, 0xff, faults, (letter, at) => {
    if (letter !== 'x') return undefined;
    return String.fromCharCode(hexEscape(body, at, 2, faults));
  });
}

/** The value of a text literal. */
export function decodeText(body: string, isRaw: boolean, faults: LiteralFaults): string {
  if (isRaw) return body;
  return decode(body, 0x1ff, faults, (letter, at) => {
    if (letter === 'N') return refuseName(body, at, faults);
    const digits = CODE_ESCAPES[letter];
    if (digits === undefined) return undefined;
    const codePoint = hexEscape(body, at, digits, faults);
    if (codePoint > 0x10ffff) faults.fail();
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
  faults: LiteralFaults,
  special: (letter: string, at: number) => string | undefined,
): string {
  let text = '';
  let at = 0;
  for (;;) {
    const slash = body.indexOf('\\', at);
    if (slash === -1) return text + body.slice(at);
    text += body.slice(at, slash);
    const letter = body[slash + 1];
    if (letter === undefined) return faults.fail();
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

function hexEscape(body: string, at: number, digits: number, faults: LiteralFaults): number {
  const hex = body.slice(at, at + digits);
  if (hex.length < digits || /[^0-9a-fA-F]/.test(hex)) faults.fail();
  return Number.parseInt(hex, 16);
}

/** `\N{...}`: the names of characters are not part of this library. */
function refuseName(body: string, at: number, faults: LiteralFaults): never {
  if (!/^\{[^}]+\}/.test(body.slice(at))) faults.fail();
  return faults.refuse('character names in text literals');
}
