/** A resumed session as text. */

import type { SessionState } from '../session/state.js';
import { outcomeStatistics } from '../session/statistics.js';
import { readable } from '../units/field-errors.js';
import { count, formatSeconds } from '../wording/figures.js';
import { JobNames } from '../wording/job-names.js';
import { factRows, paragraph } from './layout.js';
import { type BlockedJob, type LeftJob, leftToRun } from './left-to-run.js';
import { describeCounts } from './outcome-counts.js';
import type { Terminal } from './terminal.js';
import { visible } from './visible.js';

/** Most jobs that are shown of each kind. */
const JOBS_SHOWN = 20;

export function viewState(session: SessionState, terminal: Terminal): string[] {
  const names = new JobNames(session.jobStateMap.keys(), visible);
  const { runnable, blocked } = leftToRun(session);
  const { bold, dim } = terminal.colours;
  const lines = [
    bold(visible(session.metadata.title ?? 'session without title')),
    '',
    ...factRows(describe(session, runnable, blocked, names, terminal), terminal),
  ];
  if (names.note !== undefined) lines.push('', dim(names.note));
  const running = session.metadata.runningJobName;
  lines.push(
    ...section('Left to run, in this order', runnable, terminal, (left, index) =>
      viewLeft(left, index + 1, running, names, terminal),
    ),
    ...section('Cannot run', blocked, terminal, (job) => viewBlocked(job, names, terminal)),
  );
  return lines;
}

function describe(
  session: SessionState,
  runnable: readonly LeftJob[],
  blocked: readonly BlockedJob[],
  names: JobNames,
  terminal: Terminal,
): [string, string][] {
  const { runningJobName } = session.metadata;
  const isRunning = runnable.some(({ state }) => state.job.id === runningJobName);
  const rows: [string, string][] = [
    ['Jobs', `${session.jobList.length}, ${session.runList.length} of them on the run list`],
    ['Ran', describeCounts(outcomeStatistics(session), terminal).join(', ') || 'nothing'],
    ['Left', runnable.length === 0 ? 'nothing' : `${count(runnable.length, 'job')}${timeFor(runnable)}`],
  ];
  if (blocked.length > 0) rows.push(['Cannot run', count(blocked.length, 'job')]);
  if (runningJobName !== null && isRunning)
    rows.push(['Running', `${names.short(runningJobName)} when it was saved`]);
  return rows;
}

/** The estimates together, where every job has one. */
function timeFor(jobs: readonly LeftJob[]): string {
  let seconds = 0;
  let unknown = 0;
  for (const { state } of jobs) {
    const estimate = readable(() => state.job.estimatedDuration);
    if (estimate == null) unknown++;
    else seconds += estimate;
  }
  if (unknown === jobs.length) return '';
  const more = unknown === 0 ? '' : `, ${unknown} of them without estimate`;
  return `, about ${formatSeconds(seconds)}${more}`;
}

function viewLeft(
  { state, waitsFor }: LeftJob,
  position: number,
  running: string | null,
  names: JobNames,
  terminal: Terminal,
): string[] {
  const { dim } = terminal.colours;
  const margin = `${String(position).padStart(4)}  `;
  const notes = [];
  const summary = readable(() => state.job.summary);
  if (summary != null && summary !== state.job.partialId) notes.push(visible(summary));
  const estimate = readable(() => state.job.estimatedDuration);
  if (estimate != null) notes.push(formatSeconds(estimate));
  if (readable(() => state.job.automated) === false) notes.push('needs an operator');
  if (state.job.id === running) notes.push('was running');
  if (waitsFor.length > 0) notes.push(`after ${waitsFor.map((id) => names.short(id)).join(', ')}`);
  const [first = '', ...rest] = paragraph(
    [names.short(state.job.id ?? ''), dim(notes.join('; '))].join('  ').trimEnd(),
    terminal,
    ' '.repeat(margin.length),
  );
  return [margin + first.slice(margin.length), ...rest];
}

function viewBlocked({ state, reasons }: BlockedJob, names: JobNames, terminal: Terminal): string[] {
  return [
    `  ${names.short(state.job.id ?? '')}`,
    ...reasons.flatMap((reason) => paragraph(terminal.colours.dim(visible(reason)), terminal, '    ')),
  ];
}

function section<T>(
  title: string,
  items: readonly T[],
  { colours }: Terminal,
  view: (item: T, index: number) => string[],
): string[] {
  if (items.length === 0) return [];
  const lines = ['', colours.bold(title), ...items.slice(0, JOBS_SHOWN).flatMap(view)];
  const more = items.length - JOBS_SHOWN;
  return more > 0 ? [...lines, colours.yellow(`… ${more} more, see \`resume --json\``)] : lines;
}
