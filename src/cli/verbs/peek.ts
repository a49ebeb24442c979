/** `peek`: the metadata of a session. */

import { Command } from 'commander';
import { dumpPeek } from '../../dump/dump-metadata.js';
import { peek } from '../../formats/peek.js';
import { sortCodePoints } from '../../python/text.js';
import type { SessionMetaData } from '../../session/metadata.js';
import { formatTime } from '../../wording/figures.js';
import { describeBlob } from '../app-blob.js';
import type { Context, JsonOption } from '../context.js';
import { ExitCode } from '../exit-codes.js';
import { examples, JSON_HELP } from '../help.js';
import { factRows } from '../layout.js';
import { FILE_HELP, reading, readSession } from '../session-argument.js';
import { visible } from '../visible.js';

export function peekVerb(context: Context): Command {
  return new Command('peek')
    .summary('print the metadata of a session')
    .description(
      'Prints the metadata of a session and looks at nothing else of its content: ' +
        'this works even if results are damaged.',
    )
    .argument('<file>', FILE_HELP)
    .option('--json', JSON_HELP)
    .addHelpText('after', examples('peek NAME.session', 'peek --json session | jq .metadata.title'))
    .action((file: string, options: JsonOption) =>
      context.complete('peek', options, async () => {
        const metadata = await reading(await readSession(file, context), context, peek);
        if (options.json) await context.printJson(dumpPeek(metadata));
        else await context.out.print(factRows(describe(metadata), context.out));
        return ExitCode.OK;
      }),
    );
}

function describe(metadata: SessionMetaData): [label: string, value: string][] {
  const text = (value: string | null) => (value === null ? 'none' : visible(value));
  const list = (values: readonly string[]) => values.map(visible).join(', ') || 'none';
  const rejected = metadata.rejectedJobs.map((id) => (typeof id === 'string' ? id : 'not an id'));
  const { lastJobStartTime } = metadata;
  return [
    ['title', text(metadata.title)],
    ['flags', list(sortCodePoints([...metadata.flags]))],
    ['running job', text(metadata.runningJobName)],
    ['last job start', lastJobStartTime === null ? 'none' : formatTime(lastJobStartTime)],
    ['jobs left to do', metadata.remainingTodoJobs ? 'yes' : 'no'],
    ['own job list', metadata.customJoblist ? 'yes' : 'no'],
    ['rejected jobs', list(rejected)],
    ['application', text(metadata.appId)],
    ['app blob', describeBlob(metadata.appBlob)],
  ];
}
