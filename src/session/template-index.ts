/** The templates of a session by the job whose resources they wait for. */

import type { Template } from '../units/template.js';

export class TemplateIndex {
  #templates: Template[] = [];
  /** How many of the templates are in the map; the resource id of a template is read when it is needed. */
  #indexed = 0;
  readonly #byResourceId: Map<string | null, Template[]> = new Map();

  add(template: Template): void {
    this.#templates.push(template);
  }

  /** Removes the templates that a predicate holds for. */
  remove(isRemoved: (template: Template) => boolean): void {
    this.#templates = this.#templates.filter((known) => !isRemoved(known));
    this.#byResourceId.clear();
    this.#indexed = 0;
  }

  /**
   * The templates for the resources of a job, in the order in which they were added.
   *
   * @throws UnitDefinitionError when the resource id of some template cannot be read; so does every later call
   */
  forResource(jobId: string): readonly Template[] {
    for (; this.#indexed < this.#templates.length; this.#indexed++) {
      const template = this.#templates[this.#indexed]!;
      const known = this.#byResourceId.get(template.resourceId);
      if (known === undefined) this.#byResourceId.set(template.resourceId, [template]);
      else known.push(template);
    }
    return this.#byResourceId.get(jobId) ?? [];
  }
}
