/** The errors of the languages inside unit definitions; all are {@link UnitDefinitionError}. */

import { type ErrorCode, UnitDefinitionError } from '../../errors.js';

/** A built-in exception of Python that the reference lets through. */
export type PythonException =
  | 'AttributeError'
  | 'IndexError'
  | 'KeyError'
  | 'NameError'
  | 'OverflowError'
  | 'RecursionError'
  | 'SyntaxError'
  | 'TypeError'
  | 'UnicodeEncodeError'
  | 'ValueError';

/** A definition on which the reference stops with a plain Python exception (spec `deviations.md` A). */
export class PythonError extends UnitDefinitionError {
  /**
   * @param exception the class of the exception in the reference
   * @param message the text of that exception
   */
  constructor(
    readonly exception: PythonException,
    message: string,
    code: ErrorCode,
  ) {
    super(message, { code });
  }
}

/**
 * A Python exception on its way through an evaluator. It is no Error: most of them only make an expression
 * false for one record of many, and collecting a stack would cost far more than the evaluation.
 */
export class Raised {
  constructor(
    readonly exception: PythonException,
    readonly message: string,
  ) {}
}

/** A resource program that does not compile (spec `units.md` 7.2). */
export class ResourceProgramError extends UnitDefinitionError {
  /**
   * @param reason which of the three kinds of the spec
   * @param expression the text of the expression
   */
  constructor(
    readonly reason: 'syntax' | 'not-allowed' | 'no-resources',
    readonly expression: string,
    message: string,
  ) {
    super(message, { code: 'unit-expression', actual: expression });
  }
}

/** A format string names a parameter that does not exist (spec `units.md` 4.2). */
export class MissingParameterError extends UnitDefinitionError {
  constructor(readonly parameter: string) {
    super(`missing parameter ${parameter}`, { code: 'unit-template', actual: parameter });
  }
}

/** A Jinja2 template that cannot be parsed or rendered (spec `units.md` 4.2, 6.5). */
export class TemplateError extends UnitDefinitionError {
  /**
   * @param reason `unsupported`: valid Jinja2, but outside of what this library renders
   * @param line 1-based line of the template, when known
   */
  constructor(
    readonly reason: 'syntax' | 'unsupported' | 'undefined' | 'type',
    message: string,
    line?: number,
  ) {
    super(message, { code: 'unit-template', line });
  }
}

/** A definition that is valid but asks for more work or text than this library is ready to spend on it. */
export function limitError(what: string, limit: number): UnitDefinitionError {
  return new UnitDefinitionError(`${what}: more than ${limit}`, {
    code: 'limit-evaluation',
    expected: limit,
  });
}
