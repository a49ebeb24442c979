/** Jobs: what Checkbox runs (spec `units.md` 4.3 to 4.5). */

import type { PyDict, PyValue } from '../python/value.js';
import type { ResourceProgram } from './languages/resource-program.js';
import { Unit, type UnitOptions } from './unit.js';

/** The reference's class of a job, as the state dump names it. */
export type JobClass = 'JobDefinition' | 'SetupJobUnit' | 'InvalidJob';

export class Job extends Unit {
  readonly jobClass: JobClass;
  constructor(data: PyDict, options: UnitOptions = {}, jobClass: JobClass = 'JobDefinition') {
    super('job', data, options);
    this.jobClass = jobClass;
  }
  // Every getter throws UnitDefinitionError when the template engine fails on its field.
  declare readonly plugin: string | null;
  declare readonly summary: string | null;
  declare readonly command: string | null;
  declare readonly shell: string;
  declare readonly user: string | null;
  declare readonly description: string | null;
  declare readonly group: string | null;
  declare readonly categoryId: string;
  declare readonly certificationStatus: string;
  declare readonly autoRetry: string;
  declare readonly templateId: string | null;
  declare readonly flags: ReadonlySet<string>;
  declare readonly environ: ReadonlySet<string>;
  declare readonly dependsIds: readonly string[];
  declare readonly afterIds: readonly string[];
  declare readonly beforeIds: readonly string[];
  declare readonly salvagesIds: readonly string[];
  declare readonly resourceProgram: ResourceProgram | null;
  declare readonly explicitSiblings: readonly PyDict[];
  declare readonly estimatedDuration: number | null;
  declare readonly automated: boolean;
  declare readonly needsStartInteraction: boolean;
  /** Setup jobs only: qualified manifest id -> the value it must have (text entry: true). */
  declare readonly requiredManifests: ReadonlyMap<string, PyValue>;
  /** Invalid jobs only: why the instance is not valid, one text each. */
  declare readonly errorLines: readonly string[];
  /** A sibling: data minus keys that end in `siblings`, updated with overrides (spec `state.md` 4.1). */
  withData(overrides: PyDict): Job {
    throw new Error(`to come ${overrides}`);
  }
}
