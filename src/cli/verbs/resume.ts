/** `resume`: the state that Checkbox itself would rebuild. */

import { Command } from 'commander';
import { dumpResume } from '../../dump/dump-session.js';
import { ResumeRecorder } from '../../dump/recorder.js';
import { resume } from '../../formats/resume.js';
import type { Context } from '../context.js';
import { ExitCode } from '../exit-codes.js';
import { examples } from '../help.js';
import { addResumeOptions, type ResumeVerbOptions, readResumeInput } from '../resume-options.js';
import { viewState } from '../resume-view.js';
import { FILE_HELP, reading } from '../session-argument.js';
import { UnitSources } from '../unit-sources.js';
import { visible } from '../visible.js';

export function resumeVerb(context: Context): Command {
  const sources = new UnitSources();
  const command = new Command('resume')
    .summary('rebuild the live state of a session')
    .description(
      'Rebuilds the state of a session as Checkbox would, from the session and the definitions of its jobs, and ' +
        'prints what ran, what is left to run and in which order, and what cannot run and why.',
    )
    .argument('<file>', FILE_HELP);
  return addResumeOptions(command, sources)
    .option('--json', 'print the whole state as JSON (schema 1), or the error')
    .addHelpText(
      'after',
      examples(
        'resume NAME.session --provider checkbox-provider-base',
        'resume NAME.session --namespace org.lab --units jobs.pxu',
      ),
    )
    .action((file: string, options: ResumeVerbOptions) =>
      context.complete('resume', options, async () => {
        const input = await readResumeInput(file, options, sources, context);
        const recorder = new ResumeRecorder();
        const session = await reading(input, context, (bytes, { onProgress }) =>
          resume(bytes, {
            ...input,
            onProgress,
            onSession: (fresh) => {
              if (options.json) recorder.observe(fresh);
              return undefined;
            },
          }),
        );
        if (options.json) {
          await context.printJson(await dumpResume(session, recorder, input.files));
        } else {
          await context.out.print(viewState(session, context.out));
          for (const { message } of session.log) await context.warn(visible(message));
        }
        return ExitCode.OK;
      }),
    );
}
