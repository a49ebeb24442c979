/**
 * The report `junit`, as Jenkins' xUnit plugin and most others read it (`junit-10.xsd`): one test suite for each
 * category. A failed job is a `<failure>`, a crashed one an `<error>`; every other job that did not pass is
 * `<skipped>` with the reason, also one that never ran.
 */

import { count, isoTime } from '../wording/figures.js';
import { commentsOf } from './failures.js';
import { problemText, returnCodeText } from './figures.js';
import { type LineStream, type LogLine, LogTail, logLines } from './log-lines.js';
import { durationOf, type ReportJob, type SessionReport } from './model.js';
import { plainText, utf8Length } from './plain-text.js';
import { xmlAttribute, xmlText } from './xml-text.js';

/** Bytes of one stream of one job: XML readers on libxml2 refuse a text of 10 million bytes and more. */
const STREAM_BYTES = 9_500_000;

/** Problems that are listed; each missing log is one. */
const PROBLEMS = 1_000;

/** Lines that are written together. */
const LINES_TOGETHER = 1_000;

type Verdict = 'passed' | 'failure' | 'error' | 'skipped';

interface Totals {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  /** Seconds. */
  readonly time: number;
}

/** Writes the report piece by piece. Streams longer than {@link STREAM_BYTES} keep their ends, and say so. */
export async function* writeJunit(report: SessionReport): AsyncGenerator<string, void, void> {
  const jobs = report.tested;
  const name = report.title || 'Checkbox session';
  const { tests, failures, errors, time } = totalsOf(jobs);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites${xmlAttribute('name', plainText(name))}${xmlAttribute('tests', tests)}`;
  yield `${xmlAttribute('failures', failures)}${xmlAttribute('errors', errors)}`;
  yield `${xmlAttribute('time', seconds(time))}>\n`;
  for (const [categoryId, members] of byCategory(jobs)) yield* writeSuite(report, categoryId, members);
  yield* writeProblems(report);
  yield '</testsuites>\n';
}

function byCategory(jobs: readonly ReportJob[]): ReadonlyMap<string, ReportJob[]> {
  const categories = new Map<string, ReportJob[]>();
  for (const job of jobs) {
    const members = categories.get(job.categoryId);
    if (members === undefined) categories.set(job.categoryId, [job]);
    else members.push(job);
  }
  return categories;
}

async function* writeSuite(
  report: SessionReport,
  categoryId: string,
  jobs: readonly ReportJob[],
): AsyncGenerator<string, void, void> {
  const time = isoTime(report.savedAt);
  const timestamp = time === undefined ? '' : xmlAttribute('timestamp', time);
  yield `<testsuite${suiteAttributes(jobs[0]!.category, jobs)}${xmlAttribute('id', categoryId)}${timestamp}>\n`;
  for (const job of jobs) yield* writeCase(report, job);
  yield '</testsuite>\n';
}

function suiteAttributes(name: string, jobs: readonly ReportJob[]): string {
  const { tests, failures, errors, skipped, time } = totalsOf(jobs);
  return [
    xmlAttribute('name', plainText(name)),
    xmlAttribute('tests', tests),
    xmlAttribute('failures', failures),
    xmlAttribute('errors', errors),
    xmlAttribute('skipped', skipped),
    xmlAttribute('time', seconds(time)),
  ].join('');
}

async function* writeCase(report: SessionReport, job: ReportJob): AsyncGenerator<string, void, void> {
  const namespace = job.id.slice(0, job.id.length - job.partialId.length).replace(/::$/, '');
  yield `<testcase${xmlAttribute('name', job.partialId)}${xmlAttribute('classname', namespace)}`;
  yield `${xmlAttribute('time', seconds(durationOf(job) ?? 0))}>\n`;
  const verdict = verdictOf(job);
  if (verdict !== 'passed') {
    const kind = verdict === 'skipped' ? '' : xmlAttribute('type', job.outcome!);
    const message = xmlAttribute('message', reasonOf(job));
    yield `<${verdict}${kind}${message}>${xmlText(commentsOf(job))}</${verdict}>\n`;
  }
  const streams = { stdout: newTail(), stderr: newTail() };
  for (const line of logLines(await report.openLog(job))) streams[line.stream].push(line);
  yield* writeStream('stdout', 'system-out', streams);
  yield* writeStream('stderr', 'system-err', streams);
  yield '</testcase>\n';
}

function* writeStream(
  stream: LineStream,
  element: string,
  streams: Readonly<Record<LineStream, LogTail>>,
): Generator<string, void, void> {
  const { lines, omitted } = streams[stream];
  if (lines.length === 0 && omitted === 0) return;
  yield `<${element}>`;
  if (omitted > 0) yield `[… ${count(omitted, 'earlier line')} left out: more than XML readers take]\n`;
  for (let start = 0; start < lines.length; start += LINES_TOGETHER) {
    yield lines
      .slice(start, start + LINES_TOGETHER)
      .map(({ text }) => `${xmlText(text)}\n`)
      .join('');
  }
  yield `</${element}>\n`;
}

/** A suite without tests, so that the totals stay what they are. */
function* writeProblems({ problems }: SessionReport): Generator<string, void, void> {
  if (problems.length === 0) return;
  yield `<testsuite${suiteAttributes('Problems of the session', [])}>\n`;
  yield '<system-err>';
  for (const problem of problems.slice(0, PROBLEMS)) yield `${xmlText(problemText(problem))}\n`;
  const more = problems.length - PROBLEMS;
  if (more > 0) yield `… ${count(more, 'more problem')}: the report in JSON has all of them\n`;
  yield '</system-err>\n</testsuite>\n';
}

function verdictOf({ outcome, info }: ReportJob): Verdict {
  if (outcome === 'crash') return 'error';
  if (info.reportValue === 'fail') return 'failure';
  return info.reportValue === 'pass' ? 'passed' : 'skipped';
}

function reasonOf({ info, result, isRunning }: ReportJob): string {
  if (isRunning) return 'job was running when the session was saved';
  const code = result === undefined ? undefined : returnCodeText(result);
  return code === undefined ? info.description : `${info.description}, ${code}`;
}

function totalsOf(jobs: readonly ReportJob[]): Totals {
  const count = (verdict: Verdict) => jobs.filter((job) => verdictOf(job) === verdict).length;
  return {
    tests: jobs.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: jobs.reduce((sum, job) => sum + (durationOf(job) ?? 0), 0),
  };
}

function newTail(): LogTail {
  return new LogTail(STREAM_BYTES, ({ text }: LogLine) => utf8Length(text) + 1);
}

/** A decimal number without exponent: readers take no other. */
function seconds(value: number): string {
  return value.toFixed(3);
}
