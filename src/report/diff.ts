/** What changed from one session to another one of the same tests. */

import { type CollectorDiff, compareCollectors } from './environment-diff.js';
import { durationOf, type ReportJob, type SessionReport } from './model.js';

export interface OutcomeChange {
  readonly before: ReportJob;
  readonly after: ReportJob;
  readonly verdict: 'worse' | 'better' | 'other';
}

export interface SlowerJob {
  readonly job: ReportJob;
  /** Seconds. */
  readonly before: number;
  readonly after: number;
  readonly ratio: number;
}

export interface SessionDiff {
  /** Jobs of both with different outcomes, the worse ones first. */
  readonly changed: readonly OutcomeChange[];
  /** Jobs that only the second session ran or was to run. */
  readonly added: readonly ReportJob[];
  /** Jobs that only the first session ran or was to run. */
  readonly gone: readonly ReportJob[];
  /** Slowest ratio first. */
  readonly slower: readonly SlowerJob[];
  readonly environment: readonly CollectorDiff[];
  /** Whether a job has a worse outcome, is slower, or is new and failed. */
  readonly isWorse: boolean;
}

export interface DiffOptions {
  /** From which ratio of its times on a job counts as slower; default 1.5. */
  readonly slowerRatio?: number | undefined;
}

const SLOWER_RATIO = 1.5;
/** Seconds: what takes no longer than that more is noise. */
const LEAST_SLOWER = 1;
const VERDICT_ORDER = ['worse', 'other', 'better'] as const;

/** Compares the last runs of all jobs, and what the collectors found out about the machines. */
export function diffSessions(
  before: SessionReport,
  after: SessionReport,
  { slowerRatio = SLOWER_RATIO }: DiffOptions = {},
): SessionDiff {
  const old = byId(before.tested);
  const current = byId(after.tested);
  const changed: OutcomeChange[] = [];
  const slower: SlowerJob[] = [];
  for (const job of current.values()) {
    const twin = old.get(job.id);
    if (twin === undefined) continue;
    if (twin.outcome !== job.outcome)
      changed.push({ before: twin, after: job, verdict: verdictOf(twin, job) });
    else slower.push(...slowerOf(twin, job, slowerRatio));
  }
  const added = [...current.values()].filter(({ id }) => !old.has(id));
  changed.sort((a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict));
  slower.sort((a, b) => b.ratio - a.ratio);
  return {
    changed,
    added,
    gone: [...old.values()].filter(({ id }) => !current.has(id)),
    slower,
    environment: compareCollectors(before.session, after.session),
    isWorse:
      slower.length > 0 ||
      changed.some(({ verdict }) => verdict === 'worse') ||
      added.some(({ info }) => info.reportValue === 'fail'),
  };
}

function byId(jobs: readonly ReportJob[]): ReadonlyMap<string, ReportJob> {
  return new Map(jobs.map((job) => [job.id, job]));
}

function verdictOf(before: ReportJob, after: ReportJob): OutcomeChange['verdict'] {
  const change = badness(after) - badness(before);
  if (change === 0) return 'other';
  return change > 0 ? 'worse' : 'better';
}

/** Passed, not run for whatever reason, failed, crashed. */
function badness({ outcome, info }: ReportJob): number {
  if (outcome === 'crash') return 3;
  return { pass: 0, none: 1, skip: 1, fail: 2 }[info.reportValue];
}

function slowerOf(twin: ReportJob, job: ReportJob, slowerRatio: number): SlowerJob[] {
  const before = durationOf(twin);
  const after = durationOf(job);
  if (before === undefined || after === undefined || before === 0) return [];
  const ratio = after / before;
  return ratio >= slowerRatio && after - before >= LEAST_SLOWER ? [{ job, before, after, ratio }] : [];
}
