/** What becomes of a generated unit: kept, dropped, or replaced by an invalid job (spec `state.md` 7.4). */

import { pyStr } from '../python/repr.js';
import { checkUnit } from './checks.js';
import { UnfilledFieldError } from './field-errors.js';
import { InvalidJob } from './invalid-job.js';
import { Job } from './job.js';
import type { Unit } from './unit.js';

/** A line of the reference's log. */
export interface LogLine {
  readonly level: 'ERROR' | 'CRITICAL';
  readonly message: string;
}

export interface Acceptance {
  /** What to add to the session; null when the instance is dropped. */
  readonly unit: Unit | null;
  /** Why it was dropped; empty otherwise. */
  readonly log: readonly LogLine[];
}

/**
 * @param strict the flag `strict_template_expansion` of the session
 * @throws UnitDefinitionError for what the reference stops at (spec `units.md` 8.3)
 */
export function acceptInstance(instance: Unit, { strict }: { readonly strict: boolean }): Acceptance {
  try {
    const texts = checkUnit(instance).map((issue) => issue.text);
    if (texts.length === 0) return { unit: instance, log: [] };
    if (strict && instance instanceof Job) return { unit: new InvalidJob(instance, texts), log: [] };
    const errors = texts.map((message): LogLine => ({ level: 'ERROR', message }));
    return dropped(`Ignoring invalid generated job ${pyStr(instance.id)}`, errors);
  } catch (error) {
    if (!(error instanceof UnfilledFieldError)) throw error;
    if (strict && instance instanceof Job)
      return { unit: new InvalidJob(instance, [error.message]), log: [] };
    return dropped(
      `Ignoring ${pyStr(instance.idPattern)} with missing template parameter ${error.parameter}`,
      [],
    );
  }
}

function dropped(message: string, errors: readonly LogLine[]): Acceptance {
  return { unit: null, log: [...errors, { level: 'CRITICAL', message }] };
}
