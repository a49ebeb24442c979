/** From the raw value of a record to its value (spec `units.md` 2). */

import { pyStrip } from '../python/text.js';

/**
 * In a value of several lines the lines that hold a single dot become empty and the common indentation goes;
 * in any value the white space around it goes.
 */
export function normaliseValue(raw: string): string {
  const firstEnd = raw.indexOf('\n');
  if (firstEnd === -1 || raw.indexOf('\n', firstEnd + 1) === -1) return pyStrip(raw);
  return pyStrip(dedent(raw.split('\n').map(withoutDot)).join('\n'));
}

/** White space and one dot: just the white space. */
function withoutDot(line: string): string {
  return line.endsWith('.') && pyStrip(line) === '.' ? line.slice(0, -1) : line;
}

/** Takes away the leading blanks and tabs that all lines share; lines of nothing else count as empty. */
function dedent(lines: readonly string[]): string[] {
  let margin: string | undefined;
  const kept = lines.map((line) => {
    const indent = indentOf(line);
    if (indent === line.length) return '';
    margin = margin === undefined ? line.slice(0, indent) : commonPrefix(margin, line);
    return line;
  });
  const width = margin?.length ?? 0;
  return width === 0 ? kept : kept.map((line) => line.slice(width));
}

function indentOf(line: string): number {
  let indent = 0;
  while (line[indent] === ' ' || line[indent] === '\t') indent++;
  return indent;
}

function commonPrefix(left: string, right: string): string {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return left.slice(0, length);
}
