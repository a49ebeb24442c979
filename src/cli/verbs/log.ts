/** `log`: what a job wrote. */

import { Command, InvalidArgumentError, Option } from 'commander';
import { dumpRecord } from '../../dump/dump-session.js';
import { record, writeDump, writeDumpPart } from '../../dump/dump-value.js';
import type { PyDict } from '../../python/value.js';
import type { IOLog, IOLogRecord } from '../../results/io-log.js';
import { count } from '../../wording/figures.js';
import type { Context, JsonOption } from '../context.js';
import { ExitCode, UsageError } from '../exit-codes.js';
import { examples, JSON_HELP } from '../help.js';
import { findJob } from '../job-argument.js';
import { type JobFacts, jobFacts } from '../job-facts.js';
import { readLogOf } from '../log-files.js';
import { FILE_HELP, openSession } from '../session-argument.js';
import type { Terminal } from '../terminal.js';
import { visible } from '../visible.js';

/** Small records are written together, in bytes. */
const WRITE_BYTES = 65_536;

interface LogOptions extends JsonOption {
  readonly stream?: 'stdout' | 'stderr';
  readonly attempt?: number;
}

export function logVerb(context: Context): Command {
  return new Command('log')
    .summary('print what a job wrote')
    .description(
      'Prints what a job wrote, both streams in the order of writing, byte for byte: colours are kept. ' +
        'With --json each record is [seconds since the previous record, stream, base64].',
    )
    .argument('<file>', FILE_HELP)
    .argument('<job>', 'id of the job; the namespace may be left out')
    .addOption(new Option('--stream <name>', 'only this stream').choices(['stdout', 'stderr']))
    .option(
      '--attempt <number>',
      'which run of the job, the first one is 1 (default: the last one)',
      readAttempt,
    )
    .option('--json', JSON_HELP)
    .addHelpText(
      'after',
      examples(
        'log NAME.session memory/bandwidth',
        'log NAME.session memory/bandwidth --stream stderr',
        'log NAME.session disk --stream stdout > disks.txt',
      ),
    )
    .action((file: string, name: string, options: LogOptions) =>
      context.complete('log', options, async () => {
        const source = await openSession(file, context);
        const jobs = jobFacts(source.dormant);
        const id = findJob(
          name,
          jobs.map((job) => job.id),
        );
        const job = jobs.find((candidate) => candidate.id === id)!;
        const attempt = chooseAttempt(job, options.attempt);
        const result = job.attempts[attempt - 1]!;
        const { log, problem } = await readLogOf(result, source);
        const records = recordsOf(log, options.stream);
        if (options.json)
          await writeJson(dumpHead(id, result.outcome, attempt, problem), records, context.out);
        else await writeBytes(records, context);
        if (problem === undefined) return ExitCode.OK;
        await context.warn(visible(problem.message));
        return ExitCode.FINDING;
      }),
    );
}

function chooseAttempt({ id, attempts }: JobFacts, wanted: number = attempts.length): number {
  if (attempts.length === 0) throw new UsageError(`the job '${id}' has no result yet`);
  if (wanted <= attempts.length) return wanted;
  throw new UsageError(`the job '${id}' has only ${count(attempts.length, 'attempt')}`);
}

function* recordsOf(log: IOLog, stream: string | undefined): Generator<IOLogRecord> {
  for (const entry of log) if (stream === undefined || entry.stream === stream) yield entry;
}

function dumpHead(job: string, outcome: string | null, attempt: number, problem: Error | undefined): PyDict {
  return record({
    schema: 1n,
    operation: 'log',
    status: 'ok',
    job,
    attempt: BigInt(attempt),
    outcome,
    problem: problem?.message ?? null,
  });
}

async function writeBytes(records: Iterable<IOLogRecord>, context: Context): Promise<void> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let isEmpty = true;
  for (const { data } of records) {
    isEmpty = false;
    pieces.push(data);
    size += data.length;
    if (size < WRITE_BYTES) continue;
    await context.out.write(Buffer.concat(pieces.splice(0)));
    size = 0;
  }
  if (isEmpty) return context.warn('nothing was written');
  return context.out.write(Buffer.concat(pieces));
}

/** Written record by record: a log may be longer than a string can be. */
async function writeJson(facts: PyDict, records: Iterable<IOLogRecord>, out: Terminal): Promise<void> {
  const empty = writeDump(new Map([...facts, ['io_log', []]]));
  await out.write(empty.slice(0, empty.lastIndexOf(']')));
  let separator = '\n  ';
  for (const entry of records) {
    await out.write(separator + writeDumpPart(dumpRecord(entry)));
    separator = ',\n  ';
  }
  await out.write('\n ]\n}\n');
}

function readAttempt(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It must be 1 or more.');
  return number;
}
