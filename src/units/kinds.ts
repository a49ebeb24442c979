/** The kinds of units and their classes (spec `units.md` 3). */

import { UnitDefinitionError } from '../errors.js';
import { pyRepr } from '../python/repr.js';
import type { PyDict, PyValue } from '../python/value.js';
import { Category } from './category.js';
import { Job, SetupJob } from './job.js';
import { ManifestEntry } from './manifest-entry.js';
import { Template } from './template.js';
import { TestPlan } from './test-plan.js';
import { Unit, type UnitOptions, UnitWithId } from './unit.js';

type Constructor = (data: PyDict, options: UnitOptions) => Unit;

const CONSTRUCTORS: ReadonlyMap<string, Constructor> = new Map<string, Constructor>([
  ['job', (data, options) => new Job(data, options)],
  ['setup job', (data, options) => new SetupJob(data, options)],
  ['template', (data, options) => new Template(data, options)],
  ['category', (data, options) => new Category(data, options)],
  ['test plan', (data, options) => new TestPlan(data, options)],
  ['manifest entry', (data, options) => new ManifestEntry(data, options)],
  ['exporter', (data, options) => new UnitWithId('exporter', data, options)],
  ['packaging meta-data', (data, options) => new Unit('packaging meta-data', data, options)],
  ['file', (data, options) => new Unit('file', data, options)],
  ['unit', (data, options) => new Unit('unit', data, options)],
]);

/**
 * The unit that the data defines.
 *
 * @param kind by default the member `unit` of the data, or `job`
 * @throws UnitDefinitionError `unit-kind`: `Unknown unit type: 'x'`
 */
export function createUnit(
  data: PyDict,
  options: UnitOptions = {},
  kind: PyValue = data.get('unit') ?? 'job',
): Unit {
  const construct = typeof kind === 'string' ? CONSTRUCTORS.get(kind) : undefined;
  if (construct === undefined) {
    throw new UnitDefinitionError(`Unknown unit type: ${pyRepr(kind)}`, {
      code: 'unit-kind',
      field: 'unit',
      file: options.origin?.source ?? undefined,
      line: options.origin?.firstLine ?? undefined,
      actual: kind,
    });
  }
  return construct(data, options);
}
