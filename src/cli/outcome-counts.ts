/** How many jobs came out how. */

import { OUTCOMES, type OutcomeInfo } from '../results/outcomes.js';
import { unbroken } from './layout.js';
import type { Terminal } from './terminal.js';

const REPORT_ORDER: readonly OutcomeInfo['reportValue'][] = ['none', 'pass', 'fail', 'skip'];

/** `7 passed, 1 failed, 1 crashed, …` for the jobs that have an outcome. */
export function describeCounts(counts: ReadonlyMap<string | null, number>, terminal: Terminal): string[] {
  const rank = (info: OutcomeInfo) => REPORT_ORDER.indexOf(info.reportValue);
  return OUTCOMES.toSorted((a, b) => rank(a) - rank(b)).flatMap((info) => {
    const number = counts.get(info.value) ?? 0;
    if (number === 0 || info.value === null) return [];
    return [unbroken(terminal.outcome(info, `${number} ${info.label}`))];
  });
}
