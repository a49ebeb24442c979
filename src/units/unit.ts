/** A unit: a definition of any kind, its identity, its fields and its checksum (spec `units.md` 3 to 5). */

import { pyStr } from '../python/repr.js';
import { isPyList, type PyDict, type PyValue } from '../python/value.js';
import { unitChecksum } from './checksum.js';
import { EMPTY_ENVIRONMENT, type TemplateEnvironment } from './environment.js';
import { onField } from './field-errors.js';
import { parseReferences } from './languages/words.js';
import { type Origin, UNKNOWN_ORIGIN } from './origin.js';
import { JINJA, TextEngine } from './text-engine.js';

export interface UnitOptions {
  /** Namespace of the provider; empty counts as none. */
  readonly namespace?: string | null;
  /** Of a template instance or its sibling, also when empty; null for every other unit. */
  readonly parameters?: PyDict | null;
  readonly origin?: Origin;
  /** Line of each field's value, relative to the first line of the record. */
  readonly fieldOffsets?: ReadonlyMap<string, number> | undefined;
  readonly environment?: TemplateEnvironment;
  /** Shared by the instances of one template; by default the unit makes its own. */
  readonly engine?: TextEngine | undefined;
  /** 64 hexadecimal digits; given by a unit dump whose data is not complete. */
  readonly checksum?: string | undefined;
}

const NO_PARAMETERS: PyDict = /* @__PURE__ */ new Map();

/** A unit without id. Immutable; may be shared by any number of sessions. */
export class Unit {
  readonly namespace: string | null;
  readonly parameters: PyDict | null;
  readonly origin: Origin;
  readonly fieldOffsets: ReadonlyMap<string, number> | undefined;
  readonly environment: TemplateEnvironment;
  #engine: TextEngine | undefined;
  #id: string | null | undefined;
  #checksum: string | undefined;
  #values: Map<string, PyValue> | undefined;

  /**
   * @param kind `job` (also setup jobs and invalid jobs), `template`, `category`, `test plan`, …
   * @param data the normalised data, not substituted, in the order of the file
   */
  constructor(
    readonly kind: string,
    readonly data: PyDict,
    options: UnitOptions = {},
  ) {
    this.namespace = options.namespace || null;
    this.parameters = options.parameters ?? null;
    this.origin = options.origin ?? UNKNOWN_ORIGIN;
    this.fieldOffsets = options.fieldOffsets;
    this.environment = options.environment ?? EMPTY_ENVIRONMENT;
    this.#engine = options.engine;
    this.#checksum = options.checksum;
  }

  /** The id without namespace; null for kinds without ids. */
  get partialId(): string | null {
    return null;
  }

  /** The partial id as it is written, before parameters are filled in. */
  get idPattern(): string | null {
    const pattern = this.raw('id');
    return pattern === null ? null : pyStr(pattern);
  }

  /** The partial id behind the namespace, if there is one; read once (spec `units.md` 4.1). */
  get id(): string | null {
    if (this.#id === undefined) {
      const { namespace, partialId } = this;
      this.#id = partialId === null || namespace === null ? partialId : `${namespace}::${partialId}`;
    }
    return this.#id;
  }

  /** 64 hexadecimal digits; computed once (spec `units.md` 5). */
  get checksum(): string {
    this.#checksum ??= unitChecksum(this.data, this.namespace, this.parameters);
    return this.#checksum;
  }

  /** A field as written: the member `_name` if it is present and not null, else `name`, else null. */
  raw(name: string): PyValue {
    return this.data.get(`_${name}`) ?? this.data.get(name) ?? null;
  }

  /**
   * A field with the parameters filled in (spec `units.md` 4.2). Cached.
   *
   * @throws UnfilledFieldError for a parameter that the resource did not give
   * @throws UnitDefinitionError for what else the template engine refuses
   */
  value(name: string): PyValue {
    const raw = this.raw(name);
    if (raw === null || !this.filled) return raw;
    this.#values ??= new Map();
    let value = this.#values.get(name);
    if (value === undefined) {
      value = onField(this, name, () => this.engine.fill(raw, this.parameters ?? NO_PARAMETERS));
      this.#values.set(name, value);
    }
    return value;
  }

  /** A field as text, other values in Python's text form; null when absent. Throws as {@link value}. */
  text(name: string): string | null {
    const value = this.value(name);
    return value === null ? null : pyStr(value);
  }

  /** A field as text, or as the list of texts that YAML allows. Throws as {@link value}. */
  textOrList(name: string): string | readonly string[] | null {
    const value = this.value(name);
    if (value === null) return null;
    return isPyList(value) ? value.map(pyStr) : pyStr(value);
  }

  /** The units that a field refers to: qualified ids, each once, in order (spec `units.md` 4.4). */
  references(name: string): readonly string[] {
    const value = this.textOrList(name);
    if (value === null) return [];
    const words = typeof value === 'string' ? parseReferences(value).references : value;
    return [...new Set(words.map((word) => this.qualify(word)))];
  }

  /** A reference behind the unit's namespace, unless it has one (spec `units.md` 4.1). */
  qualify(reference: string): string {
    return this.namespace === null || reference.includes('::')
      ? reference
      : `${this.namespace}::${reference}`;
  }

  /** The language of the fields. */
  get engine(): TextEngine {
    this.#engine ??= this.usesJinja ? TextEngine.jinja(this.environment) : TextEngine.formatStrings();
    return this.#engine;
  }

  get usesJinja(): boolean {
    return this.data.get('template-engine') === JINJA;
  }

  /** Whether reading a field fills in parameters; braces mean nothing otherwise. */
  protected get filled(): boolean {
    return this.parameters !== null || this.usesJinja;
  }
}

/** A unit of a kind that has ids. */
export class UnitWithId extends Unit {
  override get partialId(): string | null {
    return this.text('id');
  }
}
