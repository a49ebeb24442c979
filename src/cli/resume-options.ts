/** The options of the verbs that resume a session, and what they amount to. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { DataError } from '../errors.js';
import { NodeDirectoryFiles } from '../files/node-directory.js';
import type { SessionFiles } from '../files/session-files.js';
import {
  FLAG_FILE_REFERENCE_CHECKS,
  FLAG_IGNORE_JOB_CHECKSUMS,
  FLAG_REWRITE_LOG_PATHNAMES,
} from '../formats/flags.js';
import { isPyDict, type PyValue } from '../python/value.js';
import { Manifest } from '../session/manifest.js';
import { parsePyJson } from '../units/json-text.js';
import type { Unit } from '../units/unit.js';
import type { Context, JsonOption } from './context.js';
import { UsageError } from './exit-codes.js';
import { readSession, type SessionSource } from './session-argument.js';
import { loadAllUnits, type UnitSources } from './unit-sources.js';
import { visible } from './visible.js';

const FLAGS: readonly string[] = [
  FLAG_IGNORE_JOB_CHECKSUMS,
  FLAG_FILE_REFERENCE_CHECKS,
  FLAG_REWRITE_LOG_PATHNAMES,
];

export interface ResumeVerbOptions extends JsonOption {
  readonly location?: string;
  readonly flag?: readonly string[];
  readonly manifest?: string;
  readonly allowOutsideLocation?: boolean;
}

/** A session with everything that a resume of it takes. */
export interface ResumeInput extends SessionSource {
  readonly units: readonly Unit[];
  readonly flags: readonly string[];
  readonly manifest: Manifest;
}

export function addResumeOptions(command: Command, sources: UnitSources): Command {
  return sources
    .addTo(command)
    .option('--location <dir>', 'session directory from which log names count (default: that of FILE)')
    .option('--flag <name>', `${FLAGS.join(', ')}; may be repeated`, collectFlag)
    .option('--manifest <file>', 'machine manifest: a JSON object of manifest ids and values')
    .option('--allow-outside-location', 'read logs that the session names outside of its directory');
}

/** Reads everything that the options name. */
export async function readResumeInput(
  file: string,
  options: ResumeVerbOptions,
  sources: UnitSources,
  context: Context,
): Promise<ResumeInput> {
  const allowOutsideLocation = options.allowOutsideLocation ?? false;
  const source = await readSession(file, context, { allowOutsideLocation });
  const flags = options.flag ?? [];
  await warnOfUnknown(flags, context);
  return {
    ...source,
    ...placeOf(options.location, allowOutsideLocation, context, source),
    units: await loadAllUnits(sources.list, context),
    flags,
    manifest: options.manifest === undefined ? new Manifest() : await readManifest(options.manifest, context),
  };
}

function placeOf(
  location: string | undefined,
  allowOutsideLocation: boolean,
  { io }: Context,
  source: SessionSource,
): { location: string | null; files: SessionFiles } {
  if (location === undefined) return source;
  return { location, files: new NodeDirectoryFiles(location, { cwd: io.cwd, allowOutsideLocation }) };
}

async function readManifest(file: string, { io }: Context): Promise<Manifest> {
  const text = await readFile(resolve(io.cwd, file), 'utf8');
  const values = parseManifest(text, file);
  if (!isPyDict(values)) throw new UsageError(`the manifest ${file} is no JSON object`);
  return new Manifest(values);
}

function parseManifest(text: string, file: string): PyValue {
  try {
    return parsePyJson(text);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new UsageError(`the manifest ${file} is not JSON: ${error.message}`);
  }
}

function collectFlag(flag: string, before: readonly string[] = []): readonly string[] {
  return [...before, flag];
}

/** Checkbox ignores flags that it does not know. */
async function warnOfUnknown(flags: readonly string[], context: Context): Promise<void> {
  for (const flag of flags) {
    if (FLAGS.includes(flag)) continue;
    await context.warn(
      `the flag ${visible(flag)} is unknown and does nothing; there are ${FLAGS.join(', ')}`,
    );
  }
}
