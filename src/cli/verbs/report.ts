/** `report`: what Checkbox's exporters write, from the saved session alone. */

import { Command, Option } from 'commander';
import { record } from '../../dump/dump-value.js';
import { REPORT_FORMATS, type ReportFormat, SessionReport, writeReport } from '../../report/index.js';
import { count } from '../../wording/figures.js';
import type { Context, JsonOption } from '../context.js';
import { ExitCode, UsageError } from '../exit-codes.js';
import { examples, JSON_HELP } from '../help.js';
import { writeText } from '../output-file.js';
import { openOrSalvage } from '../salvaged-session.js';
import { FILE_HELP, reading, readSession } from '../session-argument.js';
import { loadAllUnits, UnitSources } from '../unit-sources.js';

interface ReportVerbOptions extends JsonOption {
  readonly to: ReportFormat;
  readonly output?: string;
  readonly allowOutsideLocation?: boolean;
}

export function reportVerb(context: Context): Command {
  const sources = new UnitSources();
  const command = new Command('report')
    .summary('write a report of a session')
    .description(
      "Writes a report from the saved session alone: json (the shape of Checkbox's submission.json), junit, html, " +
        'csv, ndjson, markdown or text. It is written from what is there: what is damaged, lost or missing is listed ' +
        'in it, and the exit code is then 1. With definitions of the jobs it has their summaries and categories, and ' +
        'tells resources and attachments from tests: the session itself does not.',
    )
    .argument('<file>', FILE_HELP)
    .addOption(new Option('--to <format>', 'what to write').choices(REPORT_FORMATS).makeOptionMandatory(true))
    .option('-o, --output <file>', 'where the report goes (default: standard output)');
  return sources
    .addTo(command)
    .option('--allow-outside-location', 'read logs that the session names outside of its directory')
    .option('--json', `${JSON_HELP}; needs -o`)
    .addHelpText(
      'after',
      examples(
        'report NAME.session --to html -o report.html',
        'report NAME.session --to junit --provider /usr/share/checkbox-provider-base > junit.xml',
        'report submission.tar.gz --to ndjson | jq -r "select(.status == \\"fail\\").job"',
      ),
    )
    .action((file: string, options: ReportVerbOptions) =>
      context.complete('report', options, async () => {
        const { to, output, json = false, allowOutsideLocation = false } = options;
        const isStdout = output === undefined || output === '-';
        if (json && isStdout)
          throw new UsageError('--json and the report both want standard output', 'Use -o.');
        const source = await readSession(file, context, { allowOutsideLocation });
        const readable = await reading(source, context, openOrSalvage);
        const units = sources.list.length === 0 ? [] : await loadAllUnits(sources.list, context);
        const report = await SessionReport.of({ ...source, ...readable, units });
        const bytes = await writeText(output, writeReport(report, to), context);
        const problems = report.problems.length;
        if (json) {
          await context.printJson(
            record({
              schema: 1n,
              operation: 'report',
              status: 'ok',
              format: to,
              problems: BigInt(problems),
              bytes_written: BigInt(bytes),
            }),
          );
        } else if (problems > 0) {
          await context.warn(`${count(problems, 'problem')} in the session, listed in the report`);
        }
        return problems === 0 ? ExitCode.OK : ExitCode.FINDING;
      }),
    );
}
