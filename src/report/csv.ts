/**
 * The report `csv` (RFC 4180, UTF-8 with CR LF) for spreadsheets. `record` says what a row is: `job` or
 * `problem`. A cell that a spreadsheet would run as a formula has an apostrophe in front.
 */

import { problemText } from './figures.js';
import { firstFailingLine, logLines } from './log-lines.js';
import { durationOf, type ReportJob, type SessionReport } from './model.js';
import { cutText, plainText } from './plain-text.js';

const COLUMNS = [
  'record',
  'job',
  'name',
  'category',
  'plugin',
  'certification_status',
  'status',
  'outcome',
  'duration_seconds',
  'return_code',
  'attempts',
  'first_failing_line',
  'comments',
  'problem',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** Characters that fit into a cell of the usual spreadsheets. */
const CELL_CHARACTERS = 32_767;
const CUT = ' […cut: more than a cell holds]';
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

export async function* writeCsv(report: SessionReport): AsyncGenerator<string, void, void> {
  yield line(COLUMNS);
  const failed = new Set(report.failed);
  for (const job of report.jobs) {
    const failing = failed.has(job) ? firstFailingLine(logLines(await report.openLog(job))) : undefined;
    yield row({ ...describe(job), first_failing_line: failing ?? '' });
  }
  for (const problem of report.problems) yield row({ record: 'problem', problem: problemText(problem) });
}

function describe(job: ReportJob): Row {
  const { result } = job;
  const seconds = durationOf(job);
  const code = result?.returnCode ?? null;
  return {
    record: 'job',
    job: job.id,
    name: job.name,
    category: job.category,
    plugin: job.plugin ?? '',
    certification_status: job.certificationStatus,
    status: job.info.reportValue,
    outcome: job.outcome ?? '',
    duration_seconds: seconds === undefined ? '' : String(seconds),
    return_code: code === null ? '' : BigInt(code).toString(),
    attempts: String(job.attempts.length),
    comments: result?.comments ?? '',
  };
}

function row(cells: Row): string {
  return line(COLUMNS.map((column) => cells[column] ?? ''));
}

function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string): string {
  const plain = plainText(value);
  const harmless = FORMULA.test(plain) && !NUMBER.test(plain) ? `'${plain}` : plain;
  const text = cutText(harmless, CELL_CHARACTERS, CUT);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
