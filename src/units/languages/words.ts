/** Lists of words: references to units, include lines of test plans, flags (spec `units.md` 4.3, 4.4, 9.2). */

import { pyRepr } from '../../python/repr.js';
import { isPySpace, pySplitLines } from '../../python/text.js';

/** The references of a field. */
export interface ReferenceList {
  /** As written (not qualified), each once, in the order of the field. */
  readonly references: readonly string[];
  /** What was skipped, as the reference words it after `unable to parse <field>: `. */
  readonly warnings: readonly string[];
}

/** One line of an include field: a pattern, and what it overrides in the units it selects. */
export interface IncludeLine {
  readonly pattern: string;
  /** Field name as written -> value; the later of two wins. */
  readonly overrides: ReadonlyMap<string, string>;
}

/** The lines of an include field. */
export interface IncludeList {
  readonly lines: readonly IncludeLine[];
  /** Lines that are no include line, in words; they select nothing. */
  readonly warnings: readonly string[];
}

type Token =
  | { readonly kind: 'word' | 'unterminated'; readonly text: string }
  | { readonly kind: 'equals' | 'comma' };

/** Reads the references of a text field (spec `units.md` 4.4). Any text is a list of references. */
export function parseReferences(text: string): ReferenceList {
  const references = new Set<string>();
  const warnings: string[] = [];
  for (const token of tokenize(text)) {
    if (token.kind === 'word') references.add(token.text);
    if (token.kind === 'equals') warnings.push("Unexpected input: '='");
    if (token.kind === 'unterminated') warnings.push(`Missing end of word: ${pyRepr(token.text)}`);
  }
  return { references: [...references], warnings };
}

/** Reads the lines of a text field that selects units (spec `units.md` 9.2). */
export function parseIncludes(text: string): IncludeList {
  const lines: IncludeLine[] = [];
  const warnings: string[] = [];
  for (const line of pySplitLines(text, false)) {
    const tokens = tokenize(line);
    if (tokens.length === 0) continue;
    const include = readInclude(tokens);
    if (include === undefined) warnings.push(`Not an include line: ${pyRepr(line)}`);
    else lines.push(include);
  }
  return { lines, warnings };
}

/**
 * The members of a text field `flags` or `environ` (spec `units.md` 4.3): runs of white space and commas
 * separate, so a leading one leaves an empty member.
 */
export function splitFlags(text: string): ReadonlySet<string> {
  const members = new Set<string>();
  let start = 0;
  for (let end = 0; end <= text.length; end++) {
    if (end < text.length && !isSeparator(text[end]!)) continue;
    members.add(text.slice(start, end));
    while (end + 1 < text.length && isSeparator(text[end + 1]!)) end++;
    start = end + 1;
  }
  return members;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at]!;
    if (character === '#') {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
    } else if (character === '"') {
      const end = text.indexOf('"', at + 1);
      if (end === -1) return [...tokens, { kind: 'unterminated', text: text.slice(at) }];
      tokens.push({ kind: 'word', text: text.slice(at + 1, end) });
      at = end + 1;
    } else if (character === '=' || character === ',') {
      tokens.push({ kind: character === '=' ? 'equals' : 'comma' });
      at++;
    } else if (isPySpace(character)) {
      at++;
    } else {
      const start = at;
      while (at < text.length && !endsWord(text[at]!)) at++;
      tokens.push({ kind: 'word', text: text.slice(start, at) });
    }
  }
  return tokens;
}

/** `PATTERN [FIELD=VALUE {, FIELD=VALUE}]`; undefined when the tokens are something else. */
function readInclude(tokens: readonly Token[]): IncludeLine | undefined {
  const [first] = tokens;
  if (first?.kind !== 'word') return undefined;
  const overrides = new Map<string, string>();
  for (let at = 1; at < tokens.length; at += 4) {
    const [field, equals, value, comma] = tokens.slice(at, at + 4);
    if (field?.kind !== 'word' || equals?.kind !== 'equals' || value?.kind !== 'word') return undefined;
    if (comma !== undefined && (comma.kind !== 'comma' || at + 4 === tokens.length)) return undefined;
    overrides.set(field.text, value.text);
  }
  return { pattern: first.text, overrides };
}

function isSeparator(character: string): boolean {
  return character === ',' || isPySpace(character);
}

function endsWord(character: string): boolean {
  return character === '#' || character === '=' || isSeparator(character);
}
