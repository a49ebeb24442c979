/** The report `markdown` (GitHub's dialect) for pull requests and issues. */

import { count, isoTime } from '../wording/figures.js';
import { commentLines, type Failure, factsOf, readFailure } from './failures.js';
import { problemText, secondsText } from './figures.js';
import { codeBlock, codeSpan, markdownText, tableRow } from './markdown-text.js';
import { durationOf, type ReportJob, type SessionReport } from './model.js';
import { cutText } from './plain-text.js';

/** Characters of a comment on GitHub. */
const COMMENT_CHARACTERS = 65_536;
/** Of those, for the failed jobs. */
const FAILURE_CHARACTERS = 40_000;
/** Lines of a log that are shown of a failed job, and characters of each. */
const TAIL_LINES = 20;
const LINE_CHARACTERS = 300;
const COMMENT_LINES = 10;

/** A part of the report that may be cut between two of its items. */
interface Section {
  readonly head: string;
  readonly items: Iterable<string>;
  /** Number of items, also of those that are not made any more. */
  readonly size: number;
  readonly foot: string;
}

/** Writes the report; what would not fit into a comment is left out and counted. */
export async function* writeMarkdown(report: SessionReport): AsyncGenerator<string, void, void> {
  const head = heading(report);
  yield head;
  let room = COMMENT_CHARACTERS - head.length;
  const sections = (await sectionsOf(report)).filter(({ size }) => size > 0);
  for (const [index, section] of sections.entries()) {
    // Every section that follows must at least be able to say that it was left out.
    const reserved = sections.slice(index).reduce((sum, one) => sum + frameOf(one), 0);
    const text = writeSection(section, room - reserved);
    yield text;
    room -= text.length;
  }
}

function writeSection({ head, items, size, foot }: Section, space: number): string {
  const pieces: string[] = [];
  let left = space;
  for (const item of items) {
    left -= item.length;
    if (left < 0) break;
    pieces.push(item);
  }
  const note = pieces.length < size ? cutNote(size - pieces.length) : '';
  return head + pieces.join('') + foot + note;
}

async function sectionsOf(report: SessionReport): Promise<Section[]> {
  const { failed, finished, left, skipped } = report;
  // Reading the logs may find further problems, so it comes first.
  const failures = await readFailures(report);
  const { problems } = report;
  return [
    { head: '\n## Failed and crashed\n', size: failed.length, items: failures, foot: '' },
    tableSection('\n## Skipped\n\n', skipped, ['', 'Job', 'Reason'], reasonCells),
    tableSection('\n## Left without result\n\n', left, ['', 'Job', 'Reason'], reasonCells),
    {
      head: '\n## Problems of the session\n\n',
      size: problems.length,
      items: problems.map((problem) => `- ${codeSpan(problemText(problem))}\n`),
      foot: '',
    },
    tableSection(
      `\n<details><summary>All ${count(finished.length, 'job')} with a result</summary>\n\n`,
      finished,
      ['', 'Job', 'Category', 'Duration'],
      (job) => [sigilOf(job), jobCell(job), markdownText(job.category), secondsText(durationOf(job))],
      '\n</details>\n',
    ),
  ];
}

/** The failed jobs that fit into their share of the report. */
async function readFailures(report: SessionReport): Promise<string[]> {
  const blocks: string[] = [];
  let size = 0;
  for (const job of report.failed) {
    const block = failureBlock(await readFailure(report, job, TAIL_LINES));
    size += block.length;
    if (size > FAILURE_CHARACTERS) break;
    blocks.push(block);
  }
  return blocks;
}

function failureBlock({ job, facts, comments, tail, omitted }: Failure): string {
  const shown = tail.map(({ text }) => cutText(text, LINE_CHARACTERS));
  if (omitted > 0) shown.unshift(`[… ${count(omitted, 'earlier line')} left out]`);
  return [
    `\n### ${sigilOf(job)} ${markdownText(job.name)}\n\n`,
    `${codeSpan(job.id)}: ${facts.map(markdownText).join(', ')}\n`,
    ...(comments.length === 0 ? [] : [`\n${quoted(comments)}`]),
    ...(shown.length === 0 ? [] : [`\n${codeBlock(shown.join('\n'))}`]),
  ].join('');
}

function quoted(comments: readonly string[]): string {
  const shown = comments.slice(0, COMMENT_LINES).map((line) => cutText(line, LINE_CHARACTERS));
  const more = comments.length - shown.length;
  if (more > 0) shown.push(`… ${count(more, 'more line')}`);
  return `> ${shown.map(markdownText).join('  \n> ')}\n`;
}

function reasonCells(job: ReportJob): string[] {
  const comments = commentLines(job).join(' ');
  const reason = [factsOf(job)[0]!, ...(comments === '' ? [] : [cutText(comments, LINE_CHARACTERS)])];
  return [sigilOf(job), jobCell(job), reason.map(markdownText).join(': ')];
}

function tableSection(
  head: string,
  jobs: readonly ReportJob[],
  titles: readonly string[],
  cells: (job: ReportJob) => readonly string[],
  foot = '',
): Section {
  const rule = tableRow(titles.map(() => '---'));
  return {
    head: head + tableRow(titles) + rule,
    size: jobs.length,
    items: (function* () {
      for (const job of jobs) yield tableRow(cells(job));
    })(),
    foot,
  };
}

function heading(report: SessionReport): string {
  const { title, description, testPlanId, savedAt, session, counts } = report;
  const time = isoTime(savedAt)?.replace('T', ' ');
  const facts = [
    ...(testPlanId === undefined ? [] : [`test plan ${codeSpan(testPlanId)}`]),
    time === undefined ? 'saved at an unknown time' : `saved ${time} UTC`,
    `format ${session.version}`,
  ];
  const outcomes = counts.map(([info, count]) =>
    `${info.sigil.trim()} ${count} ${info.value === null ? 'left' : info.label}`.trim(),
  );
  return [
    `# ${markdownText(title || 'Session without title')}\n`,
    ...(description === undefined ? [] : [`\n${markdownText(description)}\n`]),
    `\n${facts.join(', ')}\n`,
    `\n**${outcomes.join(', ') || 'No jobs'}**\n`,
  ].join('');
}

function sigilOf({ info }: ReportJob): string {
  return info.sigil.trim();
}

function jobCell({ name, partialId, id }: ReportJob): string {
  return name === partialId ? codeSpan(id) : `${markdownText(name)} ${codeSpan(id)}`;
}

function frameOf({ head, foot, size }: Section): number {
  return head.length + foot.length + cutNote(size).length;
}

function cutNote(count: number): string {
  return `\n**… ${count} more left out: a comment on GitHub holds ${COMMENT_CHARACTERS} characters.**\n`;
}
