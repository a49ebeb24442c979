/** `convert`: a session in another version of the format. */

import { Command, InvalidArgumentError } from 'commander';
import { record } from '../../dump/dump-value.js';
import { type ConvertOptions, conversionLosses, convert, type Loss } from '../../formats/convert.js';
import { LATEST_VERSION, type VersionNumber } from '../../formats/versions.js';
import type { PyDict } from '../../python/value.js';
import { count, formatBytes } from '../../wording/figures.js';
import type { Context, JsonOption } from '../context.js';
import { ExitCode, UsageError } from '../exit-codes.js';
import { examples, JSON_HELP } from '../help.js';
import { OUTPUT_HELP, writeSession } from '../output-file.js';
import { FILE_HELP, openSession } from '../session-argument.js';
import { visible } from '../visible.js';

interface ConvertVerbOptions extends JsonOption {
  readonly to: VersionNumber;
  readonly output?: string;
  readonly force?: boolean;
  readonly location?: string;
}

export function convertVerb(context: Context): Command {
  return new Command('convert')
    .summary('write a session in another version of the format')
    .description(
      'Writes a session in another version of the format, so that another version of Checkbox can resume it. What ' +
        'that version cannot hold is listed and nothing is written, unless --force drops it. Without -o it only ' +
        'tells what would be lost.',
    )
    .argument('<file>', FILE_HELP)
    .requiredOption('--to <version>', `1 to ${LATEST_VERSION}`, readVersionNumber)
    .option('-o, --output <file>', OUTPUT_HELP)
    .option('--force', 'drop what the version cannot hold')
    .option(
      '--location <dir>',
      'session directory that names of logs count from: an absolute path (default: that of FILE)',
    )
    .option('--json', JSON_HELP)
    .addHelpText(
      'after',
      examples('convert NAME.session --to 6', 'convert NAME.session --to 6 --force -o old/session'),
    )
    .action((file: string, options: ConvertVerbOptions) =>
      context.complete('convert', options, async () => {
        const { output, force = false, json } = options;
        if (json && output === '-') throw new UsageError('--json and -o - both want standard output');
        const source = await openSession(file, context);
        const target = targetOf(options, source.location);
        const losses = conversionLosses(source.dormant, target);
        const isRefused = losses.length > 0 && !force;
        if (!json) for (const { path, text } of losses) await context.warn(visible(`${path}: ${text}`));
        let size: number | undefined;
        if (output !== undefined && !isRefused) {
          const bytes = convert(source.dormant, { ...target, force });
          await writeSession(output, bytes, context);
          size = bytes.length;
        }
        if (json) await context.printJson(dumpConversion(source.dormant.version, target, losses, size));
        else if (output !== '-') await context.out.print([summary(target, losses, size, output)]);
        return isRefused ? ExitCode.FINDING : ExitCode.OK;
      }),
    );
}

/** In an archive, and where nothing is known of a directory, names of logs stay as they are. */
function targetOf({ to, location }: ConvertVerbOptions, found: string | null): ConvertOptions {
  if (location !== undefined && !location.startsWith('/')) {
    throw new UsageError('--location must be an absolute path: names of logs are stored with it');
  }
  return { version: to, location: location ?? (found || null) };
}

function summary(
  { version }: ConvertOptions,
  losses: readonly Loss[],
  size: number | undefined,
  output: string | undefined,
): string {
  const lost = count(losses.length, 'loss', 'losses');
  if (output === undefined) return `version ${version}: ${lost}, nothing written`;
  if (size === undefined) return `version ${version}: ${lost}, nothing written without --force`;
  return `${visible(output)}: version ${version}, ${formatBytes(size)}, ${lost}`;
}

function dumpConversion(
  from: VersionNumber,
  { version }: ConvertOptions,
  losses: readonly Loss[],
  size: number | undefined,
): PyDict {
  return record({
    schema: 1n,
    operation: 'convert',
    status: 'ok',
    from: BigInt(from),
    to: BigInt(version),
    losses: losses.map(({ path, text }) => record({ path, text })),
    bytes_written: size === undefined ? null : BigInt(size),
  });
}

function readVersionNumber(text: string): VersionNumber {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= LATEST_VERSION) return number as VersionNumber;
  throw new InvalidArgumentError(`Versions are 1 to ${LATEST_VERSION}.`);
}
