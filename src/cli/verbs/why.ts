/** `why`: everything that keeps a session from resuming, at once. */

import { Command } from 'commander';
import { explainResume } from '../../formats/explain.js';
import { open } from '../../formats/open.js';
import type { Context } from '../context.js';
import { ExitCode } from '../exit-codes.js';
import { dumpExplanation, viewExplanation } from '../explanation-view.js';
import { examples, JSON_HELP } from '../help.js';
import { addResumeOptions, type ResumeVerbOptions, readResumeInput } from '../resume-options.js';
import { FILE_HELP, reading } from '../session-argument.js';
import { UnitSources } from '../unit-sources.js';

export function whyVerb(context: Context): Command {
  const sources = new UnitSources();
  const command = new Command('why')
    .summary('tell why a session would not resume')
    .description(
      'Tells everything that keeps a session from resuming with the given definitions, all at once: changed and ' +
        'unknown jobs, broken definitions, damaged parts, missing logs. Exits with 1 if there is any.',
    )
    .argument('<file>', FILE_HELP);
  return addResumeOptions(command, sources)
    .option('--json', JSON_HELP)
    .addHelpText('after', examples('why NAME.session --provider checkbox-provider-base'))
    .action((file: string, options: ResumeVerbOptions) =>
      context.complete('why', options, async () => {
        const input = await readResumeInput(file, options, sources, context);
        const explanation = await explainResume(await reading(input, context, open), input);
        if (options.json) await context.printJson(dumpExplanation(explanation));
        else await context.out.print(viewExplanation(explanation, context.out));
        return explanation.reasons.length === 0 ? ExitCode.OK : ExitCode.FINDING;
      }),
    );
}
