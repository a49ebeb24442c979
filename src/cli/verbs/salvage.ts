/** `salvage`: what is left of a damaged session, as a session. */

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { isSystemError } from '../../files/node-directory.js';
import { type Salvage, salvage } from '../../formats/salvage.js';
import { salvageResumable } from '../../formats/salvage-resumable.js';
import type { Context, JsonOption } from '../context.js';
import { ExitCode, UsageError } from '../exit-codes.js';
import { examples, JSON_HELP } from '../help.js';
import { OUTPUT_HELP, writeSession } from '../output-file.js';
import { dumpSalvage, viewSalvage } from '../salvage-view.js';
import { FILE_HELP, readSession, type SessionSource } from '../session-argument.js';
import { loadAllUnits, UnitSources } from '../unit-sources.js';

interface SalvageVerbOptions extends JsonOption {
  readonly output?: string;
  readonly force?: boolean;
}

export function salvageVerb(context: Context): Command {
  const sources = new UnitSources();
  const command = new Command('salvage')
    .summary('rescue a session that is cut off or damaged')
    .description(
      'Writes a session of everything that is complete in a damaged one, and prints what was recovered and what ' +
        'was lost. Nothing is made up: what is missing gets the default of the format and is listed. With the ' +
        'definitions of the jobs, those that nothing generates any more are left out, so that the session resumes. ' +
        'Record files of logs stay where they are; the new file belongs in the place of the old one. Without -o it ' +
        'only tells what can be recovered. Exits with 1 if something was lost.',
    )
    .argument('<file>', FILE_HELP)
    .option('-o, --output <file>', OUTPUT_HELP)
    .option('--force', 'replace a file that is there already');
  return sources
    .addTo(command)
    .option('--json', JSON_HELP)
    .addHelpText(
      'after',
      examples(
        'salvage NAME.session',
        'salvage NAME.session -o rescued/session',
        'salvage cut -o session --provider /usr/share/my-provider',
      ),
    )
    .action((file: string, options: SalvageVerbOptions) =>
      context.complete('salvage', options, async () => {
        const { output, force = false, json } = options;
        if (json && output === '-') throw new UsageError('--json and -o - both want standard output');
        if (output !== undefined && output !== '-' && !force) await refuseToReplace(output, context);
        const source = await readSession(file, context);
        const salvaged = await run(source, sources, context);
        const { session, report } = salvaged;
        const isWritten = session !== undefined && output !== undefined;
        if (isWritten) await writeSession(output, session, context);
        if (json) await context.printJson(dumpSalvage(salvaged, isWritten ? session.length : undefined));
        else {
          // The report must not run into the session.
          const terminal = output === '-' ? context.err : context.out;
          await terminal.print(viewSalvage(salvaged, output, terminal));
        }
        return report.isComplete ? ExitCode.OK : ExitCode.FINDING;
      }),
    );
}

async function run(source: SessionSource, sources: UnitSources, context: Context): Promise<Salvage> {
  if (sources.list.length === 0) return salvage(source.session);
  return salvageResumable(source.session, { ...source, units: await loadAllUnits(sources.list, context) });
}

async function refuseToReplace(output: string, { io }: Context): Promise<void> {
  try {
    await stat(resolve(io.cwd, output));
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return;
    throw error;
  }
  throw new UsageError(`${output} is there already`, 'Name another file, or use --force.');
}
