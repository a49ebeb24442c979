/** What is wrong with a field of a unit, with the unit, the field and the place (spec `deviations.md` A). */

import { type ErrorCode, UnitDefinitionError } from '../errors.js';
import { pyStr } from '../python/repr.js';
import { MissingParameterError } from './languages/language-errors.js';
import { fieldOrigin } from './origin.js';
import type { Unit } from './unit.js';

/** The resource did not give a parameter that a field of a template instance needs (spec `units.md` 4.2). */
export class UnfilledFieldError extends UnitDefinitionError {
  constructor(
    unit: Unit,
    field: string,
    /** Name of the parameter. */
    readonly parameter: string,
    text: string,
    cause: MissingParameterError,
  ) {
    const template = unit.data.get('template-id') ?? 'None';
    super(
      `Template '${template}' generated an invalid unit. Field '${field}' has value '${text}' but the ` +
        `template-resource didn't generate any value for '${parameter}'`,
      { ...factsOf(unit, field), code: 'unit-template', cause },
    );
  }
}

/** Runs `work` on a field; an error of the field's language gets the facts about the unit. */
export function onField<T>(unit: Unit, field: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UnitDefinitionError) || error.field !== undefined) throw error;
    if (error instanceof MissingParameterError) {
      throw new UnfilledFieldError(unit, field, error.parameter, pyStr(unit.raw(field)), error);
    }
    throw new UnitDefinitionError(error.message, {
      ...factsOf(unit, field),
      code: error.code,
      expected: error.expected,
      actual: error.actual,
      cause: error,
    });
  }
}

/** What a definition says; undefined where it cannot be read, which is no reason to show nothing else of it. */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnitDefinitionError) return undefined;
    throw error;
  }
}

/** A field whose value cannot be used. */
export function fieldError(
  unit: Unit,
  field: string,
  message: string,
  code: ErrorCode,
  cause?: unknown,
): UnitDefinitionError {
  return new UnitDefinitionError(message, { ...factsOf(unit, field), code, cause });
}

function factsOf(unit: Unit, field: string) {
  const origin = fieldOrigin(unit, field);
  return {
    unitId: unit.idPattern ?? undefined,
    field,
    file: origin.source ?? undefined,
    line: origin.firstLine ?? undefined,
  };
}
