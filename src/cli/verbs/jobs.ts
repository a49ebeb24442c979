/** `jobs`: a table of all jobs of a session. */

import { Command, InvalidArgumentError } from 'commander';
import { record } from '../../dump/dump-value.js';
import type { PyDict } from '../../python/value.js';
import { ALLOWED_OUTCOMES, outcomeInfo } from '../../results/outcomes.js';
import { count, formatBytes, formatSeconds } from '../../wording/figures.js';
import { JobNames } from '../../wording/job-names.js';
import type { Context, JsonOption } from '../context.js';
import { dumpJob } from '../dump-job.js';
import { ExitCode } from '../exit-codes.js';
import { examples, JSON_HELP } from '../help.js';
import { type JobFacts, jobFacts, NO_OUTCOME } from '../job-facts.js';
import { type Column, table } from '../layout.js';
import { type FoundLog, placeOfLog } from '../log-files.js';
import { FILE_HELP, type OpenedSession, openSession } from '../session-argument.js';
import type { Terminal } from '../terminal.js';
import { visible } from '../visible.js';

interface JobsOptions extends JsonOption {
  readonly outcome?: ReadonlySet<string>;
}

export function jobsVerb(context: Context): Command {
  return new Command('jobs')
    .summary('list the jobs of a session')
    .description(
      'Lists the jobs of a session: last outcome, number of attempts, duration, log. A log is counted in ' +
        'records where it is inside the session file, in compressed bytes where it is a file of its own. ' +
        'Selected jobs come first, in the order of the selection.',
    )
    .argument('<file>', FILE_HELP)
    .option(
      '--outcome <list>',
      `only jobs of these outcomes, comma-separated; ${NO_OUTCOME}: did not run`,
      readOutcomes,
    )
    .option('--json', JSON_HELP)
    .addHelpText('after', examples('jobs NAME.session', 'jobs NAME.session --outcome fail,crash'))
    .action((file: string, options: JobsOptions) =>
      context.complete('jobs', options, async () => {
        const source = await openSession(file, context);
        const { outcome } = options;
        const all = jobFacts(source.dormant);
        const jobs =
          outcome === undefined ? all : all.filter((job) => outcome.has(job.outcome ?? NO_OUTCOME));
        const rows = await withLogs(jobs, source);
        if (options.json) await context.printJson(dumpRows(rows));
        else await context.out.print(describeRows(rows, all, context.out));
        return warnOfProblems(source, context);
      }),
    );
}

type Row = readonly [job: JobFacts, log: FoundLog | undefined];

function withLogs(jobs: readonly JobFacts[], source: OpenedSession): Promise<Row[]> {
  return Promise.all(
    jobs.map(async (job) => [job, job.result && (await placeOfLog(job.result, source))] as const),
  );
}

function dumpRows(rows: readonly Row[]): PyDict {
  const jobs = rows.map(([job, log]) => dumpJob(job, log));
  return record({ schema: 1n, operation: 'jobs', status: 'ok', jobs });
}

const COLUMNS: readonly Column[] = [
  { title: 'OUTCOME', align: 'left' },
  { title: 'TRIES', align: 'right' },
  { title: 'DURATION', align: 'right' },
  { title: 'LOG', align: 'right' },
  { title: 'JOB', align: 'left' },
];

function describeRows(rows: readonly Row[], all: readonly JobFacts[], terminal: Terminal): string[] {
  if (rows.length === 0) return [all.length === 0 ? 'no jobs' : `none of ${count(all.length, 'job')}`];
  const names = new JobNames(
    all.map(({ id }) => id),
    visible,
  );
  const cells = rows.map(([job, log]) => [
    outcomeCell(job, terminal),
    job.attempts.length === 0 ? '' : String(job.attempts.length),
    typeof job.result?.executionDuration === 'number' ? formatSeconds(job.result.executionDuration) : '',
    log === undefined ? '' : logCell(log, terminal),
    names.short(job.id),
  ]);
  const note = names.note === undefined ? [] : [terminal.colours.dim(names.note)];
  return [...note, ...table(COLUMNS, cells, terminal)];
}

function outcomeCell({ outcome, isRunning, isDesired, isRejected }: JobFacts, terminal: Terminal): string {
  const info = outcomeInfo(outcome);
  const sigil = (info?.sigil ?? '').trim() || ' ';
  const left = isRunning ? 'running' : isDesired ? 'to do' : '';
  const word = outcome ?? (isRejected ? 'rejected' : left);
  return terminal.outcome(info, `${sigil} ${word}`);
}

function logCell(log: FoundLog, { colours }: Terminal): string {
  if (log.kind === 'inline') return log.records === 0 ? '' : count(log.records, 'record');
  if (log.state === 'present') return formatBytes(log.bytes);
  return log.state === 'unknown' ? '?' : colours.red(log.state);
}

async function warnOfProblems({ dormant }: OpenedSession, context: Context): Promise<ExitCode> {
  const { length } = dormant.problems;
  if (length === 0) return ExitCode.OK;
  await context.warn(`${count(length, 'problem')} in the session, see \`show\``);
  return ExitCode.FINDING;
}

function readOutcomes(list: string): ReadonlySet<string> {
  const known = ALLOWED_OUTCOMES.map((outcome) => outcome ?? NO_OUTCOME);
  const chosen = list.split(',');
  const unknown = chosen.find((outcome) => !known.includes(outcome));
  if (unknown !== undefined) throw new InvalidArgumentError(`Outcomes are ${known.join(', ')}.`);
  return new Set(chosen);
}
