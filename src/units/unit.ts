/** A unit: a definition of any kind, its identity, its fields and its checksum (spec `units.md` 3 to 5). */

import type { PyDict, PyValue } from '../python/value.js';
import { pyStr } from '../python/repr.js';
import { unitChecksum } from './checksum.js';
import { EMPTY_ENVIRONMENT, type TemplateEnvironment } from './environment.js';
import { type Origin, UNKNOWN_ORIGIN } from './origin.js';
import { renderField } from './field-text.js';

export interface UnitOptions {
  /** Namespace of the provider; empty counts as none. */
  readonly namespace?: string | null;
  /** Of a template instance or its sibling; null for every other unit. */
  readonly parameters?: PyDict | null;
  readonly origin?: Origin;
  /** Line of each field's value, relative to the first line of the record. */
  readonly fieldOffsets?: ReadonlyMap<string, number>;
  readonly environment?: TemplateEnvironment;
  /** Given when `data` is not complete, by a unit dump. */
  readonly checksum?: string | undefined;
}

/** Immutable; may be shared by any number of sessions. */
export class Unit {
  readonly namespace: string | null;
  readonly parameters: PyDict | null;
  readonly origin: Origin;
  readonly fieldOffsets: ReadonlyMap<string, number> | undefined;
  readonly environment: TemplateEnvironment;
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
    this.#checksum = options.checksum;
  }

  /** The field `id`, without namespace. */
  get partialId(): string | null {
    return this.text('id');
  }

  /** The partial id with the namespace in front, if there is one (spec `units.md` 4.1). */
  get id(): string | null {
    const partialId = this.partialId;
    if (partialId === null || this.namespace === null) return partialId;
    return `${this.namespace}::${partialId}`;
  }

  /** 64 hexadecimal digits; computed once (spec `units.md` 5). */
  get checksum(): string {
    this.#checksum ??= unitChecksum(this.data, this.namespace, this.parameters);
    return this.#checksum;
  }

  /** True when the fields go through the template engine. */
  get parametric(): boolean {
    return this.parameters !== null;
  }

  /**
   * A field as the reference reads it: `_name` if present and not null, else `name`, else null; text goes
   * through the template engine of the unit (spec `units.md` 4.2). Cached.
   *
   * @throws UnitDefinitionError when the template engine fails; {@link MissingParameterError} for a parameter
   *   that the resource did not give
   */
  value(name: string): PyValue {
    throw new Error('to come');
  }

  /** Text of a field; other values in their Python text form; null when absent. */
  text(name: string): string | null {
    const value = this.value(name);
    return value === null ? null : pyStr(value);
  }

  /** A reference with the unit's namespace, unless it has one (spec `units.md` 4.1). */
  qualify(reference: string): string {
    return this.namespace === null || reference.includes('::') ? reference : `${this.namespace}::${reference}`;
  }
}
