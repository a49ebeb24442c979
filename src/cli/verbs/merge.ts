/** `merge`: several sessions of the same definitions as one. */

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { record } from '../../dump/dump-value.js';
import { isSystemError } from '../../files/node-directory.js';
import { type MergedSession, type MergeSource, mergeSessions } from '../../report/index.js';
import { count } from '../../wording/figures.js';
import type { Context, JsonOption } from '../context.js';
import { ExitCode, UsageError } from '../exit-codes.js';
import { examples, JSON_HELP } from '../help.js';
import { writeSession } from '../output-file.js';
import { openSession, refuseStdinTwice } from '../session-argument.js';
import { visible } from '../visible.js';

interface MergeVerbOptions extends JsonOption {
  readonly output: string;
}

/** Sessions are for their owner alone (spec `deviations.md` D). */
const DIRECTORY_MODE = 0o700;

export function mergeVerb(context: Context): Command {
  return new Command('merge')
    .summary('merge sessions of the same definitions')
    .description(
      'Writes a session with the jobs and results of all given ones, the results of the newest one last. Results ' +
        'that several of them have, as a session and its continuation do, are kept once. Everything says where it ' +
        'comes from, and what does not go in as it was is told.',
    )
    .argument('<files...>', 'session files, directories or archives, two or more')
    .requiredOption('-o, --output <dir>', 'the directory of the new session; it must not have anything in it')
    .option('--json', JSON_HELP)
    .addHelpText('after', examples('merge run1.session run2.session -o both.session'))
    .action((files: readonly string[], options: MergeVerbOptions) =>
      context.complete('merge', options, async () => {
        if (files.length < 2) throw new UsageError('one session alone cannot be merged');
        refuseStdinTwice(files);
        if (options.output === '-') throw new UsageError('a session with its logs is a directory: -o DIR');
        const sources: MergeSource[] = [];
        for (const file of files) {
          const { dormant: session, files: around, location } = await openSession(file, context);
          sources.push({ name: file, session, files: around, location });
        }
        const merged = await mergeSessions(sources);
        await writeDirectory(options.output, merged, context);
        if (options.json) await context.printJson(dumpMerge(merged));
        else {
          for (const note of merged.notes) await context.warn(visible(note));
          await context.out.print([summary(merged, options.output)]);
        }
        return ExitCode.OK;
      }),
    );
}

/** The session comes last: without it the directory is none. */
async function writeDirectory(
  output: string,
  { session, files }: MergedSession,
  context: Context,
): Promise<void> {
  const directory = resolve(context.io.cwd, output);
  if ((await entriesOf(directory)).length > 0) throw new UsageError(`${output} has something in it already`);
  await mkdir(directory, { recursive: true, mode: DIRECTORY_MODE });
  for (const { name, read } of files) {
    const path = join(directory, name);
    await mkdir(dirname(path), { recursive: true, mode: DIRECTORY_MODE });
    await writeFile(path, await read());
  }
  await writeSession(join(directory, 'session'), session, context);
}

async function entriesOf(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return [];
    throw error;
  }
}

function summary({ jobs, results, shared, order, files }: MergedSession, output: string): string {
  const twice = shared === 0 ? '' : `, ${count(shared, 'result')} of several sessions kept once`;
  return (
    `${visible(output)}: ${count(order.length, 'session')}, ${count(jobs, 'job')}, ${count(results, 'result')}` +
    `${twice}, ${count(files.length, 'file')} of logs; newest: ${visible(order.at(-1)!)}`
  );
}

function dumpMerge({ order, jobs, results, shared, files, notes }: MergedSession) {
  return record({
    schema: 1n,
    operation: 'merge',
    status: 'ok',
    order,
    jobs: BigInt(jobs),
    results: BigInt(results),
    shared: BigInt(shared),
    files: files.map(({ name }) => name),
    notes,
  });
}
