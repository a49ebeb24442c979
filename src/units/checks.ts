/** Checks of one unit on its own (spec `units.md` 8): what is wrong with it, field by field. */

import { pyRepr } from '../python/repr.js';
import { Category } from './category.js';
import { checkId, checkPresent, checkVariant, type FieldCheck } from './field-checks.js';
import { Job } from './job.js';
import { JOB_CHECKS } from './job-checks.js';
import { fieldOrigin, type Origin, originText } from './origin.js';
import type { Unit } from './unit.js';

/** An error of a unit: reason enough not to use it. */
export interface UnitIssue {
  readonly severity: 'error';
  readonly field: string;
  /** What is wrong, without the place. */
  readonly message: string;
  readonly origin: Origin;
  /** `error: <origin>: <kind> '<partial id>', field '<field>', <message>` */
  readonly text: string;
}

const CATEGORY_CHECKS: readonly FieldCheck<Category>[] = [
  { field: 'id', messages: checkId },
  {
    field: 'name',
    messages: (category) => [...checkVariant(category, 'name'), ...checkPresent(category.name)],
  },
];

/**
 * Everything of severity error, sorted by field.
 *
 * @throws UnfilledFieldError when a checked field needs a parameter that is not there
 * @throws UnitDefinitionError for what the reference stops at (spec `units.md` 8.3)
 */
export function checkUnit(unit: Unit): readonly UnitIssue[] {
  if (unit instanceof Job) return issuesOf(unit, JOB_CHECKS);
  if (unit instanceof Category) return issuesOf(unit, CATEGORY_CHECKS);
  return [];
}

function issuesOf<U extends Unit>(unit: U, checks: readonly FieldCheck<U>[]): UnitIssue[] {
  const found = checks.flatMap(({ field, messages }) =>
    messages(unit).map((message) => ({ field, message })),
  );
  // Read last: what is wrong with another field counts before an id that cannot be read.
  return found.map(({ field, message }) => {
    const origin = fieldOrigin(unit, field);
    const place = `${originText(origin)}: ${unit.kind} ${pyRepr(unit.partialId)}`;
    return {
      severity: 'error',
      field,
      message,
      origin,
      text: `error: ${place}, field '${field}', ${message}`,
    };
  });
}
