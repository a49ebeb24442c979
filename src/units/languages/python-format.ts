/** Python format strings (spec `units.md` 6.4). */

import type { PyDict } from '../../python/value.js';

export class FormatString {
  /** Names of the fields as written, with any `.attr` or `[index]`; each once; not those nested in specs. */
  readonly usedNames: readonly string[] = [];

  /** @throws PythonError ValueError for unbalanced braces */
  static parse(_text: string): FormatString {
    throw new Error('not yet written');
  }

  /**
   * The text with its fields replaced.
   * @param parameters texts and integers by name
   * @throws MissingParameterError, PythonError (IndexError, ValueError, AttributeError, TypeError)
   */
  format(_parameters: PyDict): string {
    throw new Error('not yet written');
  }
}
