/** `show`: what a person wants to know first about a session. */

import { Command } from 'commander';
import type { Context, JsonOption } from '../context.js';
import { ExitCode } from '../exit-codes.js';
import { examples, JSON_HELP } from '../help.js';
import { FILE_HELP, openSession } from '../session-argument.js';
import { summarise } from '../session-summary.js';
import { dumpSummary } from '../summary-dump.js';
import { viewSummary } from '../summary-view.js';

export function showVerb(context: Context): Command {
  return new Command('show')
    .summary('print what matters most of a session')
    .description(
      'Prints what matters most of a session: test plan, flags, what was running, how many jobs passed and ' +
        'failed, why, what is left to run, where the logs are, and everything that Checkbox would stumble over. ' +
        'Exits with 1 if there is any of the latter.',
    )
    .argument('<file>', FILE_HELP)
    .option('--json', JSON_HELP)
    .addHelpText('after', examples('show NAME.session', 'show submission.tar.gz', 'show - < session'))
    .action((file: string, options: JsonOption) =>
      context.complete('show', options, async () => {
        const source = await openSession(file, context);
        const summary = await summarise(source);
        if (options.json) await context.printJson(await dumpSummary(summary, source));
        else await context.out.print(await viewSummary(summary, source, context.out));
        return source.dormant.problems.length === 0 ? ExitCode.OK : ExitCode.FINDING;
      }),
    );
}
