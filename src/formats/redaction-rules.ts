/** What a redaction removes or replaces, made ready to be applied. */

/** Text that is replaced wherever it stands. */
export interface Replacement {
  /** A text as it is, or a regular expression of which all matches count. Empty matches are left alone. */
  readonly pattern: string | RegExp;
  /** What stands there afterwards; taken literally. */
  readonly by: string;
}

export interface RedactionRules {
  /** Empties the application's blob. */
  readonly appBlob?: boolean;
  /** Globs over the names of collectors, whose outputs are removed; `*` is all of them. */
  readonly collectors?: readonly string[];
  /** Globs over the ids of jobs, whose logs are emptied; `*` is all of them. */
  readonly logs?: readonly string[];
  /** Applied one after the other. */
  readonly replacements?: readonly Replacement[];
}

/** A rule as the report names it; replacements are counted from 1 in their order. */
export type RuleName = 'app-blob' | 'collector' | 'log' | `replacement ${number}`;

/** A match in a text, in UTF-16 code units. */
export interface Match {
  readonly start: number;
  readonly end: number;
}

/** A replacement that is ready to search. */
export class Replacer {
  readonly by: string;
  readonly #pattern: string | RegExp;

  /** @throws RangeError for an empty text */
  constructor(
    { pattern, by }: Replacement,
    readonly rule: RuleName,
  ) {
    if (pattern === '') throw new RangeError('a text to replace must not be empty');
    this.by = by;
    this.#pattern =
      typeof pattern === 'string'
        ? pattern
        : new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, '')}g`);
  }

  /** The matches that are not empty, in their order. */
  *matches(text: string): Generator<Match, void, void> {
    const pattern = this.#pattern;
    if (typeof pattern !== 'string') {
      for (const { index, 0: found } of text.matchAll(pattern)) {
        if (found !== '') yield { start: index, end: index + found.length };
      }
      return;
    }
    for (let start = text.indexOf(pattern); start >= 0; ) {
      const end = start + pattern.length;
      yield { start, end };
      start = text.indexOf(pattern, end);
    }
  }
}

/** Whether a glob, in which `*` is any text and `?` any one code unit, matches the whole text. */
export function matchesGlob(glob: string, text: string): boolean {
  let g = 0;
  let star = -1;
  let retry = 0;
  for (let t = 0; t < text.length; ) {
    if (glob[g] === '*') {
      star = g++;
      retry = t;
    } else if (g < glob.length && (glob[g] === '?' || glob[g] === text[t])) {
      g++;
      t++;
    } else if (star >= 0) {
      // The last star takes one more.
      g = star + 1;
      t = ++retry;
    } else return false;
  }
  while (glob[g] === '*') g++;
  return g === glob.length;
}
