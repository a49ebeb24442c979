/** Laying text out in columns. */

import type { Terminal } from './terminal.js';
import { displayWidth } from './visible.js';

const FACT_GAP = 2;

const UNBREAKABLE = '\u00a0';

/** A phrase that {@link wrap} leaves on one line. */
export function unbroken(phrase: string): string {
  return phrase.replaceAll(' ', UNBREAKABLE);
}

/** The text in lines of at most `width` columns, broken at blanks; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    const size = displayWidth(word);
    if (line !== '' && used + 1 + size > width) {
      lines.push(line);
      line = word;
      used = size;
    } else {
      used += line === '' ? size : size + 1;
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((text) => text.replaceAll(UNBREAKABLE, ' '));
}

/** A wrapped paragraph behind a margin. */
export function paragraph(text: string, terminal: Terminal, margin = ''): string[] {
  return wrap(text, terminal.width - displayWidth(margin)).map((line) => margin + line);
}

/** Labels in one column, values in the next one, wrapped there. */
export function factRows(
  rows: readonly (readonly [label: string, value: string])[],
  terminal: Terminal,
): string[] {
  const labelWidth = Math.max(...rows.map(([label]) => displayWidth(label))) + FACT_GAP;
  return rows.flatMap(([label, value]) =>
    wrap(value, terminal.width - labelWidth).map((line, index) => {
      const head = index === 0 ? terminal.colours.dim(label) : '';
      return padEnd(head, labelWidth) + line;
    }),
  );
}

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** A table with its header; the last column is as wide as its cells are, so nothing is ever cut off. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  terminal: Terminal,
): string[] {
  const widths = columns.map(({ title }, index) =>
    rows.reduce((width, row) => Math.max(width, displayWidth(row[index]!)), displayWidth(title)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => {
        if (columns[index]!.align === 'right') return padStart(cell, widths[index]!);
        return index === columns.length - 1 ? cell : padEnd(cell, widths[index]!);
      })
      .join('  ')
      .trimEnd();
  const header = line(columns.map(({ title }) => title));
  return [terminal.colours.dim(header), ...rows.map(line)];
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}
