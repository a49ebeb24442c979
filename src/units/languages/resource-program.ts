/** Resource programs: the fields `requires`, `imports` and `template-filter` (spec `units.md` 6.3, 7). */

import type { NameScope, Resource, ResourceExpression } from './expression.js';

/** What came out of a program. */
export type ProgramResult =
  | { readonly outcome: 'true' }
  /** An expression needs a resource that is not in the map. */
  | {
      readonly outcome: 'unavailable';
      readonly expression: ResourceExpression;
      readonly resourceId: string;
      readonly message: string;
    }
  | { readonly outcome: 'false'; readonly expression: ResourceExpression; readonly message: string };

export class ResourceProgram {
  private constructor(
    readonly expressions: readonly ResourceExpression[],
    /** Union of the ids of all expressions, in order of first appearance. */
    readonly resourceIds: readonly string[],
  ) {}

  /**
   * @param text one expression per line, or a list of expressions (YAML)
   * @throws ResourceProgramError; PythonError where the reference leaks an exception
   */
  static compile(_text: string | readonly string[], _scope: NameScope): ResourceProgram {
    throw new Error('not yet written');
  }

  /** @throws as {@link ResourceExpression.evaluate} */
  evaluate(_resources: ReadonlyMap<string, readonly Resource[]>): ProgramResult {
    throw new Error('not yet written');
  }

  /** As the filter of a template: does this record of the resource pass? */
  accepts(_resourceId: string, _record: Resource): boolean {
    throw new Error('not yet written');
  }
}

/**
 * The field `imports`: alias -> resource id.
 * @throws PythonError ValueError with the texts of spec `units.md` 7.3
 */
export function parseImports(_text: string | readonly string[]): ReadonlyMap<string, string> {
  throw new Error('not yet written');
}
