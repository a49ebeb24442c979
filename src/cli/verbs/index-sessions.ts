/** `index`: the results of many sessions as one table. */

import { resolve } from 'node:path';
import { Command } from 'commander';
import { record } from '../../dump/dump-value.js';
import { buildIndex, type IndexTotals } from '../../report/fleet/build-index-node.js';
import { ForeignFileError } from '../../report/fleet/foreign-file.js';
import { count } from '../../wording/figures.js';
import type { Context, JsonOption } from '../context.js';
import { ExitCode, UsageError } from '../exit-codes.js';
import { examples, JSON_HELP } from '../help.js';
import { IndexProgress } from '../index-progress.js';
import { visible } from '../visible.js';

interface IndexVerbOptions extends JsonOption {
  readonly output: string;
}

const EXTENSIONS = ['.parquet', '.ndjson'];

export function indexVerb(context: Context): Command {
  return new Command('index')
    .summary('collect the results of many sessions in one table')
    .description(
      'Writes a table with a row for each result of all sessions below the paths: session directories and archives. ' +
        'What cannot be read is a row, too, with the reason, and the exit code is then 1. A run that was broken off ' +
        'goes on where it was; sessions that the table holds already, unchanged, are skipped.',
    )
    .argument('<paths...>', 'directories, searched for sessions, and archives')
    .requiredOption('-o, --output <file>', 'FILE.parquet or FILE.ndjson')
    .option('--json', JSON_HELP)
    .addHelpText(
      'after',
      examples(
        'index /srv/submissions -o fleet.parquet',
        'index /srv/submissions -o fleet.ndjson && jq -r \'select(.status == "fail").job\' fleet.ndjson',
        `index /srv/submissions -o fleet.parquet && duckdb -c "select job, count(*) from 'fleet.parquet' where status = 'fail' group by 1"`,
      ),
    )
    .action((paths: readonly string[], options: IndexVerbOptions) =>
      context.complete('index', options, async () => {
        const { output, json } = options;
        if (!EXTENSIONS.some((extension) => output.endsWith(extension))) {
          throw new UsageError(`an index is a file of the kind ${EXTENSIONS.join(' or ')}: ${output}`);
        }
        const { cwd } = context.io;
        const progress = new IndexProgress(context.err);
        const unreadable: Error[] = [];
        const totals = await buildIndex(paths, resolve(cwd, output), {
          cwd,
          onProgress: (now) => progress.show(now),
          onUnreadable: (error) => unreadable.push(error),
        }).catch((error: unknown) => {
          if (error instanceof ForeignFileError) throw new UsageError(error.message, 'Name another file.');
          throw error;
        });
        await progress.end();
        for (const { message } of unreadable) await context.warn(visible(message));
        if (json) await context.printJson(dumpTotals(totals));
        else await context.out.print([summary(totals, output)]);
        return totals.failed + unreadable.length === 0 ? ExitCode.OK : ExitCode.FINDING;
      }),
    );
}

function summary({ indexed, failed, skipped, rows }: IndexTotals, output: string): string {
  const parts = [`${count(indexed, 'session')} indexed`, count(rows, 'row')];
  if (failed > 0) parts.push(`${failed} cannot be read`);
  if (skipped > 0) parts.push(`${skipped} were there already`);
  return `${visible(output)}: ${parts.join(', ')}`;
}

function dumpTotals({ found, skipped, indexed, failed, rows }: IndexTotals) {
  return record({
    schema: 1n,
    operation: 'index',
    status: 'ok',
    found: BigInt(found),
    skipped: BigInt(skipped),
    indexed: BigInt(indexed),
    failed: BigInt(failed),
    rows: BigInt(rows),
  });
}
