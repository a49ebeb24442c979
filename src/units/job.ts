/** Jobs: what Checkbox runs (spec `units.md` 4.3 to 4.5). */

import { DataError, UnitDefinitionError } from '../errors.js';
import { pyStr } from '../python/repr.js';
import { pyStrip } from '../python/text.js';
import { isPyDict, isPyList, type PyDict, type PyValue } from '../python/value.js';
import { fieldError, onField } from './field-errors.js';
import { parsePyJson } from './json-text.js';
import { parseDuration } from './languages/duration.js';
import { ResourceProgramError } from './languages/language-errors.js';
import { parseImports, ResourceProgram } from './languages/resource-program.js';
import { splitFlags } from './languages/words.js';
import { type UnitOptions, UnitWithId } from './unit.js';

/** The reference's class of a job, as the state dump names it. */
export type JobClass = 'JobDefinition' | 'SetupJobUnit' | 'InvalidJob';

const NO_REFERENCES: readonly string[] = [];
const NO_WORDS: ReadonlySet<string> = /* @__PURE__ */ new Set();
const NO_MANIFESTS: ReadonlyMap<string, PyValue> = /* @__PURE__ */ new Map();
const UNCATEGORISED = 'com.canonical.plainbox::uncategorised';
const AUTOMATED: ReadonlySet<string | null> = new Set(['shell', 'resource', 'attachment']);
const STARTED_BY_HAND: ReadonlySet<string | null> = new Set([
  'manual',
  'user-interact',
  'user-interact-verify',
]);

/** The fields that tie a job to other jobs or to the machine, under both their names. */
const TIES: ReadonlySet<string> = /* @__PURE__ */ new Set(
  ['requires', 'requires_manifest', 'depends', 'after', 'before', 'salvages', 'group'].flatMap((field) => [
    field,
    `_${field}`,
  ]),
);

/**
 * A job definition. Reading a property fills in the parameters of its field, so each may throw
 * `UnitDefinitionError`, see {@link UnitWithId.value}.
 */
export class Job extends UnitWithId {
  readonly jobClass: JobClass = 'JobDefinition';
  #references: Map<string, readonly string[]> | undefined;
  #flags: ReadonlySet<string> | undefined;
  #program: ResourceProgram | UnitDefinitionError | null | undefined;
  #standsAlone: boolean | undefined;

  constructor(data: PyDict, options: UnitOptions = {}) {
    super('job', data, options);
  }

  override get partialId(): string | null {
    return this.text('id') ?? this.text('name');
  }

  override get idPattern(): string | null {
    return super.idPattern ?? textOrNull(this.raw('name'));
  }

  /** By default the partial id. */
  get summary(): string | null {
    return this.text('summary') ?? this.partialId;
  }

  /** Normally one of the seven of the spec; any text is let through. */
  get plugin(): string | null {
    return this.text('plugin') ?? (this.flags.has('simple') ? 'shell' : null);
  }

  get command(): string | null {
    return this.text('command');
  }

  get shell(): string {
    return this.text('shell') ?? 'bash';
  }

  get user(): string | null {
    return this.text('user');
  }

  get group(): string | null {
    return this.text('group');
  }

  /** By default put together from purpose, steps and verification. */
  get description(): string | null {
    const description = this.text('description');
    if (description !== null) return description;
    const parts = ['purpose', 'steps', 'verification'].flatMap((name) => {
      const part = this.text(name);
      return part === null ? [] : [`${name.toUpperCase()}:\n${part}\n`];
    });
    return pyStrip(parts.join('')) || null;
  }

  /** Qualified. */
  get categoryId(): string {
    return this.qualify(this.text('category_id') ?? UNCATEGORISED);
  }

  get certificationStatus(): string {
    return this.text('certification-status') ?? 'non-blocker';
  }

  get autoRetry(): string {
    return this.text('auto-retry') ?? 'unspecified';
  }

  /** Qualified id of the template that made the job; null for others. */
  get templateId(): string | null {
    return this.text('template-id');
  }

  get flags(): ReadonlySet<string> {
    this.#flags ??= this.#words('flags');
    return this.#flags;
  }

  /**
   * True when the job has none of the fields that tie it to other jobs or to the machine, as is so with most jobs:
   * then those fields need not be asked for one by one.
   *
   * @internal
   */
  get standsAlone(): boolean {
    this.#standsAlone ??= this.#hasNoTies();
    return this.#standsAlone;
  }

  /** Names of the environment variables that the command needs. */
  get environ(): ReadonlySet<string> {
    return this.#words('environ');
  }

  /** Like the other three: qualified ids, each once, in the order of the field. */
  get dependsIds(): readonly string[] {
    return this.#referencesOf('depends');
  }

  get afterIds(): readonly string[] {
    return this.#referencesOf('after');
  }

  get beforeIds(): readonly string[] {
    return this.#referencesOf('before');
  }

  get salvagesIds(): readonly string[] {
    return this.#referencesOf('salvages');
  }

