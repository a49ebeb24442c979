/** Text of a session as a person may safely read it anywhere: no terminal sequences, nothing invisible. */

import { DECEPTIVE } from '../wording/unsafe.js';

/**
 * Terminal sequences of ECMA-48: control sequences such as colours, strings such as titles and links, short
 * escapes. Each alternative stops at the next ESC, so the time is linear.
 */
const SEQUENCES =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-~]/g;
/** Control characters but for TAB and LF. */
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f]/g;
/** Most lines of most logs. */
const HARMLESS = /^[\t\n\x20-\x7e]*$/;

/**
 * The text without terminal sequences and control characters; line ends become LF, deceptive characters their
 * escapes (`\u202e`), lone surrogates U+FFFD.
 */
export function plainText(text: string): string {
  if (HARMLESS.test(text)) return text;
  return text
    .replace(SEQUENCES, '')
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(DECEPTIVE, escapeCharacter);
}

/** The text with U+FFFD for each lone surrogate: jq and DuckDB refuse a whole file because of one. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

/** {@link plainText} on one line, white space runs as one blank. */
export function plainLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim();
}

/** The text in at most `limit` UTF-16 units, a cut shown by `mark`; no character is torn apart. */
export function cutText(text: string, limit: number, mark = '…'): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit - mark.length);
  return (/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept) + mark;
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  return /^[\0-\x7f]*$/.test(text) ? text.length : new TextEncoder().encode(text).length;
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
