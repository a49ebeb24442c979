/** What stands for a generated job that is not valid, when the session asks for it (spec `state.md` 7.4). */

import type { PyValue } from '../python/value.js';
import { Job } from './job.js';

/**
 * Same data and checksum as the job it stands for. Parameters that the resource did not give read as
 * `MISSING_PARAM_<running number>`; those that were read show up among the {@link parameters}.
 */
export class InvalidJob extends Job {
  override readonly jobClass = 'InvalidJob';

  /**
   * @param job the instance that is not valid
   * @param errorLines why, one text each
   */
  constructor(
    job: Job,
    readonly errorLines: readonly string[],
  ) {
    const { namespace, origin, fieldOffsets, environment, engine, checksum } = job;
    const parameters = new SubstitutingParameters(job.parameters ?? []);
    super(job.data, { namespace, parameters, origin, fieldOffsets, environment, engine, checksum });
  }
}

class SubstitutingParameters extends Map<string, PyValue> {
  override has(_name: string): boolean {
    return true;
  }

  override get(name: string): PyValue {
    let value = super.get(name);
    if (value === undefined) {
      value = `MISSING_PARAM_${super.get('__index__')}`;
      this.set(name, value);
    }
    return value;
  }
}
