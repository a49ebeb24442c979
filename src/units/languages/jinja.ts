/** The part of Jinja2 that units use (spec `units.md` 4.2, 6.5). */

import type { PyDict } from '../../python/value.js';

export class JinjaTemplate {
  /** Undeclared variables: names read before they are set, without Jinja2's globals; each once, in order. */
  readonly usedNames: readonly string[] = [];

  /** @throws TemplateError */
  static parse(_text: string): JinjaTemplate {
    throw new Error('not yet written');
  }

  /** @throws TemplateError; UnitDefinitionError with code `limit-evaluation` */
  render(_variables: PyDict): string {
    throw new Error('not yet written');
  }
}
