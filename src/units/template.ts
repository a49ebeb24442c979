/** Templates: units that make units out of resource records (spec `units.md` 6). */

import type { PyDict } from '../python/value.js';
import type { Resource } from './languages/expression.js';
import { Unit, type UnitOptions } from './unit.js';

export class Template extends Unit {
  constructor(data: PyDict, options: UnitOptions = {}) {
    super('template', data, options);
  }
  /** Id of the resource job; null without `template-resource`. */
  get resourceId(): string | null {
    throw new Error('to come');
  }
  /** Qualified template id. */
  get templateId(): string | null {
    throw new Error('to come');
  }
  /**
   * The instances for the records of the resource job, in order. They are not checked: see `checks.ts`
   * (`acceptInstance(unit, { strict }): { unit: Unit | null, … }`) for what becomes of each.
   *
   * @throws UnitDefinitionError
   */
  instantiate(resources: readonly Resource[]): Unit[] {
    throw new Error(`to come ${resources}`);
  }
}
