/**
 * The filter of the job list. Terms stand apart by blanks and must all hold:
 *
 * - `s:fail,crash` outcome; also `none`, `left`, `running`, `rejected`
 * - `j:disk` in the id, `c:` in the category, `t:` in the template, `m:` in the comments
 * - `io:"cannot open"` in the output
 * - `d:>10` seconds
 * - a bare word in id, name, or comments; `!` in front of a term turns it round
 */

import type { JobRow } from 'plainbox-session/browser';

export interface Term {
  readonly key: 'text' | 's' | 'j' | 'c' | 't' | 'm' | 'io' | 'd';
  /** Lower case. */
  readonly value: string;
  readonly isNegated: boolean;
}

const KEYS: readonly string[] = ['s', 'j', 'c', 't', 'm', 'io', 'd'];
/** `!`, a key, and a quoted or a bare value; a quote that is not closed ends with the text. */
const TERM = /(!?)(?:([a-z]+):)?(?:"([^"]*)"?|([^\s"!][^\s"]*))/gi;

export function parseFilter(text: string): readonly Term[] {
  return Array.from(text.matchAll(TERM), ([whole, not, key, quoted, bare]): Term => {
    const name = key?.toLowerCase();
    const isKnown = name !== undefined && KEYS.includes(name);
    // `usb3:x` is no key: the whole is a word.
    const value = isKnown || name === undefined ? (quoted ?? bare ?? '') : whole.slice(not!.length);
    return {
      key: (isKnown ? name : 'text') as Term['key'],
      value: value.toLowerCase(),
      isNegated: not === '!',
    };
  }).filter(({ value }) => value !== '');
}

/** What has to be looked for in the output before the filter can be applied. */
export function logTexts(terms: readonly Term[]): readonly string[] {
  return terms.flatMap(({ key, value }) => (key === 'io' ? [value] : []));
}

/** @param logs text of an `io:` term to the ids of jobs whose output has it; nothing while it is looked for */
export function matches(
  job: JobRow,
  terms: readonly Term[],
  logs: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  return terms.every((term) => holds(job, term, logs) !== term.isNegated);
}

function holds(job: JobRow, { key, value }: Term, logs: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const has = (text: string | null) => text?.toLowerCase().includes(value) ?? false;
  switch (key) {
    case 's':
      return value.split(',').some((state) => isInState(job, state));
    case 'j':
      return has(job.id);
    case 'c':
      return has(job.category);
    case 't':
      return has(job.templateId);
    case 'm':
      return has(job.comments);
    case 'io':
      return logs.get(value)?.has(job.id) ?? false;
    case 'd':
      return hasDuration(job, value);
    default:
      return has(job.id) || has(job.name) || has(job.comments);
  }
}

function isInState(job: JobRow, state: string): boolean {
  switch (state) {
    case 'left':
      return job.outcome === null && (job.isDesired || job.isRunning);
    case 'running':
      return job.isRunning;
    case 'rejected':
      return job.isRejected;
    case 'none':
      return job.outcome === null;
    case 'skipped':
      return job.outcome?.startsWith('skip') ?? false;
    default:
      return job.outcome === state;
  }
}

function hasDuration({ duration }: JobRow, condition: string): boolean {
  const [, sign, figure] = /^([<>]?)([0-9.]+)$/.exec(condition) ?? [];
  if (duration === null || figure === undefined) return false;
  return sign === '<' ? duration < Number(figure) : duration >= Number(figure);
}
