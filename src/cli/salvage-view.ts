/** What a salvage recovered and lost, as text and as JSON (schema 1). */

import { record } from '../dump/dump-value.js';
import type { Salvage, SalvageCounts, Tally, VersionFinding } from '../formats/salvage.js';
import type { PyDict, PyValue } from '../python/value.js';
import { count, formatBytes } from '../wording/figures.js';
import { factRows, paragraph } from './layout.js';
import type { Terminal } from './terminal.js';
import { truncate, visible } from './visible.js';

/** Most entries of a list that are shown. */
const SHOWN = 20;
/** Longest entry that is shown, in columns. */
const TEXT_WIDTH = 300;

const COUNTED: readonly (readonly [key: keyof SalvageCounts, singular: string])[] = [
  ['jobs', 'job'],
  ['results', 'result'],
  ['records', 'record'],
  ['collectors', 'collector'],
];

/** @param output where the session went, as the user named it; undefined when nothing was to be written */
export function viewSalvage(
  { session, report }: Salvage,
  output: string | undefined,
  terminal: Terminal,
): string[] {
  const { bold, red, green } = terminal.colours;
  const { bytes, counts, damage, losses, filledIn, version } = report;
  const verdict = report.isComplete ? green('everything recovered') : red('not everything recovered');
  const head = session === undefined ? red('nothing recovered') : verdict;
  const target = output === undefined ? 'nothing written without -o' : visible(output);
  const place = session === undefined ? 'nothing written' : target;
  const tally = (which: keyof Tally) =>
    COUNTED.flatMap(([key, singular]) => {
      const number = counts[key][which];
      return number === 0 ? [] : [count(number, singular)];
    }).join(', ');
  const unused = bytes.unused === 0 ? '' : `, ${formatBytes(bytes.unused)} of it of no use`;
  const rows: [string, string][] = [['text', `${formatBytes(bytes.text)} unpacked${unused}`]];
  const doubt = doubtOf(report.members.map(({ check }) => check));
  if (doubt !== undefined) rows.push(['check', doubt]);
  if (version !== undefined) rows.push(['version', versionText(version)]);
  if (session !== undefined) rows.push(['kept', tally('kept') || 'no jobs']);
  if (tally('lost') !== '') rows.push(['lost', `${tally('lost')}, beside what nobody can see`]);
  return [
    `${bold(place)}: ${head}`,
    ...factRows(
      rows.map(([label, value]) => [`  ${label}`, value]),
      terminal,
    ),
    ...list(
      'damage',
      damage.map(({ message }) => message),
      terminal,
    ),
    ...list(
      'lost',
      losses.map(
        ({ path, text, bytes: size }) => `${path}: ${text}${size > 0 ? ` (${formatBytes(size)})` : ''}`,
      ),
      terminal,
    ),
    ...list(
      'set to the default of the format',
      filledIn.map(({ path, value }) => `${path}: ${value}`),
      terminal,
    ),
  ];
}

function list(title: string, entries: readonly string[], terminal: Terminal): string[] {
  if (entries.length === 0) return [];
  const lines = entries
    .slice(0, SHOWN)
    .flatMap((entry) => paragraph(truncate(visible(entry), TEXT_WIDTH), terminal, '    '));
  const more = entries.length - SHOWN;
  if (more > 0) lines.push(terminal.colours.yellow(`    … ${more} more, see --json`));
  return [`  ${terminal.colours.bold(title)}`, ...lines];
}

function doubtOf(checks: readonly string[]): string | undefined {
  if (checks.includes('mismatch')) return 'the checksum of the text is wrong: any value may be';
  return checks.includes('missing')
    ? 'the checksum of the text is missing, so nothing vouches for it'
    : undefined;
}

function versionText({ number, isStored, lowest, highest }: VersionFinding): string {
  if (isStored) return String(number);
  if (lowest === highest) return `${number}: it is lost, but what is left can be of no other one`;
  return `${number}: it is lost, and of ${lowest} to ${highest} this is the lowest that holds what is left`;
}

/** @param written bytes of the session that was written */
export function dumpSalvage({ report }: Salvage, written: number | undefined): PyDict {
  const { bytes, counts, damage, filledIn, losses, members, version } = report;
  return record({
    schema: 1n,
    operation: 'salvage',
    status: 'ok',
    complete: report.isComplete,
    version: version === undefined ? null : dumpVersion(version),
    bytes: record({
      file: BigInt(bytes.file),
      text: BigInt(bytes.text),
      unused: BigInt(bytes.unused),
    }),
    members: members.map(({ offset, textBytes, check }) =>
      record({ offset: BigInt(offset), text_bytes: BigInt(textBytes), check }),
    ),
    damage: damage.map(({ code, offset, message }) => record({ code, offset: BigInt(offset), message })),
    counts: record(Object.fromEntries(COUNTED.map(([key]) => [key, dumpTally(counts[key])]))),
    losses: losses.map(({ path, text, bytes: size }) => record({ path, text, bytes: BigInt(size) })),
    filled_in: filledIn.map(({ path, value }) => record({ path, value })),
    bytes_written: written === undefined ? null : BigInt(written),
  });
}

function dumpVersion({ number, isStored, lowest, highest }: VersionFinding): PyDict {
  return record({
    number: BigInt(number),
    stored: isStored,
    lowest: BigInt(lowest),
    highest: BigInt(highest),
  });
}

function dumpTally({ kept, lost }: Tally): PyValue {
  return record({ kept: BigInt(kept), lost: BigInt(lost) });
}
