/** The outcomes of jobs and how they are shown (spec `results.md` 3). */

export interface OutcomeInfo {
  /** The value as stored; null when the job did not run. */
  readonly value: string | null;
  /** Short sign in front of a job, usually with a blank behind it. */
  readonly sigil: string;
  readonly description: string;
  /** Label in charts. */
  readonly label: string;
  /** The terminal sequence that turns the colour on; empty when there is none. */
  readonly ansi: string;
  /** `#RRGGBB`. */
  readonly hex: string;
  /** What reports for the certification service say. */
  readonly reportValue: 'none' | 'pass' | 'fail' | 'skip';
}

const GREEN = { ansi: '\x1b[32;1m', hex: '#6AA84F' };
const RED = { ansi: '\x1b[31;1m', hex: '#DC3912' };
const YELLOW = { ansi: '\x1b[33;1m', hex: '#FF9900' };
const MAGENTA = { ansi: '\x1b[35;1m', hex: '#FF00FF' };
const ALARM = { ansi: '\x1b[41;37;1m', hex: '#FF0000' };
const PLAIN = { ansi: '', hex: '#000000' };

/** All outcomes, in the order of the specification. */
export const OUTCOMES: readonly OutcomeInfo[] = [
  {
    value: null,
    sigil: ' ',
    description: "job didn't run",
    label: 'not started',
    ...PLAIN,
    reportValue: 'none',
  },
  {
    value: 'pass',
    sigil: '\u2611 ',
    description: 'job passed',
    label: 'passed',
    ...GREEN,
    reportValue: 'pass',
  },
  {
    value: 'fail',
    sigil: '\u2612 ',
    description: 'job failed',
    label: 'failed',
    ...RED,
    reportValue: 'fail',
  },
  {
    value: 'skip',
    sigil: '\u2610 ',
    description: 'job manually skipped',
    label: 'manually skipped',
    ...YELLOW,
    reportValue: 'skip',
  },
  {
    value: 'skipped-dependency',
    sigil: '\u2610 ',
    description: 'job cannot be started (failed dependency)',
    label: 'skipped (failed dependency)',
    ...YELLOW,
    reportValue: 'skip',
  },
  {
    value: 'skipped-resource',
    sigil: '\u2610 ',
    description: 'job cannot be started (unmet resource)',
    label: 'skipped (unmet resource)',
    ...YELLOW,
    reportValue: 'skip',
  },
  {
    value: 'skipped-manifest',
    sigil: '\u2610 ',
    description: 'job cannot be started (unmet manifest)',
    label: 'skipped (unmet manifest)',
    ...YELLOW,
    reportValue: 'skip',
  },
  // Historic: split into the three `skipped-*` values, but still read.
  {
    value: 'not-supported',
    sigil: '\u2610 ',
    description: 'job cannot be started',
    label: 'not supported',
    ...YELLOW,
    reportValue: 'skip',
  },
  {
    value: 'not-implemented',
    sigil: '-',
    description: 'job is not implemented',
    label: 'not implemented',
    ...RED,
    reportValue: 'skip',
  },
  {
    value: 'undecided',
    sigil: '\u2047 ',
    description: 'job needs verification',
    label: 'undecided',
    ...MAGENTA,
    reportValue: 'skip',
  },
  {
    value: 'crash',
    sigil: '\u26a0 ',
    description: 'job crashed',
    label: 'crashed',
    ...ALARM,
    reportValue: 'fail',
  },
];

/** How to show an outcome; undefined for a value that is not in the table. */
export function outcomeInfo(outcome: string | null): OutcomeInfo | undefined {
  return OUTCOMES.find((info) => info.value === outcome);
}

/** The values a stored result may have, sorted as the reference shows them (spec `resume.md` 6.1). */
export const ALLOWED_OUTCOMES: readonly (string | null)[] = [
  'crash',
  'fail',
  null,
  'not-implemented',
  'not-supported',
  'pass',
  'skip',
  'skipped-dependency',
  'skipped-manifest',
  'skipped-resource',
  'undecided',
];

/** The colour `#RRGGBB` as three numbers from 0 to 255. */
export function hexToRgb(hex: string): readonly [red: number, green: number, blue: number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}
