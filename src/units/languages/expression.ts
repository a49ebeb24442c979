/** One resource expression (spec `units.md` 7.2, 7.4). */

/** One record of a resource: member -> text. */
export type Resource = ReadonlyMap<string, string>;

/** How the names of an expression become resource ids. */
export interface NameScope {
  /** Namespace of ids without `::`; null: none is added. */
  readonly implicitNamespace: string | null;
  /** alias -> resource id */
  readonly imports: ReadonlyMap<string, string>;
}

export class ResourceExpression {
  private constructor(
    readonly text: string,
    /** Ids of the resources it needs, in order of first appearance, each once. */
    readonly resourceIds: readonly string[],
    /** Ids of the manifest entries it reads. */
    readonly manifestIds: readonly string[],
  ) {}

  /** @throws ResourceProgramError; PythonError where the reference leaks an exception */
  static compile(_text: string, _scope: NameScope): ResourceExpression {
    throw new Error('not yet written');
  }

  /**
   * Whether some combination of records makes the expression true.
   * @param resources must have all of `resourceIds`
   * @throws ResourceProgramError, PythonError: a half that was split off does not compile
   */
  evaluate(_resources: ReadonlyMap<string, readonly Resource[]>): boolean {
    throw new Error('not yet written');
  }
}
