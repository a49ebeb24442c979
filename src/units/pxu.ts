/** The record syntax of unit files and of the output of resource jobs (spec `units.md` 1). */

import { UnitDefinitionError } from '../errors.js';
import { pyRepr } from '../python/repr.js';
import { pyLstrip, pySplitLines, pyStrip } from '../python/text.js';
import { normaliseValue } from './field-normalisation.js';
import type { Origin } from './origin.js';

/** One record: fields in the order of the text. */
export interface PxuRecord {
  /** Normalised values by key. */
  readonly data: ReadonlyMap<string, string>;
  readonly origin: Origin;
  /** Line of each field's value, relative to the first line of the record. */
  readonly fieldOffsets: ReadonlyMap<string, number>;
}

/** Records up to the first error, and that error. */
export interface ParsedRecords {
  readonly records: readonly PxuRecord[];
  readonly error: UnitDefinitionError | null;
}

/**
 * The records of a unit file.
 *
 * @param source name of the file, for errors and origins
 * @throws UnitDefinitionError `unit-syntax` with the line: `<what is wrong> (line N)`
 */
export function parsePxu(text: string, source: string | null): readonly PxuRecord[] {
  const { records, error } = parseRecords(unitFileLines(text), source);
  if (error !== null) throw error;
  return records;
}

/**
 * The records of a sequence of lines with their line ends. Lines are taken as they are: a record of a job's
 * output is one line, whatever it holds (spec `state.md` 7.1).
 */
export function parseRecords(lines: Iterable<string>, source: string | null): ParsedRecords {
  const builder = new RecordBuilder(source);
  try {
    for (const line of lines) builder.take(line);
    builder.endRecord();
  } catch (error) {
    if (!(error instanceof UnitDefinitionError)) throw error;
    return { records: builder.records, error };
  }
  return { records: builder.records, error: null };
}

/** Files are read in text mode: CR and CRLF are LF, then every line end of Unicode counts. */
function unitFileLines(text: string): string[] {
  return pySplitLines(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, true);
}

class RecordBuilder {
  readonly records: PxuRecord[] = [];
  #lineNumber = 0;
  #raw = new Map<string, string>();
  #offsets = new Map<string, number>();
  #firstLine = 0;
  #lastLine = 0;
  /** Key and raw value of the field that may still go on; null between records. */
  #openKey: string | null = null;
  #openValue = '';

  constructor(private readonly source: string | null) {}

  take(line: string): void {
    this.#lineNumber++;
    if (line.startsWith('#')) return;
    if (pyStrip(line) === '') this.endRecord();
    else if (line.startsWith(' ')) this.#continueField(line);
    else this.#startField(line);
  }

  endRecord(): void {
    this.#endField();
    if (this.#raw.size === 0) return;
    const data = new Map<string, string>();
    for (const [key, value] of this.#raw) data.set(key, normaliseValue(value));
    this.records.push({
      data,
      origin: { source: this.source, firstLine: this.#firstLine, lastLine: this.#lastLine },
      fieldOffsets: this.#offsets,
    });
    this.#raw = new Map();
    this.#offsets = new Map();
  }

  #continueField(line: string): void {
    if (this.#openKey === null) throw this.#error('Unexpected multi-line value');
    this.#openValue += line.slice(1);
    this.#lastLine = this.#lineNumber;
  }

  #startField(line: string): void {
    const colon = line.indexOf(':');
    if (colon === -1) throw this.#error(`Unexpected non-empty line: ${pyRepr(line)}`);
    this.#endField();
    const key = pyStrip(line.slice(0, colon));
    const value = pyLstrip(line.slice(colon + 1));
    const known = this.#raw.get(key);
    if (known !== undefined) {
      throw this.#error(
        `Job has a duplicate key ${pyRepr(key)} with old value ${pyRepr(known)} and new value ${pyRepr(value)}`,
      );
    }
    if (this.#raw.size === 0) this.#firstLine = this.#lineNumber;
    this.#lastLine = this.#lineNumber;
    this.#openKey = key;
    this.#openValue = value;
    this.#offsets.set(key, this.#lineNumber - this.#firstLine + (value === '' ? 1 : 0));
  }

  #endField(): void {
    if (this.#openKey === null) return;
    this.#raw.set(this.#openKey, this.#openValue);
    this.#openKey = null;
  }

  #error(what: string): UnitDefinitionError {
    const line = this.#lineNumber;
    return new UnitDefinitionError(`${what} (line ${line})`, {
      code: 'unit-syntax',
      file: this.source ?? undefined,
      line,
    });
  }
}
