/** Building HTML as text: everything from a session is escaped on its way in. */

import { plainText } from '../plain-text.js';

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A piece of markup. */
export class Markup {
  constructor(readonly text: string) {}
}

type Hole = Markup | readonly Markup[] | string | number | undefined;

/**
 * A template for markup: texts in its holes become plain text and are escaped, markup stays, undefined vanishes.
 */
export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  return new Markup(parts.map((part, index) => (index === 0 ? '' : fill(holes[index - 1])) + part).join(''));
}

/** Escapes a text that is plain already, for element content and quoted attributes. */
export function escapeHtml(plain: string): string {
  return plain.replace(/[&<>"']/g, (character) => REFERENCES[character]!);
}

function fill(hole: Hole): string {
  if (hole === undefined) return '';
  if (hole instanceof Markup) return hole.text;
  if (typeof hole === 'object') return hole.map(({ text }) => text).join('');
  return escapeHtml(plainText(String(hole)));
}
