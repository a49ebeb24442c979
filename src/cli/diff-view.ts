/** The difference of two sessions, as text and as JSON (schema 1). */

import { record } from '../dump/dump-value.js';
import type { PyDict } from '../python/value.js';
import type { CollectorDiff, OutcomeChange, ReportJob, SessionDiff, SessionReport } from '../report/index.js';
import { count, formatSeconds } from '../wording/figures.js';
import { JobNames } from '../wording/job-names.js';
import type { Terminal } from './terminal.js';
import { truncate, visible } from './visible.js';

const NO_OUTCOME = 'none';
/** Columns of a value of the environment. */
const VALUE_WIDTH = 60;
/** Differences that are shown of one collector. */
const FACTS = 10;

export function viewDiff(diff: SessionDiff, terminal: Terminal): string[] {
  const { changed, added, gone, slower, environment } = diff;
  const { bold, green, red, dim } = terminal.colours;
  const names = new JobNames(
    [...changed.map(({ after }) => after), ...added, ...gone, ...slower.map(({ job }) => job)].map(
      ({ id }) => id,
    ),
    visible,
  );
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', bold(`${title} (${lines.length})`), ...lines];
  const isSame = changed.length + added.length + gone.length + slower.length === 0;
  const verdict = diff.isWorse
    ? red('Something got worse.')
    : green(isSame ? 'No job changed.' : 'Nothing got worse.');
  return [
    bold(verdict),
    ...(names.note === undefined || isSame ? [] : [dim(names.note)]),
    ...section(
      'Changed',
      changed.map((change) => changeLine(change, names, terminal)),
    ),
    ...section(
      'New',
      added.map((job) => `  ${names.short(job.id)}  ${outcomeText(job, terminal)}`),
    ),
    ...section(
      'Gone',
      gone.map((job) => `  ${names.short(job.id)}  ${dim(`was ${job.outcome ?? NO_OUTCOME}`)}`),
    ),
    ...section(
      'Slower',
      slower.map(
        ({ job, before, after, ratio }) =>
          `  ${names.short(job.id)}  ${formatSeconds(before)} -> ${formatSeconds(after)}, ${red(`${ratio.toFixed(1)} times`)}`,
      ),
    ),
    ...environment.flatMap((collector) => collectorLines(collector, terminal)),
  ];
}

function changeLine({ before, after, verdict }: OutcomeChange, names: JobNames, terminal: Terminal): string {
  const { red, green } = terminal.colours;
  const sign = { worse: red('worse '), better: green('better'), other: '      ' }[verdict];
  return `  ${sign}  ${names.short(after.id)}  ${outcomeText(before, terminal)} -> ${outcomeText(after, terminal)}`;
}

function collectorLines({ collector, differences, more }: CollectorDiff, terminal: Terminal): string[] {
  const shown = differences.slice(0, FACTS);
  const value = (text: string | undefined) =>
    text === undefined ? '(nothing)' : truncate(visible(text), VALUE_WIDTH);
  const rest = differences.length - shown.length + more;
  return [
    '',
    terminal.colours.bold(`Environment: ${visible(collector)} (${differences.length + more})`),
    ...shown.map(({ place, before, after }) => `  ${visible(place)}: ${value(before)} -> ${value(after)}`),
    ...(rest > 0
      ? [terminal.colours.yellow(`  … ${count(rest, 'more difference')}, the first ones with --json`)]
      : []),
  ];
}

function outcomeText({ info, outcome }: ReportJob, terminal: Terminal): string {
  return terminal.outcome(info, outcome ?? NO_OUTCOME);
}

export function dumpDiff(
  { changed, added, gone, slower, environment, isWorse }: SessionDiff,
  before: SessionReport,
  after: SessionReport,
): PyDict {
  return record({
    schema: 1n,
    operation: 'diff',
    status: 'ok',
    before: dumpSession(before),
    after: dumpSession(after),
    worse: isWorse,
    changed: changed.map(({ before, after, verdict }) =>
      record({ job: after.id, name: after.name, before: before.outcome, after: after.outcome, verdict }),
    ),
    new: added.map(dumpJob),
    gone: gone.map(dumpJob),
    slower: slower.map(({ job, before, after, ratio }) =>
      record({ job: job.id, name: job.name, before, after, ratio }),
    ),
    environment: environment.map(({ collector, differences, more }) =>
      record({
        collector,
        differences: differences.map(({ place, before, after }) =>
          record({ place, before: before ?? null, after: after ?? null }),
        ),
        more: BigInt(more),
      }),
    ),
  });
}

function dumpSession({ title, savedAt, session }: SessionReport): PyDict {
  return record({
    title,
    saved_at: savedAt === undefined ? null : BigInt(savedAt),
    problems: BigInt(session.problems.length),
  });
}

function dumpJob({ id, name, outcome }: ReportJob): PyDict {
  return record({ job: id, name, outcome });
}
