/** `view`: the inspector with a session in it. */

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import { record } from '../../dump/dump-value.js';
import { isSystemError } from '../../files/node-directory.js';
import { slug } from '../../results/paths.js';
import { openInBrowser } from '../browser.js';
import type { Context, JsonOption } from '../context.js';
import { ExitCode, UsageError } from '../exit-codes.js';
import { examples } from '../help.js';
import { archiveSession } from '../session-archive.js';
import { FILE_HELP, readSession } from '../session-argument.js';
import { type ServedSession, ViewServer } from '../view-server.js';

interface ViewOptions extends JsonOption {
  readonly open: boolean;
}

/** The same place from the sources as from what is built of them. */
const PAGE = new URL('../../../dist/inspector.html', import.meta.url);

export function viewVerb(context: Context): Command {
  return new Command('view')
    .summary('look at a session in the browser')
    .description(
      'Serves the inspector with a session to this machine only, under an address that nobody can guess, and ' +
        'opens it in the browser. Nothing else is served, nothing leaves the machine. Stops on Ctrl-C.',
    )
    .argument('<file>', FILE_HELP)
    .option('--no-open', 'only print the address')
    .option('--json', 'print the address as JSON (schema 1)')
    .addHelpText('after', examples('view NAME.session', 'view submission.tar.gz --no-open'))
    .action((file: string, options: ViewOptions) =>
      context.complete('view', options, async () => {
        const server = await ViewServer.start(await readPage(), await servedSession(file, context));
        try {
          const { url } = server;
          if (options.json)
            await context.printJson(record({ schema: 1n, operation: 'view', status: 'ok', url }));
          else await context.out.print([url]);
          if (options.open && !(await openInBrowser(url))) {
            await context.warn('no browser can be opened from here: open the address yourself');
          }
          await stopSignal();
        } finally {
          await server.close();
        }
        return ExitCode.OK;
      }),
    );
}

async function readPage(): Promise<Uint8Array> {
  try {
    return await readFile(PAGE);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError('the inspector is not built', 'Run `npm run build` in the sources.');
  }
}

/** Standard input can be read only once; anything else is read anew whenever the page is loaded. */
async function servedSession(file: string, context: Context): Promise<ServedSession> {
  const first = await readSession(file, context);
  if (first.location === null) return { name: 'session', content: async () => first.session };
  const name = `${slug(basename(file)).replace(/^[.]+/, '') || 'session'}.tar`;
  return { name, content: async () => archiveSession(await readSession(file, context)) };
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
