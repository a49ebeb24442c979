/** Test plans: which units to run, and what to change in them (spec `units.md` 9). */

import { pyStr } from '../python/repr.js';
import { compareCodePoints, pySplitLines, pySplitWhitespace } from '../python/text.js';
import { isPyDict, isPyList, type PyDict } from '../python/value.js';
import { onField } from './field-errors.js';
import { parseDuration } from './languages/duration.js';
import { type IncludeLine, parseIncludes } from './languages/words.js';
import { type UnitOptions, UnitWithId } from './unit.js';
import { type UnitPattern, unitPattern } from './unit-pattern.js';

/** The fields that select units. */
export type SelectionField =
  | 'include'
  | 'exclude'
  | 'mandatory_include'
  | 'bootstrap_include'
  | 'setup_include';

/** What a plan changes in the units whose id, or template id, its pattern matches. */
export interface UnitOverride {
  /** Regular expression with anchors; see `idMatcher`. */
  readonly pattern: string;
  /** Field (with underscores) and value, to be applied in this order. */
  readonly changes: readonly (readonly [field: string, value: string])[];
}

/** The fields whose lines may override something. */
const WITH_INLINE_OVERRIDES: readonly SelectionField[] = [
  'bootstrap_include',
  'mandatory_include',
  'include',
];

export class TestPlan extends UnitWithId {
  constructor(data: PyDict, options: UnitOptions = {}) {
    super('test plan', data, options);
  }

  get name(): string | null {
    return this.text('name');
  }

  get description(): string | null {
    return this.text('description');
  }

  get icon(): string | null {
    return this.text('icon');
  }

  /** Seconds; null when unknown. */
  get estimatedDuration(): number | null {
    return parseDuration(this.value('estimated_duration'));
  }

  /** Qualified ids of the plans that are part of this one. */
  get nestedIds(): readonly string[] {
    return this.references('nested_part');
  }

  /** The lines of a field. */
  lines(field: SelectionField): readonly IncludeLine[] {
    const value = this.value(field);
    if (!isPyList(value)) return value === null ? [] : parseIncludes(pyStr(value)).lines;
    return value.flatMap((item): readonly IncludeLine[] => {
      if (!isPyDict(item)) return parseIncludes(pyStr(item)).lines;
      return [...item].map(([pattern, overrides]) => ({
        pattern,
        overrides: new Map(
          isPyDict(overrides) ? [...overrides].map(([name, text]) => [name, pyStr(text)]) : [],
        ),
      }));
    });
  }

  /** What the lines of a field select. Throws UnitDefinitionError for a broken regular expression. */
  patterns(field: SelectionField): readonly UnitPattern[] {
    return onField(this, field, () =>
      this.lines(field).map((line) => unitPattern(line.pattern, this.namespace)),
    );
  }

  /**
   * This plan and those nested in it, each once, outer before inner.
   *
   * @param plans by qualified id; unknown ids are left out
   */
  withNested(plans: ReadonlyMap<string, TestPlan>): readonly TestPlan[] {
    const found = new Set<TestPlan>();
    const open: TestPlan[] = [this];
    for (let plan = open.pop(); plan !== undefined; plan = open.pop()) {
      if (found.has(plan)) continue;
      found.add(plan);
      const nested = plan.nestedIds.map((id) => plans.get(id)).filter((part) => part !== undefined);
      open.push(...nested.reverse());
    }
    return [...found];
  }

  /** The overrides of this plan and of those nested in it, sorted by pattern (spec `units.md` 9.3). */
  overrides(plans: ReadonlyMap<string, TestPlan>): readonly UnitOverride[] {
    const merged = new Map<string, (readonly [string, string])[]>();
    for (const plan of this.withNested(plans)) {
      for (const { pattern, changes } of plan.#ownOverrides()) {
        const known = merged.get(pattern);
        if (known === undefined) merged.set(pattern, [...changes]);
        else known.push(...changes);
      }
    }
    return [...merged]
      .sort(([a], [b]) => compareCodePoints(a, b))
      .map(([pattern, changes]) => ({ pattern, changes }));
  }

  #ownOverrides(): UnitOverride[] {
    const inline = WITH_INLINE_OVERRIDES.flatMap((field) => this.lines(field))
      .filter((line) => line.overrides.size > 0)
      .map((line) => ({
        pattern: this.#anchored(line.pattern),
        changes: [...line.overrides].map(([name, value]) => [name.replaceAll('-', '_'), value] as const),
      }));
    const categories = this.#applied('category_overrides').map(([value, pattern]) =>
      this.#override('category_id', this.qualify(value), pattern),
    );
    const statuses = this.#applied('certification_status_overrides').map(([value, pattern]) =>
      this.#override('certification_status', value, pattern),
    );
    return [...inline, ...categories, ...statuses];
  }

  #override(field: string, value: string, pattern: string): UnitOverride {
    return { pattern: this.#anchored(pattern), changes: [[field, value]] };
  }

  #anchored(pattern: string): string {
    return `^${this.qualify(pattern)}$`;
  }

  /** The lines `apply VALUE to PATTERN` of a field; other lines change nothing. */
  #applied(field: string): (readonly [value: string, pattern: string])[] {
    const text = this.textOrList(field) ?? [];
    const lines = typeof text === 'string' ? pySplitLines(text, false) : text;
    return lines.flatMap((line) => {
      const [apply, value, to, pattern, ...rest] = pySplitWhitespace(line.replace(/#.*/s, ''));
      const complete = apply === 'apply' && to === 'to' && pattern !== undefined && rest.length === 0;
      return complete ? [[value!, pattern] as const] : [];
    });
  }
}
