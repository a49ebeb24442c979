/** The reference's KeyError of the map of job states, with the facts. */

import { UnitDefinitionError } from '../errors.js';
import { pyRepr } from '../python/repr.js';
import type { Unit } from '../units/unit.js';

/**
 * @param id of the job that the session does not have
 * @param referrer the unit that names it, where it is one
 */
export function unknownJob(id: string, referrer?: Unit): UnitDefinitionError {
  return new UnitDefinitionError(`unknown job referenced: ${pyRepr(id)}`, {
    code: 'unknown-job',
    jobId: id,
    unitId: referrer?.id ?? undefined,
  });
}
