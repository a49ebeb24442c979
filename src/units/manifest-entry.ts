import type { PyDict } from '../python/value.js';
import { type UnitOptions, UnitWithId } from './unit.js';

/** One question about the machine (spec `units.md` 3). */
export class ManifestEntry extends UnitWithId {
  constructor(data: PyDict, options: UnitOptions = {}) {
    super('manifest entry', data, options);
  }

  get name(): string | null {
    return this.text('name');
  }

  /** What to ask; null: the front end words it. */
  get prompt(): string | null {
    return this.text('prompt');
  }

  /** `bool` or `natural` (a whole number from zero). */
  get valueType(): string | null {
    return this.text('value-type');
  }

  /** Unit of a `natural`, for example `MiB`. */
  get valueUnit(): string | null {
    return this.text('value-unit');
  }

  /** Member of the manifest resource that holds the answer; by default the partial id. */
  get resourceKey(): string | null {
    return this.text('resource-key') ?? this.partialId;
  }

  /** Why it is not asked. */
  get hiddenReason(): string | null {
    return this.text('hidden-reason');
  }

  /** Not asked: its id starts with an underscore. */
  get hidden(): boolean {
    return this.partialId?.startsWith('_') ?? false;
  }
}
