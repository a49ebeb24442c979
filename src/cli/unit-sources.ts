/** The options that say where unit definitions come from. */

import { resolve } from 'node:path';
import type { Command } from 'commander';
import { isSystemError } from '../files/node-directory.js';
import type { LoadedUnits } from '../units/load.js';
import { loadProvider, loadUnitFiles } from '../units/load-node.js';
import type { Unit } from '../units/unit.js';
import type { Context } from './context.js';
import { UsageError } from './exit-codes.js';
import { visible } from './visible.js';

export type UnitSource =
  | { readonly kind: 'file'; readonly path: string; readonly namespace: string | null }
  | { readonly kind: 'provider'; readonly path: string };

/** Collects the options as they come: a namespace applies to the unit files behind it. */
export class UnitSources {
  readonly list: UnitSource[] = [];
  #namespace: string | null = null;
  /** The namespace that no unit files came behind. */
  #idle: string | undefined;

  addTo(command: Command): Command {
    return command
      .hook('preAction', () => {
        if (this.#idle !== undefined)
          command.error(`error: no --units behind --namespace ${visible(this.#idle)}`);
      })
      .option('--units <file>', 'a unit file, or a unit dump in JSON; may be repeated', (path) => {
        this.list.push({ kind: 'file', path, namespace: this.#namespace });
        this.#idle = undefined;
      })
      .option('--namespace <name>', 'namespace of the --units that follow', (namespace) => {
        this.#namespace = namespace;
        this.#idle = namespace;
      })
      .option('--provider <dir>', 'the directory of a provider; may be repeated', (path) => {
        this.list.push({ kind: 'provider', path });
      });
  }
}

/**
 * All units in the order of their sources; a file that contributes none is warned of.
 *
 * @throws UsageError when a file is named where a directory is needed, or the other way round
 */
export async function loadAllUnits(sources: readonly UnitSource[], context: Context): Promise<Unit[]> {
  if (sources.length === 0)
    await context.warn('no definitions of jobs are given, see --units and --provider');
  const units: Unit[] = [];
  for (const source of sources) {
    const loaded = await load(source, context.io.cwd);
    for (const unit of loaded.units) units.push(unit);
    for (const { file, line, message } of loaded.problems) {
      const place = [file, line === undefined ? undefined : `line ${line}`].filter(
        (part) => part !== undefined,
      );
      await context.warn(visible(`no units taken from ${place.join(', ') || source.path}: ${message}`));
    }
  }
  return units;
}

async function load(source: UnitSource, cwd: string): Promise<LoadedUnits> {
  const path = resolve(cwd, source.path);
  try {
    if (source.kind === 'provider') return await loadProvider(path);
    return await loadUnitFiles([{ path, namespace: source.namespace }]);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'EISDIR')
      throw new UsageError(`${source.path} is a directory`, 'Providers: --provider.');
    if (error.code === 'ENOTDIR')
      throw new UsageError(`${source.path} is no directory`, 'Unit files: --units.');
    throw error;
  }
}
