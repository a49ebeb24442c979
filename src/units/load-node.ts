/** Units from the files of a machine: unit files by path, provider directories. Node only. */

import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join, relative, resolve, sep } from 'node:path';
import { UnitDefinitionError } from '../errors.js';
import { sortCodePoints } from '../python/text.js';
import { createUnit } from './kinds.js';
import { type LoadedUnits, type LoadOptions, loadUnits } from './load.js';
import { noFacts, type ProviderFacts, readManagePy, readProviderFile } from './provider.js';
import type { Unit } from './unit.js';

export interface UnitPath {
  readonly path: string;
  /** Namespace of the units; null: none. */
  readonly namespace: string | null;
}

export interface LoadedProvider extends LoadedUnits {
  readonly facts: ProviderFacts;
  /** Given by the caller, or the provider's own. */
  readonly namespace: string | null;
}

const UNIT_EXTENSIONS: readonly string[] = ['.pxu', '.txt', '.yaml', '.yml'];
const JOB_EXTENSIONS: readonly string[] = [...UNIT_EXTENSIONS, '.in'];

/**
 * The units of single files; origins carry the name of a file without its directories.
 *
 * @throws Error of the file system when a file cannot be read
 */
export async function loadUnitFiles(
  files: readonly UnitPath[],
  options: LoadOptions = {},
): Promise<LoadedUnits> {
  const units: Unit[] = [];
  const problems: UnitDefinitionError[] = [];
  for (const { path, namespace } of files) {
    const loaded = await loadFile(path, basename(path), namespace, options);
    for (const unit of loaded.units) units.push(unit);
    problems.push(...loaded.problems);
  }
  return { units, problems };
}

/**
 * The units of a provider: the files of its directories `units` and `jobs`, or of those that its `.provider`
 * file names, each followed by a unit of kind `file`; origins carry the path inside the provider. A file with
 * a faulty unit contributes nothing, unless `validate` is false.
 *
 * @param namespace overrides what `manage.py` or the `.provider` file of the directory says
 * @throws Error of the file system when the directory or a file cannot be read
 */
export async function loadProvider(
  directory: string,
  namespace?: string,
  { validate = true, ...options }: LoadOptions = {},
): Promise<LoadedProvider> {
  const facts = await readFacts(directory);
  const known = namespace ?? facts.namespace;
  const base = resolve(directory, facts.location ?? '.');
  const units: Unit[] = [];
  const problems: UnitDefinitionError[] = [];
  for (const path of await unitFilesOf(base, facts)) {
    const name = relative(base, path).split(sep).join('/');
    const loaded = await loadFile(path, name, known, { validate, ...options });
    problems.push(...loaded.problems);
    if (loaded.problems.length > 0) continue;
    for (const unit of loaded.units) units.push(unit);
    units.push(fileUnit(name, known));
  }
  return { facts, namespace: known, units, problems };
}

/** `manage.py` of the source tree, else the first `.provider` file. */
async function readFacts(directory: string): Promise<ProviderFacts> {
  const names = sortCodePoints(await readdir(directory));
  if (names.includes('manage.py')) return readManagePy(await readFile(join(directory, 'manage.py'), 'utf8'));
  const name = names.find((candidate) => candidate.endsWith('.provider'));
  return name === undefined ? noFacts() : readProviderFile(await readFile(join(directory, name), 'utf8'));
}

/** Units before jobs, each in the order of code points; a file in both counts once. */
async function unitFilesOf(base: string, facts: ProviderFacts): Promise<Iterable<string>> {
  const paths = new Set<string>();
  const collect = async (directory: string, extensions: readonly string[]) => {
    const names = (await filesBelow(directory)).filter((name) => extensions.includes(extname(name)));
    for (const name of sortCodePoints(names)) paths.add(join(directory, name));
  };
  await collect(resolve(base, facts.unitsDirectory ?? 'units'), UNIT_EXTENSIONS);
  await collect(resolve(base, facts.jobsDirectory ?? 'jobs'), JOB_EXTENSIONS);
  return paths;
}

/** Paths of the files, relative to the directory. */
async function filesBelow(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory());
    return files.map(({ parentPath, name }) => relative(directory, join(parentPath, name)));
  } catch (error) {
    // A provider need not have both directories.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function loadFile(
  path: string,
  name: string,
  namespace: string | null,
  options: LoadOptions,
): Promise<LoadedUnits> {
  const bytes = await readFile(path);
  try {
    return loadUnits([{ name, text: decodeUtf8(bytes, name), namespace }], options);
  } catch (error) {
    if (!(error instanceof UnitDefinitionError)) throw error;
    return { units: [], problems: [error] };
  }
}

function decodeUtf8(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new UnitDefinitionError('unit file is not UTF-8', { code: 'text-not-utf8', file, cause });
  }
}

function fileUnit(path: string, namespace: string | null): Unit {
  const data = new Map([
    ['unit', 'file'],
    ['path', path],
    ['role', 'unit-source'],
  ]);
  return createUnit(data, { namespace, origin: { source: path, firstLine: null, lastLine: null } });
}
