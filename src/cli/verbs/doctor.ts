/** `doctor`: everything that is wrong with a session and the files around it. */

import { isAbsolute, relative } from 'node:path';
import { Command } from 'commander';
import { diagnose } from '../../formats/diagnose.js';
import type { Finding } from '../../formats/finding.js';
import type { PyDict } from '../../python/value.js';
import { doctor } from '../../storage/doctor.js';
import type { Context, JsonOption } from '../context.js';
import {
  dumpExamination,
  dumpExaminations,
  type Examination,
  viewExamination,
  viewTotals,
} from '../diagnosis-view.js';
import { ExitCode } from '../exit-codes.js';
import { examples, JSON_HELP } from '../help.js';
import { readSession } from '../session-argument.js';

export function doctorVerb(context: Context): Command {
  return new Command('doctor')
    .summary('examine sessions and their logs')
    .description(
      'Examines a session, or all sessions of a repository: every fault of the document with its place and with ' +
        'what Checkbox says to it, missing, damaged and orphaned logs, the rest of an interrupted save. Exits with 1 ' +
        'if there is an error or a warning; notes are about things that do no harm.',
    )
    .argument('<path>', 'a `session` file, a session directory, an archive of one, a repository, or -')
    .option('--json', JSON_HELP)
    .addHelpText('after', examples('doctor NAME.session', 'doctor /var/tmp/checkbox-ng/sessions --json'))
    .action((path: string, options: JsonOption) =>
      context.complete('doctor', options, async () => {
        const dumps: PyDict[] = [];
        const findings: Finding[] = [];
        let sessions = 0;
        for await (const examination of examinations(path, context)) {
          sessions++;
          for (const item of examination.diagnosis.findings) findings.push(item);
          if (options.json) dumps.push(dumpExamination(examination));
          else {
            const shown = { ...examination, path: asNamed(examination.path, path, context) };
            await context.out.print(viewExamination(shown, context.out));
          }
        }
        if (options.json) await context.printJson(dumpExaminations(dumps));
        else await context.out.print(['', viewTotals(findings, sessions)]);
        return findings.some(({ severity }) => severity !== 'note') ? ExitCode.FINDING : ExitCode.OK;
      }),
    );
}

/** Relative where the user has named it so. */
function asNamed(found: string, named: string, { io }: Context): string {
  return isAbsolute(found) && !isAbsolute(named) ? relative(io.cwd, found) || '.' : found;
}

async function* examinations(path: string, context: Context): AsyncGenerator<Examination, void, void> {
  if (path !== '-') return yield* doctor(path, { cwd: context.io.cwd });
  const { session, files, location } = await readSession(path, context);
  yield { path, diagnosis: await diagnose(session, { files, location }) };
}
