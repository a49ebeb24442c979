/** The two languages in which the fields of a template are written (spec `units.md` 4.2, 6.4, 6.5). */

import { isPyDict, isPyList, type PyDict, type PyValue } from '../python/value.js';
import type { TemplateEnvironment } from './environment.js';
import { JinjaTemplate } from './languages/jinja.js';
import { FormatString } from './languages/python-format.js';

/** Value of `template-engine` that selects Jinja2; everything else means format strings. */
export const JINJA = 'jinja2';

/** One text, read once, used for every instance. */
interface CompiledText {
  readonly usedNames: readonly string[];
  render(parameters: PyDict): string;
}

/**
 * Fills in the texts of fields. A template shares its engine with its instances, so that each text is read
 * once.
 */
export class TextEngine {
  readonly #compiled = new Map<string, CompiledText>();
  readonly #compile: (text: string) => CompiledText;

  private constructor(compile: (text: string) => CompiledText) {
    this.#compile = compile;
  }

  static formatStrings(): TextEngine {
    return new TextEngine((text) => {
      const format = FormatString.parse(text);
      return { usedNames: format.usedNames, render: (parameters) => format.format(parameters) };
    });
  }

  static jinja(environment: TemplateEnvironment): TextEngine {
    const surroundings = environmentVariables(environment);
    return new TextEngine((text) => {
      const template = JinjaTemplate.parse(text);
      return {
        usedNames: template.usedNames,
        render: (parameters) => template.render(new Map([...parameters, ...surroundings])),
      };
    });
  }

  /**
   * Texts with the parameters filled in; lists by element, mappings by value; other values as they are.
   *
   * @throws UnitDefinitionError of the language
   */
  fill(value: PyValue, parameters: PyDict): PyValue {
    if (typeof value === 'string') return this.#read(value).render(parameters);
    if (isPyList(value)) return value.map((item) => this.fill(item, parameters));
    if (isPyDict(value)) {
      return new Map([...value].map(([key, item]) => [key, this.fill(item, parameters)]));
    }
    return value;
  }

  /**
   * Names of the parameters that a value uses: of a list those of all items, of a mapping those in its first
   * key, as the reference has it (spec `units.md` 6.4).
   *
   * @throws UnitDefinitionError of the language
   */
  usedNames(value: PyValue): readonly string[] {
    if (typeof value === 'string') return this.#read(value).usedNames;
    if (isPyList(value)) return value.flatMap((item) => this.usedNames(item));
    if (isPyDict(value)) {
      for (const key of value.keys()) return this.usedNames(key);
    }
    return [];
  }

  #read(text: string): CompiledText {
    let compiled = this.#compiled.get(text);
    if (compiled === undefined) {
      compiled = this.#compile(text);
      this.#compiled.set(text, compiled);
    }
    return compiled;
  }
}

function environmentVariables(environment: TemplateEnvironment): PyDict {
  return new Map<string, PyValue>([
    ['__checkbox_env__', environment.checkbox],
    ['__system_env__', environment.system],
    ['__on_ubuntucore__', environment.onUbuntuCore],
  ]);
}
