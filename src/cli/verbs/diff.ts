/** `diff`: what changed from one session to another. */

import { Command, InvalidArgumentError } from 'commander';
import { open } from '../../formats/open.js';
import { diffSessions, SessionReport } from '../../report/index.js';
import type { Unit } from '../../units/unit.js';
import { count } from '../../wording/figures.js';
import type { Context, JsonOption } from '../context.js';
import { dumpDiff, viewDiff } from '../diff-view.js';
import { ExitCode } from '../exit-codes.js';
import { examples, JSON_HELP } from '../help.js';
import { FILE_HELP, reading, readSession, refuseStdinTwice } from '../session-argument.js';
import { loadAllUnits, UnitSources } from '../unit-sources.js';
import { visible } from '../visible.js';

interface DiffVerbOptions extends JsonOption {
  readonly ratio?: number;
}

export function diffVerb(context: Context): Command {
  const sources = new UnitSources();
  const command = new Command('diff')
    .summary('compare two sessions')
    .description(
      'Tells what changed from session A to session B: jobs with another outcome, new ones, gone ones, slower ones, ' +
        'and how the machines differ. Exits with 1 if something got worse: a worse outcome, a new job that failed, a ' +
        'job that is slower.',
    )
    .argument('<a>', `before: ${FILE_HELP}`)
    .argument('<b>', 'after')
    .option(
      '--ratio <number>',
      'a job is slower if it took so many times as long, and a second more (default: 1.5)',
      readRatio,
    );
  return sources
    .addTo(command)
    .option('--json', JSON_HELP)
    .addHelpText(
      'after',
      examples('diff monday.session tuesday.session', 'diff --ratio 2 a.session b.session --json'),
    )
    .action((a: string, b: string, options: DiffVerbOptions) =>
      context.complete('diff', options, async () => {
        refuseStdinTwice([a, b]);
        const units = sources.list.length === 0 ? [] : await loadAllUnits(sources.list, context);
        const before = await reportOf(a, units, context);
        const after = await reportOf(b, units, context);
        const diff = diffSessions(before, after, { slowerRatio: options.ratio });
        for (const [file, { session }] of [[a, before] as const, [b, after] as const]) {
          const problems = session.problems.length;
          if (problems === 0) continue;
          await context.warn(
            `${count(problems, 'problem')} in ${visible(file)}: it may lack results, see doctor`,
          );
        }
        if (options.json) await context.printJson(dumpDiff(diff, before, after));
        else await context.out.print(viewDiff(diff, context.out));
        return diff.isWorse ? ExitCode.FINDING : ExitCode.OK;
      }),
    );
}

async function reportOf(file: string, units: readonly Unit[], context: Context): Promise<SessionReport> {
  const source = await readSession(file, context);
  return SessionReport.of({ ...source, units, session: await reading(source, context, open) });
}

function readRatio(text: string): number {
  const ratio = Number(text);
  if (text.trim() === '' || !(ratio > 1 && Number.isFinite(ratio))) {
    throw new InvalidArgumentError('It must be a number above 1.');
  }
  return ratio;
}
