/** Text from a session as a person may safely read it. It only ever becomes text of the page, never markup. */

import { DECEPTIVE } from '../../src/wording/unsafe.js';

/** Control characters but for TAB and LF. */
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Deceptive characters become their escapes, control characters their symbols. */
export function visible(text: string): string {
  return text.replace(CONTROLS, controlSymbol).replace(DECEPTIVE, escaped);
}

function controlSymbol(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : escaped(character);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
