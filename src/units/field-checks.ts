/** Checks that fields of several kinds share (spec `units.md` 8.1). */

import { pyRepr } from '../python/repr.js';
import { onField } from './field-errors.js';
import type { Unit } from './unit.js';

/** The messages about one field of a unit. */
export interface FieldCheck<U extends Unit> {
  readonly field: string;
  /** @throws UnitDefinitionError when the field cannot be read */
  messages(unit: U): readonly string[];
}

export function checkPresent(value: unknown): readonly string[] {
  return value === null ? ['required field missing'] : [];
}

/** The value must be the same for every instance. */
export function checkInvariant(unit: Unit, field: string): readonly string[] {
  if (unit.parameters === null || namesUsedIn(unit, field).length === 0) return [];
  return ['value must be invariant (unparametrized)'];
}

/** The value must differ between instances, and use only parameters that there are. */
export function checkVariant(unit: Unit, field: string): readonly string[] {
  const { parameters } = unit;
  if (parameters === null || (unit.data.get(field) ?? null) === null) return [];
  const names = namesUsedIn(unit, field);
  if (names.length === 0) return ['value must be variant (parametrized)'];
  return names
    .filter((name) => !parameters.has(name))
    .map((name) => `reference to unknown parameter ${pyRepr(name)}`);
}

export function checkId(unit: Unit): readonly string[] {
  const { partialId } = unit;
  if (partialId === null) return checkPresent(partialId);
  const foreign = partialId.includes('::') ? ['identifier cannot define a custom namespace'] : [];
  return [...checkVariant(unit, 'id'), ...foreign];
}

/** Parameters that the data member of exactly this name uses. */
function namesUsedIn(unit: Unit, field: string): readonly string[] {
  return onField(unit, field, () => unit.engine.usedNames(unit.data.get(field) ?? null));
}
