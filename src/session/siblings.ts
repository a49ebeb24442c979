/** Variants that a job defines of itself (spec `state.md` 4.1). */

import { pyStr } from '../python/repr.js';
import { pySplitWhitespace } from '../python/text.js';
import { isPyList, type PyDict, type PyValue } from '../python/value.js';
import type { Job } from '../units/job.js';

/** One flag that asks for a variant to be run after the machine was suspended. */
interface SuspendVariant {
  readonly flag: string;
  /** The job that suspends the machine. */
  readonly suspendJobId: string;
  readonly prefix: string;
}

/** In the order of processing. */
const SUSPEND_VARIANTS: readonly SuspendVariant[] = [
  {
    flag: 'also-after-suspend',
    suspendJobId: 'com.canonical.certification::suspend/suspend_advanced_auto',
    prefix: 'after-suspend',
  },
  {
    flag: 'also-after-suspend-manual',
    suspendJobId: 'com.canonical.certification::suspend/suspend_advanced',
    prefix: 'after-suspend-manual',
  },
];

/**
 * The siblings of a job: those of its field `siblings`, then those of its flags. The job itself is not changed.
 *
 * @throws UnitDefinitionError for a field that cannot be read
 */
export function siblingsOf(job: Job): Job[] {
  // Most jobs ask for none.
  if (job.raw('siblings') === null && job.raw('flags') === null) return [];
  const siblings = job.explicitSiblings.map((overrides) => job.withData(overrides));
  for (const variant of SUSPEND_VARIANTS) {
    if (job.flags.has(variant.flag)) siblings.push(job.withData(suspendOverrides(job, variant)));
  }
  return siblings;
}

/**
 * Ids of the jobs that a job must run before: those of its field `before`, and the suspend jobs that one of
 * its siblings comes after, unless the job itself does.
 *
 * @throws UnitDefinitionError for a field that cannot be read
 */
export function effectiveBeforeIds(job: Job, siblings: readonly Job[]): readonly string[] {
  const added = SUSPEND_VARIANTS.map(({ suspendJobId }) => suspendJobId).filter(
    (id) =>
      siblings.some((sibling) => comesAfter(sibling, id)) &&
      !comesAfter(job, id) &&
      !job.beforeIds.includes(id),
  );
  return added.length === 0 ? job.beforeIds : [...job.beforeIds, ...added];
}

function suspendOverrides(job: Job, { prefix, suspendJobId }: SuspendVariant): PyDict {
  const overrides = new Map<string, PyValue>();
  overrides.set('flags', flagsWithoutSuspend(job.value('flags')));
  overrides.set('id', `${prefix}-${pyStr(job.partialId)}`);
  overrides.set('_summary', `${pyStr(job.summary)} after suspend (S3)`);
  overrides.set('depends', dependsWith(job.value('depends'), [job.id ?? '', suspendJobId]));
  if (job.group) overrides.set('group', `${prefix}-${job.group}`);
  return overrides;
}

/** From text every occurrence of the shorter flag goes first, so that `-manual` is left of the longer one. */
function flagsWithoutSuspend(flags: PyValue): PyValue {
  if (isPyList(flags)) {
    const kept = [...flags];
    for (const { flag } of SUSPEND_VARIANTS) {
      const index = kept.indexOf(flag);
      if (index !== -1) kept.splice(index, 1);
    }
    return kept;
  }
  let text = pyStr(flags);
  for (const { flag } of SUSPEND_VARIANTS) text = text.replaceAll(flag, '');
  return text;
}

/** The form matters: it is part of the sibling's checksum. */
function dependsWith(depends: PyValue, ids: readonly string[]): PyValue {
  if (typeof depends === 'string') return [depends, ...ids].join(' ');
  return isPyList(depends) ? [...depends, ...ids] : ids;
}

/** Whether the id stands in `depends` or `after` as it is written: a word of the text, or in the list. */
function comesAfter(job: Job, id: string): boolean {
  return [job.value('depends'), job.value('after')].some((value) => {
    if (typeof value === 'string') return pySplitWhitespace(value).includes(id);
    return isPyList(value) && value.includes(id);
  });
}
