/** Replacing text in the strings of a document. */

import type { JsonValue } from '../document/json-value.js';
import { pyRepr } from '../python/repr.js';
import { type Replacement, Replacer, type RuleName } from './redaction-rules.js';
import type { DocumentWriter, MemberWriter } from './write-document.js';

/** Something that was removed or replaced. */
export interface Redaction {
  /** JSON path in the original document. */
  readonly path: string;
  readonly rule: RuleName;
  /** Matches replaced, records removed; 1 for a blob or a collector. */
  readonly count: number;
}

/** Something that a rule speaks of and that stays. */
export interface LeftInPlace {
  readonly path: string;
  /** What it is, and so why it stays. */
  readonly text: string;
}

/** Copies values, with the replacements applied, and notes what it did. */
export class TextRedactor {
  readonly removed: Redaction[] = [];
  readonly left: LeftInPlace[] = [];
  readonly replacers: readonly Replacer[];

  /** @throws RangeError for a replacement of an empty text */
  constructor(
    private readonly writer: DocumentWriter,
    replacements: readonly Replacement[],
  ) {
    this.replacers = replacements.map(
      (replacement, index) => new Replacer(replacement, `replacement ${index + 1}`),
    );
  }

  /** Whether there is anything to replace. */
  get isActive(): boolean {
    return this.replacers.length > 0;
  }

  note({ path }: JsonValue, rule: RuleName, count: number): void {
    this.removed.push({ path, rule, count });
  }

  leave({ path }: JsonValue, text: string): void {
    this.left.push({ path, text });
  }

  /**
   * Writes a value with the replacements applied to every string in it.
   *
   * @param fixedLevels levels of objects whose keys have a meaning and stay
   */
  redact(value: JsonValue, fixedLevels = 0): void {
    const { kind } = value;
    if (!this.isActive) this.writer.copy(value);
    else if (kind === 'object') this.writer.object(this.#members(value, fixedLevels));
    else if (kind === 'array') this.writer.array(value.items(), (item) => this.redact(item, fixedLevels - 1));
    else if (kind === 'string') this.#string(value);
    else this.keep(value, 'it is a number');
  }

  /** Copies a value; each string, number or key in it that a replacement matches is listed as left in place. */
  keep(value: JsonValue, text: string): void {
    if (!this.isActive) this.writer.copy(value);
    else this.#keepSearched(value, text);
  }

  /** Written anew: of members of the same name all but the last are read by nobody, and were not searched. */
  #keepSearched(value: JsonValue, text: string): void {
    const { kind } = value;
    if (kind === 'object') {
      const members = Array.from(value.members(), ([key, member]): MemberWriter => {
        if (this.#matches(key)) this.leave(member, text);
        return [key, () => this.#keepSearched(member, text)];
      });
      this.writer.object(members);
    } else if (kind === 'array' && value.size > 0) {
      this.writer.array(value.items(), (item) => this.#keepSearched(item, text));
    } else {
      this.writer.copy(value);
      if (this.#matches(scalarText(value))) this.leave(value, text);
    }
  }

  #matches(text: string): boolean {
    return this.replacers.some((replacer) => !replacer.matches(text).next().done);
  }

  #string(value: JsonValue): void {
    const text = value.string!;
    const replaced = this.#replace(text, value);
    if (replaced === text) this.writer.copy(value);
    else this.writer.value(replaced);
  }

  #members(object: JsonValue, fixedLevels: number): MemberWriter[] {
    const names = new DistinctNames();
    return Array.from(object.members(), ([key, value]) => {
      const name = fixedLevels > 0 ? key : names.take(this.#replace(key, value));
      return [name, () => this.redact(value, fixedLevels - 1)] as const;
    });
  }

  #replace(text: string, place: JsonValue): string {
    let current = text;
    for (const replacer of this.replacers) {
      const parts: string[] = [];
      let copied = 0;
      for (const { start, end } of replacer.matches(current)) {
        parts.push(current.slice(copied, start), replacer.by);
        copied = end;
      }
      if (parts.length === 0) continue;
      this.note(place, replacer.rule, parts.length / 2);
      current = parts.join('') + current.slice(copied);
    }
    return current;
  }
}

/** The text that a number or a string is; empty for other values. */
function scalarText(value: JsonValue): string {
  const { kind } = value;
  if (kind === 'integer' || kind === 'float') return pyRepr(value.toPython());
  return value.string ?? '';
}

/** Different keys stay different, also when nothing but the replaced text told them apart. */
class DistinctNames {
  readonly #taken = new Map<string, number>();

  /** The name, or the name with a number. */
  take(name: string): string {
    const before = this.#taken.get(name) ?? 0;
    this.#taken.set(name, before + 1);
    return before === 0 ? name : this.take(`${name} (${before + 1})`);
  }
}
