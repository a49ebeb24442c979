/** Lists of words: references to units, include lines of test plans, flags (spec `units.md` 4.3, 4.4, 9.2). */

/** One line of an include field: a pattern and what it overrides in the units it selects. */
export interface IncludeLine {
  readonly pattern: string;
  /** field name as written -> value */
  readonly overrides: ReadonlyMap<string, string>;
}

/** The references of a field, as written (not qualified), each once, in the order of the field. */
export function parseReferences(_text: string): readonly string[] {
  throw new Error('not yet written');
}

/** The lines of an include field that hold a pattern. */
export function parseIncludes(_text: string): readonly IncludeLine[] {
  throw new Error('not yet written');
}

/** The members of a flags or environ field: runs of white space and commas separate, a leading one leaves an empty member. */
export function splitFlags(_text: string): ReadonlySet<string> {
  throw new Error('not yet written');
}
