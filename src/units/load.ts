/** From the texts of unit files to units (spec `units.md` 3.1). */

import { UnitDefinitionError } from '../errors.js';
import { pyRepr } from '../python/repr.js';
import { checkUnit } from './checks.js';
import { EMPTY_ENVIRONMENT, type TemplateEnvironment } from './environment.js';
import { createUnit } from './kinds.js';
import { parsePxu } from './pxu.js';
import type { Unit } from './unit.js';
import { unitsFromDump } from './unit-dump.js';
import { parseYamlUnits } from './yaml.js';

export interface UnitText {
  /** Name of the file; its extension decides the syntax. */
  readonly name: string;
  readonly text: string;
  /** Namespace of the units; null: none. A unit dump brings its own. */
  readonly namespace: string | null;
}

export interface LoadOptions {
  /** What Jinja templates may see; by default nothing. */
  readonly environment?: TemplateEnvironment;
  /**
   * Refuse files that hold a unit with an error, as Checkbox does with the files of providers. By default
   * every unit that can be read is taken: what a session knew may be faulty.
   */
  readonly validate?: boolean;
}

export interface LoadedUnits {
  /** In the order of the texts. */
  readonly units: readonly Unit[];
  /** One for each file that contributes no units. */
  readonly problems: readonly UnitDefinitionError[];
}

type Reader = (file: UnitText, environment: TemplateEnvironment) => readonly Unit[];

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['pxu', readRecords],
  ['txt', readRecords],
  ['in', readRecords],
  ['yaml', readYaml],
  ['yml', readYaml],
  ['json', ({ text, name }, environment) => unitsFromDump(text, name, environment)],
]);

/** Never throws for what a file holds: such a file becomes a problem. */
export function loadUnits(files: readonly UnitText[], options: LoadOptions = {}): LoadedUnits {
  const units: Unit[] = [];
  const problems: UnitDefinitionError[] = [];
  for (const file of files) {
    try {
      for (const unit of readUnitFile(file, options)) units.push(unit);
    } catch (error) {
      if (!(error instanceof UnitDefinitionError)) throw error;
      problems.push(error);
    }
  }
  return { units, problems };
}

/**
 * The units of one file.
 *
 * @throws UnitDefinitionError `unit-syntax`, `unit-kind`, or with `validate` whatever is wrong with a unit
 */
function readUnitFile(file: UnitText, options: LoadOptions): readonly Unit[] {
  const extension = file.name.slice(file.name.lastIndexOf('.') + 1);
  const read = READERS.get(extension);
  if (read === undefined) {
    throw new UnitDefinitionError(`Unknown type of unit file: ${pyRepr(file.name)}`, {
      code: 'unit-syntax',
      file: file.name,
      expected: [...READERS.keys()],
      actual: extension,
    });
  }
  const units = read(file, options.environment ?? EMPTY_ENVIRONMENT);
  if (options.validate) for (const unit of units) demandValid(unit);
  return units;
}

function readRecords({ text, name, namespace }: UnitText, environment: TemplateEnvironment): Unit[] {
  return parsePxu(text, name).map(({ data, origin, fieldOffsets }) =>
    createUnit(data, { namespace, origin, fieldOffsets, environment }),
  );
}

function readYaml({ text, name, namespace }: UnitText, environment: TemplateEnvironment): Unit[] {
  return parseYamlUnits(text, name).map(({ data, origin }) =>
    createUnit(data, { namespace, origin, environment }),
  );
}

function demandValid(unit: Unit): void {
  const [issue] = checkUnit(unit);
  if (issue === undefined) return;
  throw new UnitDefinitionError(issue.text, {
    code: 'unit-field',
    unitId: unit.id ?? undefined,
    field: issue.field,
    file: issue.origin.source ?? undefined,
    line: issue.origin.firstLine ?? undefined,
  });
}