  /** alias -> resource id; empty without the field. Throws `UnitDefinitionError`. */
  get imports(): ReadonlyMap<string, string> {
    const imports = this.textOrList('imports');
    return imports === null ? new Map() : onField(this, 'imports', () => parseImports(imports));
  }

  /**
   * The program of `requires`; null without it.
   *
   * @throws ResourceProgramError when it does not compile for a reason of the language (spec `units.md` 7.2)
   * @throws UnitDefinitionError for broken imports and for what the reference stops at
   */
  get resourceProgram(): ResourceProgram | null {
    if (this.#program === undefined) {
      try {
        this.#program = this.#compileProgram();
      } catch (error) {
        if (!(error instanceof UnitDefinitionError)) throw error;
        this.#program = error;
      }
    }
    if (this.#program instanceof UnitDefinitionError) throw this.#program;
    return this.#program;
  }

  /** The field `siblings`: what each sibling replaces in the data. Throws `UnitDefinitionError`. */
  get explicitSiblings(): readonly PyDict[] {
    const siblings = this.siblingsValue;
    if (siblings === null) return [];
    if (!isPyList(siblings)) throw this.#siblingsError('siblings must be a list of mappings');
    return siblings.map((sibling) => {
      if (!isPyDict(sibling)) throw this.#siblingsError('each sibling must be a mapping');
      return sibling;
    });
  }

  /** The field `siblings`, text decoded as JSON; null when absent or empty. Throws `UnitDefinitionError`. */
  get siblingsValue(): PyValue {
    const value = this.value('siblings');
    if (typeof value !== 'string') return value;
    if (value === '') return null;
    try {
      return parsePyJson(value);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      throw this.#siblingsError('siblings is not valid JSON', error);
    }
  }

  /** Seconds; null when unknown. */
  get estimatedDuration(): number | null {
    return parseDuration(this.value('estimated_duration'));
  }

  /** Runs without anybody. */
  get automated(): boolean {
    return AUTOMATED.has(this.plugin);
  }

  /** Somebody must start it. */
  get needsStartInteraction(): boolean {
    return STARTED_BY_HAND.has(this.plugin);
  }

  /** What the manifest of the machine must say, by qualified id; only setup jobs demand anything. */
  get requiredManifests(): ReadonlyMap<string, PyValue> {
    return NO_MANIFESTS;
  }

  /**
   * A sibling: the data minus every key that ends in `siblings`, updated with the overrides; origin,
   * namespace and parameters stay (spec `state.md` 4.1).
   */
  withData(overrides: PyDict): Job {
    const data = new Map([...this.data].filter(([key]) => !key.endsWith('siblings')));
    for (const [key, value] of overrides) data.set(key, value);
    const { namespace, parameters, origin, fieldOffsets, environment } = this;
    const engine = this.filled && !overrides.has('template-engine') ? this.engine : undefined;
    return new Job(data, { namespace, parameters, origin, fieldOffsets, environment, engine });
  }

  #compileProgram(): ResourceProgram | null {
    const requires = this.textOrList('requires');
    if (requires === null) return null;
    const { imports, namespace: implicitNamespace } = this;
    try {
      return ResourceProgram.compile(requires, { implicitNamespace, imports });
    } catch (error) {
      if (error instanceof ResourceProgramError) throw error;
      return onField(this, 'requires', () => {
        throw error;
      });
    }
  }

  #referencesOf(field: string): readonly string[] {
    let references = this.#references?.get(field);
    if (references === undefined) {
      if (this.raw(field) === null) return NO_REFERENCES;
      this.#references ??= new Map();
      references = this.references(field);
      this.#references.set(field, references);
    }
    return references;
  }

  #hasNoTies(): boolean {
    for (const key of this.data.keys()) if (TIES.has(key)) return false;
    return true;
  }

  #words(field: string): ReadonlySet<string> {
    const value = this.textOrList(field);
    if (value === null) return NO_WORDS;
    return typeof value === 'string' ? splitFlags(value) : new Set(value);
  }

  #siblingsError(message: string, cause?: unknown): UnitDefinitionError {
    return fieldError(this, 'siblings', message, 'unit-field', cause);
  }
}

/** A job that prepares the machine (spec `state.md` 9). */
export class SetupJob extends Job {
  override readonly jobClass = 'SetupJobUnit';

  /** Entries of the list are an id, which must be true, or a mapping of ids to values. */
  override get requiredManifests(): ReadonlyMap<string, PyValue> {
    const field = this.value('requires_manifest');
    const required = new Map<string, PyValue>();
    if (!isPyList(field)) {
      for (const id of this.references('requires_manifest')) required.set(id, true);
      return required;
    }
    for (const entry of field) {
      if (isPyDict(entry)) for (const [id, value] of entry) required.set(this.qualify(id), value);
      else required.set(this.qualify(pyStr(entry)), true);
    }
    return required;
  }
}

function textOrNull(value: PyValue): string | null {
  return value === null ? null : pyStr(value);
}
