/** Unit files in YAML: a stream of documents, each the data of one unit (spec `units.md` 3.2). */

import { type Document, LineCounter, parseAllDocuments, visit } from 'yaml';
import { UnitDefinitionError } from '../errors.js';
import { writePyFloat } from '../python/json.js';
import { type PyDict, type PyValue, pyTypeName } from '../python/value.js';
import type { Origin } from './origin.js';
import { InexpressibleScalar, SCALAR_TAGS } from './yaml-scalars.js';

export interface YamlRecord {
  readonly data: PyDict;
  readonly origin: Origin;
}

/** Nesting levels accepted in one unit. */
const MAX_DEPTH = 100;
/** How often one anchor may be used, nested uses multiplied: keeps what an alias stands for bounded. */
const MAX_USES = 100;
/** Aliases in one unit: the parser's cost is quadratic in them. */
const MAX_ALIASES = 1_000;
const TOO_DEEP = 'YAML is nested too deeply';

/**
 * The data of the units of a YAML file, not normalised.
 *
 * @param source name of the file, for errors and origins
 * @throws UnitDefinitionError `unit-syntax` with the line
 */
export function parseYamlUnits(text: string, source: string | null): readonly YamlRecord[] {
  const lines = new LineCounter();
  return documentsOf(text, source, lines).map((document) => {
    const [start, end] = document.contents?.range ?? document.range;
    const firstLine = lines.linePos(start).line;
    const lastLine = Math.max(firstLine, lines.linePos(Math.max(start, end - 1)).line);
    const value = new Converter(source, firstLine).convert(plainValue(document, source, firstLine), 0);
    if (!(value instanceof Map)) {
      throw syntaxError(`YAML document is not a mapping but ${pyTypeName(value)}`, source, firstLine);
    }
    return { data: value, origin: { source, firstLine, lastLine } };
  });
}

function documentsOf(text: string, source: string | null, lines: LineCounter): Document.Parsed[] {
  const documents = withoutOverflow(source, 1, () =>
    parseAllDocuments(text, {
      version: '1.1',
      schema: 'failsafe',
      customTags: [...SCALAR_TAGS],
      merge: true,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
      lineCounter: lines,
    }),
  );
  for (const document of documents) {
    const fault = document.errors[0] ?? document.warnings[0];
    if (fault === undefined) continue;
    const what = fault.code === 'RESOURCE_EXHAUSTION' ? TOO_DEEP : fault.message;
    throw syntaxError(what, source, lines.linePos(fault.pos[0]).line, fault);
  }
  return documents;
}

/** The document as JavaScript values: mappings are Maps, aliases are shared values. */
function plainValue(document: Document.Parsed, source: string | null, line: number): unknown {
  try {
    return withoutOverflow(source, line, () => {
      if (countAliases(document) > MAX_ALIASES) throw syntaxError('too many aliases', source, line);
      return document.toJS({ mapAsMap: true, maxAliasCount: MAX_USES });
    });
  } catch (error) {
    if (error instanceof UnitDefinitionError || !(error instanceof Error)) throw error;
    // The parser's own: too many aliases, an alias without anchor, a merge of what is no mapping.
    throw syntaxError(error.message, source, line, error);
  }
}

function countAliases(document: Document.Parsed): number {
  let count = 0;
  visit(document, {
    Alias: () => {
      count++;
    },
  });
  return count;
}

/** The parser recurses: text that nests without end exhausts the stack before it reaches {@link MAX_DEPTH}. */
function withoutOverflow<T>(source: string | null, line: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw syntaxError(TOO_DEEP, source, line, error);
    throw error;
  }
}

/** Takes what the parser gives as Python values, and refuses what JSON cannot express. */
class Converter {
  readonly #done = new Map<object, PyValue>();

  constructor(
    private readonly source: string | null,
    private readonly line: number,
  ) {}

  convert(value: unknown, depth: number): PyValue {
    if (depth > MAX_DEPTH) throw this.#error(TOO_DEEP);
    switch (typeof value) {
      case 'string':
      case 'boolean':
      case 'bigint':
      case 'number':
        return value;
      case 'object':
        return value === null ? null : this.#convertObject(value, depth);
      default:
        throw this.#error(`YAML value of an unsupported kind: ${typeof value}`);
    }
  }

  #convertObject(value: object, depth: number): PyValue {
    const known = this.#done.get(value);
    if (known !== undefined) return known;
    if (value instanceof InexpressibleScalar) {
      throw this.#error(`YAML value that JSON cannot express: ${value.source}`);
    }
    if (!Array.isArray(value) && !(value instanceof Map)) {
      throw this.#error(`YAML value that JSON cannot express: ${value.constructor.name}`);
    }
    const converted = Array.isArray(value)
      ? value.map((item) => this.convert(item, depth + 1))
      : this.#convertMapping(value, depth);
    this.#done.set(value, converted);
    return converted;
  }

  #convertMapping(mapping: ReadonlyMap<unknown, unknown>, depth: number): PyDict {
    const members = new Map<string, PyValue>();
    for (const [key, value] of mapping) members.set(this.#key(key, depth), this.convert(value, depth + 1));
    return members;
  }

  /** Keys of nested mappings become text as in JSON; those of the unit itself must be text. */
  #key(key: unknown, depth: number): string {
    if (typeof key === 'string') return key;
    if (depth > 0) {
      if (typeof key === 'number') return writePyFloat(key);
      if (key === null || typeof key === 'boolean' || typeof key === 'bigint') return String(key);
    }
    throw this.#error('YAML key is not text');
  }

  #error(what: string): UnitDefinitionError {
    return syntaxError(what, this.source, this.line);
  }
}

function syntaxError(
  what: string,
  source: string | null,
  line: number,
  cause?: unknown,
): UnitDefinitionError {
  return new UnitDefinitionError(`${what} (line ${line})`, {
    code: 'unit-syntax',
    file: source ?? undefined,
    line,
    cause,
  });
}
