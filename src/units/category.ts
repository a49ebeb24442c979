import type { PyDict } from '../python/value.js';
import { type UnitOptions, UnitWithId } from './unit.js';

/** A heading under which jobs are shown (spec `units.md` 3). */
export class Category extends UnitWithId {
  constructor(data: PyDict, options: UnitOptions = {}) {
    super('category', data, options);
  }

  /** The name for people; null when missing, which is an error of the unit. */
  get name(): string | null {
    return this.text('name');
  }
}
