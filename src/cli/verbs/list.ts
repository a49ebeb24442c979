/** `list`: the sessions of a repository, one line each. */

import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { record } from '../../dump/dump-value.js';
import { SESSION_NAME } from '../../files/nearest-session.js';
import { isSystemError } from '../../files/node-directory.js';
import { judgeRepository } from '../../storage/candidates.js';
import { defaultRepository } from '../../storage/session-layout.js';
import type { SessionStorage } from '../../storage/session-storage.js';
import type { Verdict } from '../../storage/verdict.js';
import { count, formatBytes } from '../../wording/figures.js';
import { partialId } from '../../wording/job-names.js';
import type { Context, JsonOption } from '../context.js';
import { ExitCode } from '../exit-codes.js';
import { examples, JSON_HELP } from '../help.js';
import { type Column, table } from '../layout.js';
import { dumpListed, type ListedContent, type ListedSession, listedSession } from '../listed-session.js';
import type { Terminal } from '../terminal.js';
import { visible } from '../visible.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function listVerb(context: Context): Command {
  return new Command('list')
    .summary('list the sessions of a repository')
    .description(
      'Lists the sessions of a repository, youngest first: whether Checkbox would resume each of them and why ' +
        'not, progress (jobs with an outcome of those that were to run), the job that was started last, age, size ' +
        'of all files. Test plans and jobs are named without their namespace; --json has everything.',
    )
    .argument('[repository]', 'the directory of NAME.session directories', defaultRepository())
    .option('--json', JSON_HELP)
    .addHelpText('after', examples('list', 'list /mnt/var/tmp/checkbox-ng/sessions --json'))
    .action((repository: string, options: JsonOption, command: Command) =>
      context.complete('list', options, async () => {
        const place = resolve(context.io.cwd, repository);
        // Only Checkbox's own place need not exist.
        const names = command.args.length > 0 ? await readdir(place) : [];
        if (names.includes(SESSION_NAME)) await context.warn('this is one session: `show` prints it');
        const sessions: ListedSession[] = [];
        for await (const stored of judgeRepository(place)) {
          sessions.push(listedSession(stored, await sizeOf(stored.storage)));
        }
        if (options.json) {
          const dump = { schema: 1n, operation: 'list', status: 'ok', repository: place };
          await context.printJson(record({ ...dump, sessions: sessions.map(dumpListed) }));
        } else {
          await context.out.print(describe(sessions, place, context.out));
        }
        return ExitCode.OK;
      }),
    );
}

async function sizeOf(storage: SessionStorage): Promise<number | undefined> {
  try {
    return await storage.size();
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

const COLUMNS: readonly Column[] = [
  { title: 'TITLE', align: 'left' },
  { title: 'TEST PLAN', align: 'left' },
  { title: 'V', align: 'right' },
  { title: 'FLAGS', align: 'left' },
  { title: 'DONE', align: 'right' },
  { title: 'LAST JOB', align: 'left' },
  { title: 'AGE', align: 'right' },
  { title: 'SIZE', align: 'right' },
  { title: 'DIRECTORY', align: 'left' },
  { title: 'VERDICT', align: 'left' },
];

function describe(sessions: readonly ListedSession[], repository: string, terminal: Terminal): string[] {
  if (sessions.length === 0) return [`no sessions in ${visible(repository)}`];
  const now = Date.now() / 1000;
  const rows = sessions.map(({ id, verdict, modified, size, content }) => [
    ...contentCells(content),
    modified === undefined ? '' : formatAge(now - modified),
    size === undefined ? '' : formatBytes(size),
    `${visible(id)}.session`,
    verdictCell(verdict, content, terminal),
  ]);
  return table(COLUMNS, rows, terminal);
}

function contentCells(content: ListedContent | undefined): string[] {
  if (content === undefined) return ['', '', '', '', '', ''];
  const { title, testPlan, version, flags, done, total, lastJob } = content;
  return [
    visible(title ?? ''),
    visible(partialId(testPlan ?? '')),
    String(version),
    flags.map(visible).join(','),
    `${done}/${total}`,
    visible(partialId(lastJob ?? '')),
  ];
}

function verdictCell(verdict: Verdict, content: ListedContent | undefined, { colours }: Terminal): string {
  const { kind, reason, fault } = verdict;
  if (kind === 'resumable') {
    return `${colours.green(kind)}: ${describeLeft(content)}`;
  }
  if (kind === 'finished') return `${kind}: neither incomplete nor setting up`;
  const why = fault === undefined ? 'nothing was saved' : visible(fault.message);
  const code = reason === 'refused' && fault !== undefined && 'code' in fault ? ` (${fault.code})` : '';
  return `${colours.red(kind)}: ${why}${code}`;
}

function describeLeft(content: ListedContent | undefined): string {
  const left = content === undefined ? 0 : content.total - content.done;
  return left === 0 ? 'no job left' : `${count(left, 'job')} left`;
}

/** Seconds as one number and unit: `45 s`, `12 min`, `5 h`, `3 d`; a time to come is 0. */
function formatAge(seconds: number): string {
  const age = Math.max(0, Math.floor(seconds));
  if (age < MINUTE) return `${age} s`;
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  return age < 2 * DAY ? `${Math.floor(age / HOUR)} h` : `${Math.floor(age / DAY)} d`;
}
