/** The report `text` for terminals and mails: what failed and why, then every job as Checkbox lists them. */

import { count, isoTime } from '../wording/figures.js';
import { commentLines, factsOf, readFailure } from './failures.js';
import { problemText } from './figures.js';
import type { ReportJob, SessionReport } from './model.js';
import { cutText, plainLine } from './plain-text.js';

/** Lines of a log that are shown of a failed job, and characters of each. */
const TAIL_LINES = 10;
const LINE_CHARACTERS = 300;
/** Problems that are shown; each missing log is one. */
const PROBLEMS = 50;

export async function* writeText(report: SessionReport): AsyncGenerator<string, void, void> {
  yield `${heading(report)}\n\n`;
  yield `${count(report.tested.length, 'job')}: ${countsText(report)}\n`;
  const failed = report.failed;
  if (failed.length > 0) yield '\nFailed and crashed\n';
  for (const job of failed) {
    const { facts, comments, tail, omitted } = await readFailure(report, job, TAIL_LINES);
    yield `${jobLine(job)}\n    ${facts.join(', ')}\n`;
    for (const line of comments) yield `    ${cutText(line, LINE_CHARACTERS)}\n`;
    if (omitted > 0) yield `    | … ${count(omitted, 'earlier line')} left out\n`;
    for (const { text } of tail) yield `    | ${cutText(text, LINE_CHARACTERS)}\n`;
  }
  yield* section('Skipped', report.skipped, (job) => [factsOf(job).join(', '), ...commentLines(job)]);
  yield* section('Left without result', report.left, (job) => (job.isRunning ? factsOf(job) : []));
  yield* section('All jobs with a result', report.finished, () => []);
  yield* problemLines(report);
}

function heading({ title, description, testPlanId, savedAt, session }: SessionReport): string {
  const time = isoTime(savedAt)?.replace('T', ' ');
  const lines = [
    title || 'Session without title',
    description,
    testPlanId === undefined ? undefined : `Test plan ${testPlanId}`,
    `${time === undefined ? 'Saved at an unknown time' : `Saved ${time} UTC`}, format ${session.version}`,
  ];
  return lines
    .filter((line) => line !== undefined)
    .map(plainLine)
    .join('\n');
}

function countsText({ counts }: SessionReport): string {
  return (
    counts.map(([info, count]) => `${count} ${info.value === null ? 'left' : info.label}`).join(', ') ||
    'none'
  );
}

function* section(
  title: string,
  jobs: readonly ReportJob[],
  details: (job: ReportJob) => readonly string[],
): Generator<string, void, void> {
  if (jobs.length > 0) yield `\n${title}\n`;
  for (const job of jobs) {
    yield `${jobLine(job)}\n`;
    for (const line of details(job)) yield `    ${cutText(line, LINE_CHARACTERS)}\n`;
  }
}

/** As in Checkbox's own text report; the id where it says more. */
function jobLine({ info, name, id, partialId }: ReportJob): string {
  const sigil = info.sigil.trim() || ' ';
  return `${sigil} : ${plainLine(name === partialId ? id : `${name} (${id})`)}`;
}

function* problemLines({ problems }: SessionReport): Generator<string, void, void> {
  if (problems.length === 0) return;
  yield `\nProblems of the session (${problems.length})\n`;
  for (const problem of problems.slice(0, PROBLEMS)) yield `  ${problemText(problem)}\n`;
  if (problems.length > PROBLEMS) {
    yield `  … ${problems.length - PROBLEMS} more: the report in JSON has all of them\n`;
  }
}
