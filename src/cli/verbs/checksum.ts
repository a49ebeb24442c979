/** `checksum`: the checksums by which a session recognises its jobs. */

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { record } from '../../dump/dump-value.js';
import { SessionState } from '../../session/state.js';
import { Job } from '../../units/job.js';
import type { Context, JsonOption } from '../context.js';
import { ExitCode } from '../exit-codes.js';
import { examples, JSON_HELP } from '../help.js';
import { loadAllUnits, type UnitSource } from '../unit-sources.js';
import { visible } from '../visible.js';

interface ChecksumOptions extends JsonOption {
  readonly namespace?: string;
}

export function checksumVerb(context: Context): Command {
  return new Command('checksum')
    .summary('print the checksums of jobs')
    .description(
      'Prints checksum and id of every job that unit files define, with its siblings: what a session stores to ' +
        'notice a changed definition. Jobs that templates make need the output of a resource job: see `resume --json`.',
    )
    .argument('<units...>', 'unit files, unit dumps in JSON, directories of providers')
    .option('--namespace <name>', 'namespace of the unit files')
    .option('--json', JSON_HELP)
    .addHelpText(
      'after',
      examples('checksum --namespace com.example a.pxu b.pxu', 'checksum /usr/share/my-provider'),
    )
    .action((paths: string[], options: ChecksumOptions) =>
      context.complete('checksum', options, async () => {
        const units = await loadAllUnits(
          paths.map((path) => sourceAt(path, options, context)),
          context,
        );
        const session = new SessionState([]);
        for (const unit of units) if (unit instanceof Job) session.addUnit(unit, { recompute: false });
        const jobs = session.jobList.map(({ id, checksum }) => ({ id, checksum }));
        if (options.json) {
          await context.printJson(
            record({ schema: 1n, operation: 'checksum', status: 'ok', jobs: jobs.map(record) }),
          );
        } else {
          await context.out.print(jobs.map(({ id, checksum }) => `${checksum}  ${visible(id ?? '')}`));
        }
        return ExitCode.OK;
      }),
    );
}

function sourceAt(path: string, { namespace = '' }: ChecksumOptions, { io }: Context): UnitSource {
  const isDirectory = statSync(resolve(io.cwd, path)).isDirectory();
  return isDirectory ? { kind: 'provider', path } : { kind: 'file', path, namespace: namespace || null };
}
