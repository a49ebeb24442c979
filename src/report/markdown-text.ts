/** Text in GitHub's Markdown, such that none of it is taken for markup. */

import { cutText, plainLine, plainText } from './plain-text.js';

/** Characters of a text on one line: titles and ids are not pages. */
const LINE_CHARACTERS = 1_000;
const MARKUP = /[\\`*_[\]<>#|~&$]/g;
/** What would notify people: `@name`. */
const MENTION = /@(?=[A-Za-z0-9])/g;
const ZERO_WIDTH_SPACE = '\u200b';

/** Running text on one line. */
export function markdownText(text: string): string {
  return oneLine(text).replace(MARKUP, '\\$&').replace(MENTION, `@${ZERO_WIDTH_SPACE}`);
}

/** A code span on one line, also inside of a table. */
export function codeSpan(text: string): string {
  const line = oneLine(text).replaceAll('|', '\\|');
  if (line === '') return '` `';
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return fence + pad + line + pad + fence;
}

/** A fenced block of code. */
export function codeBlock(text: string): string {
  const plain = plainText(text);
  const fence = '`'.repeat(Math.max(3, longestRun(plain) + 1));
  return `${fence}text\n${plain}\n${fence}\n`;
}

/** A row of a table; the cells are Markdown already. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function oneLine(text: string): string {
  return cutText(plainLine(text), LINE_CHARACTERS);
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
