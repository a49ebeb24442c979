/** Templates: units that make units out of resource records (spec `units.md` 6). */

import type { PyDict, PyValue } from '../python/value.js';
import { Category } from './category.js';
import { fieldError, onField } from './field-errors.js';
import { Job } from './job.js';
import type { Resource } from './languages/expression.js';
import { parseImports, ResourceProgram } from './languages/resource-program.js';
import { Unit, type UnitOptions, UnitWithId } from './unit.js';

const OWN_FIELDS = 'template-';
const NOT_IN_TEMPLATE_ID = /[^A-Za-z0-9\-_.:/\\]/g;

type Constructor = (data: PyDict, options: UnitOptions) => Unit;
/** The kinds of which there are instances. */
const INSTANCE_KINDS: ReadonlyMap<string, Constructor> = new Map<string, Constructor>([
  ['job', (data, options) => new Job(data, options)],
  ['category', (data, options) => new Category(data, options)],
  ['unit', (data, options) => new Unit('unit', data, options)],
]);

/** What the instances of a template share. */
interface Pattern {
  readonly construct: Constructor;
  readonly data: PyDict;
  /** Names of the parameters that the data uses. */
  readonly usedNames: ReadonlySet<string>;
}

/** The text of its fields is the pattern of the instances, so reading them fills in nothing. */
export class Template extends UnitWithId {
  #filter: ResourceProgram | null | undefined;
  #pattern: Pattern | undefined;

  constructor(data: PyDict, options: UnitOptions = {}) {
    super('template', data, options);
  }

  protected override get filled(): boolean {
    return false;
  }

  /** The field `template-id`, else what is left of the id without the marks of parameters; qualified. */
  get templateId(): string | null {
    const id = this.text('template-id') ?? this.text('id')?.replace(NOT_IN_TEMPLATE_ID, '') ?? null;
    if (id === null || this.namespace === null) return id;
    return `${this.namespace}::${id}`;
  }

  /**
   * Id of the resource job; null without `template-resource`.
   *
   * @throws UnitDefinitionError when `template-imports` does not parse
   */
  get resourceId(): string | null {
    const resource = this.text('template-resource');
    if (resource === null) return null;
    const alias = resource.includes('::') ? resource.slice(resource.indexOf('::') + 2) : resource;
    return this.imports.get(alias) ?? this.qualify(resource);
  }

  /** Kind of the instances; by default `job`. */
  get instanceKind(): string {
    return this.text('template-unit') ?? 'job';
  }

  /** alias -> resource id, of `template-imports`. Throws UnitDefinitionError. */
  get imports(): ReadonlyMap<string, string> {
    const imports = this.textOrList('template-imports');
    return imports === null ? new Map() : onField(this, 'template-imports', () => parseImports(imports));
  }

  /**
   * The instances for the records of the resource job, in order. They are not checked; `checks.ts` decides
   * what becomes of each.
   *
   * @throws UnitDefinitionError for a filter, an import or a field that cannot be read, and for a kind of
   *   which there are no instances
   */
  instantiate(resources: readonly Resource[]): Unit[] {
    const { filter, resourceId } = this;
    const accepted =
      filter === null || resourceId === null
        ? resources
        : onField(this, 'template-filter', () =>
            resources.filter((resource) => filter.accepts(resourceId, resource)),
          );
    return accepted.map((resource, i) => this.#instance(resource, i + 1));
  }

  /** The program that a record must pass; null when each passes. Throws UnitDefinitionError. */
  get filter(): ResourceProgram | null {
    if (this.#filter === undefined) this.#filter = this.#compileFilter();
    return this.#filter;
  }

  #compileFilter(): ResourceProgram | null {
    const filter = this.textOrList('template-filter');
    if (filter === null) return null;
    const { imports, resourceId } = this;
    const colons = resourceId?.indexOf('::') ?? -1;
    const implicitNamespace = colons === -1 ? null : resourceId!.slice(0, colons);
    return onField(this, 'template-filter', () =>
      ResourceProgram.compile(filter, { implicitNamespace, imports }),
    );
  }

  /** @param index running number of the instance, from 1 */
  #instance(resource: Resource, index: number): Unit {
    this.#pattern ??= this.#readPattern();
    const { construct, data, usedNames } = this.#pattern;
    const parameters = new Map<string, PyValue>();
    for (const [name, text] of resource) if (usedNames.has(name)) parameters.set(name, text);
    parameters.set('__index__', BigInt(index));
    const { namespace, origin, fieldOffsets, environment, engine } = this;
    return construct(data, { namespace, parameters, origin, fieldOffsets, environment, engine });
  }

  #readPattern(): Pattern {
    const kind = this.instanceKind;
    const construct = INSTANCE_KINDS.get(kind);
    if (construct === undefined) {
      throw fieldError(this, 'template-unit', `templates make no units of kind '${kind}'`, 'unit-kind');
    }
    const data = new Map([...this.data].filter(([key]) => !key.startsWith(OWN_FIELDS)));
    data.set('template-engine', this.text('template-engine') ?? 'default');
    data.set('template-id', this.templateId);
    data.set('unit', kind);
    const usedNames = new Set<string>();
    for (const [field, value] of data) {
      for (const name of onField(this, field, () => this.engine.usedNames(value))) usedNames.add(name);
    }
    return { construct, data, usedNames };
  }
}
