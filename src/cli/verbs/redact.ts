/** `redact`: a session without what must not leave the house. */

import { Command, InvalidArgumentError } from 'commander';
import { record } from '../../dump/dump-value.js';
import {
  type RedactedSession,
  type RedactionRules,
  type Replacement,
  type RuleName,
  redact,
} from '../../formats/redact.js';
import type { PyDict } from '../../python/value.js';
import type { Context, JsonOption } from '../context.js';
import { ExitCode, UsageError } from '../exit-codes.js';
import { examples, JSON_HELP } from '../help.js';
import { table } from '../layout.js';
import { OUTPUT_HELP, writeSession } from '../output-file.js';
import { FILE_HELP, openSession } from '../session-argument.js';
import type { Terminal } from '../terminal.js';
import { visible } from '../visible.js';

interface RedactVerbOptions extends JsonOption {
  readonly output: string;
  readonly appBlob?: boolean;
  readonly collector?: readonly string[];
  readonly log?: readonly string[];
  readonly with: string;
}

const STANDS_THERE = '[redacted]';

export function redactVerb(context: Context): Command {
  const patterns: (string | RegExp)[] = [];
  return new Command('redact')
    .summary('take secrets out of a session')
    .description(
      'Writes a session without what must not leave the house, and prints what it removed. Texts are replaced ' +
        'wherever they stand: in the title, the blob of the application, comments, logs and system information. ' +
        'Ids of jobs, numbers and record files on disk stay; those that a rule speaks of are listed. Without the log ' +
        'of a resource job, or with another text in it, Checkbox may refuse the session.',
    )
    .argument('<file>', FILE_HELP)
    .requiredOption('-o, --output <file>', OUTPUT_HELP)
    .option('--app-blob', "empty the application's blob")
    .option('--collector <glob>', "remove these collectors' system information; may be repeated", collect)
    .option(
      '--log <glob>',
      'empty the logs of these jobs, named by their whole ids; may be repeated',
      collect,
    )
    .option('--replace <text>', 'replace this text; may be repeated', (text: string) => {
      if (text === '') throw new InvalidArgumentError('It must not be empty.');
      patterns.push(text);
    })
    .option(
      '--replace-regex <pattern>',
      'replace what a JavaScript regular expression matches; may be repeated',
      (text: string) => {
        patterns.push(readPattern(text));
      },
    )
    .option('--with <text>', 'what stands there instead', STANDS_THERE)
    .option('--json', JSON_HELP)
    .addHelpText(
      'after',
      examples(
        "redact NAME.session -o new --app-blob --collector '*'",
        "redact NAME.session -o new --replace-regex 'SN-[0-9]+'",
        "redact NAME.session -o new --log 'com.example::network/*'",
      ),
    )
    .action((file: string, options: RedactVerbOptions) =>
      context.complete('redact', options, async () => {
        const { output, json } = options;
        if (json && output === '-') throw new UsageError('--json and -o - both want standard output');
        const rules = rulesOf(options, patterns);
        const { dormant } = await openSession(file, context);
        const redacted = redact(dormant, rules);
        await writeSession(output, redacted.session, context);
        if (json) {
          await context.printJson(dumpRedaction(redacted));
          return ExitCode.OK;
        }
        // The report must not run into the session.
        const terminal = output === '-' ? context.err : context.out;
        await terminal.print(viewRemoved(redacted, terminal));
        for (const { path, text } of redacted.left) await context.warn(visible(`${path} stays: ${text}`));
        for (const rule of idleRules(rules, redacted)) await context.warn(`${rule} has nothing to remove`);
        return ExitCode.OK;
      }),
    );
}

function rulesOf(
  options: RedactVerbOptions,
  patterns: readonly (string | RegExp)[],
): Required<RedactionRules> {
  const { appBlob = false, collector: collectors = [], log: logs = [] } = options;
  if (!appBlob && collectors.length + logs.length + patterns.length === 0) {
    throw new UsageError(
      'nothing to redact',
      'Say what: --app-blob, --collector, --log, --replace, --replace-regex.',
    );
  }
  const replacements = patterns.map((pattern): Replacement => ({ pattern, by: options.with }));
  return { appBlob, collectors, logs, replacements };
}

/** Rules that changed nothing: perhaps they are misspelt. */
function idleRules(rules: Required<RedactionRules>, { removed }: RedactedSession): RuleName[] {
  const asked: RuleName[] = rules.replacements.map((_, index) => `replacement ${index + 1}` as const);
  if (rules.appBlob) asked.push('app-blob');
  if (rules.collectors.length > 0) asked.push('collector');
  if (rules.logs.length > 0) asked.push('log');
  const active = new Set(removed.map(({ rule }) => rule));
  return asked.filter((rule) => !active.has(rule));
}

function viewRemoved({ removed }: RedactedSession, terminal: Terminal): string[] {
  const rows = removed.map(({ path, rule, count }) => [String(count), rule, visible(path)]);
  const columns = [
    { title: 'removed', align: 'right' },
    { title: 'rule', align: 'left' },
    { title: 'where', align: 'left' },
  ] as const;
  return rows.length === 0 ? [] : table(columns, rows, terminal);
}

function dumpRedaction({ session, removed, left }: RedactedSession): PyDict {
  return record({
    schema: 1n,
    operation: 'redact',
    status: 'ok',
    removed: removed.map(({ path, rule, count }) => record({ path, rule, count: BigInt(count) })),
    left: left.map(({ path, text }) => record({ path, text })),
    bytes_written: BigInt(session.length),
  });
}

function readPattern(text: string): RegExp {
  try {
    return new RegExp(text, 'u');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InvalidArgumentError(error.message);
  }
}

function collect(glob: string, before: readonly string[] = []): readonly string[] {
  return [...before, glob];
}
