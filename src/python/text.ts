/** Python's notions of text: order, white space, lines, digits. */

/** Characters for which Python's `str.isspace` holds, as the inside of a character class. */
const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const LEADING = new RegExp(`^[${SPACE}]+`);
const ONE_SPACE = new RegExp(`[${SPACE}]`);
const SURROGATE = /[\ud800-\udfff]/;
const RUN = new RegExp(`[${SPACE}]+`);
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

/** Order by Unicode code point, as Python sorts strings; UTF-16 order differs above U+FFFF. */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a === b) continue;
    // Only a surrogate against a code unit from U+E000 up sorts differently in UTF-16.
    if (a >= 0xd800 && b >= 0xd800) return sortUnit(left, i) - sortUnit(right, i);
    return a - b;
  }
  return left.length - right.length;
}

/** Sorts texts in place, as Python does. */
export function sortCodePoints(texts: string[]): string[] {
  texts.sort();
  // The engine's own order costs next to nothing, and differs only where there are surrogates.
  return texts.some((text) => SURROGATE.test(text)) ? texts.sort(compareCodePoints) : texts;
}

/** The code point that decides the order at a unit where two strings differ. */
function sortUnit(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  const before = text.charCodeAt(index - 1);
  const paired = unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff;
  return text.codePointAt(paired ? index - 1 : index) as number;
}

/** `str.isspace()` of one character. */
export function isPySpace(character: string): boolean {
  return ONE_SPACE.test(character);
}

/** `str.strip()` */
export function pyStrip(text: string): string {
  let end = text.length;
  while (end > 0 && ONE_SPACE.test(text[end - 1] as string)) end--;
  return pyLstrip(text.slice(0, end));
}

/** `str.lstrip()` */
export function pyLstrip(text: string): string {
  return text.replace(LEADING, '');
}

/** `str.split()`: the words between runs of white space, none of them empty. */
export function pySplitWhitespace(text: string): string[] {
  return text.split(RUN).filter((word) => word !== '');
}

/** `str.splitlines(keepends)` (spec `units.md` 1). */
export function pySplitLines(text: string, keepEnds: boolean): string[] {
  const lines: string[] = [];
  let start = 0;
  for (const match of text.matchAll(LINE_END)) {
    const end = match.index + match[0].length;
    lines.push(text.slice(start, keepEnds ? end : match.index));
    start = end;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

/** The value of a decimal digit of any script: Unicode keeps them in runs of ten that start at zero. */
export function decimalValue(digit: string): number {
  const codePoint = digit.codePointAt(0) as number;
  if (codePoint < 0x80) return codePoint - 0x30;
  let zero = codePoint;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return (codePoint - zero) % 10;
}
