/** The part of Jinja2 that units use (spec `units.md` 4.2, 6.5); there are no loops, macros or own functions. */

import type { PyDict } from '../../python/value.js';
import { JinjaEvaluator } from './jinja/evaluator.js';
import { MAX_TEXT } from './jinja/methods.js';
import { undeclaredNames } from './jinja/names.js';
import { parseTemplate } from './jinja/parser.js';
import type { JinjaStatement } from './jinja/syntax.js';
import { limitError, Raised, TemplateError } from './language-errors.js';
import { isTrue, toText } from './python-values.js';

export class JinjaTemplate {
  /** Undeclared variables: names read before they are set, without Jinja2's globals; each once, in order. */
  readonly usedNames: readonly string[];
  readonly #statements: readonly JinjaStatement[];

  private constructor(statements: readonly JinjaStatement[]) {
    this.#statements = statements;
    this.usedNames = undeclaredNames(statements);
  }

  /**
   * @throws TemplateError `syntax`, or `unsupported` with the name of the construct; UnitDefinitionError
   * `limit-evaluation` for templates that nest too deeply
   */
  static parse(text: string): JinjaTemplate {
    return new JinjaTemplate(parseTemplate(text));
  }

  /**
   * The text of the template; undefined variables render empty.
   * @param variables also the environment, if the template is to see one
   * @throws TemplateError `undefined`, `type` or `unsupported`; UnitDefinitionError `limit-evaluation`
   */
  render(variables: PyDict): string {
    const evaluator = new JinjaEvaluator(variables);
    try {
      return render(this.#statements, evaluator, '');
    } catch (error) {
      if (error instanceof Raised) throw new TemplateError('type', error.message);
      throw error;
    }
  }
}

function render(statements: readonly JinjaStatement[], evaluator: JinjaEvaluator, before: string): string {
  let text = before;
  for (const statement of statements) {
    switch (statement.kind) {
      case 'text':
        text += statement.text;
        break;
      case 'output':
        text += toText(evaluator.evaluate(statement.value));
        break;
      case 'set':
        evaluator.set(statement.name, evaluator.evaluate(statement.value));
        break;
      case 'if': {
        const branch = statement.branches.find(({ test }) => isTrue(evaluator.evaluate(test)));
        text = render(branch?.body ?? statement.otherwise, evaluator, text);
      }
    }
    if (text.length > MAX_TEXT) throw limitError('text of a template', MAX_TEXT);
  }
  return text;
}
