/** A whole, valid document of what is left of a damaged one (spec `format.md` 2). */

import type { JsonValue } from '../document/json-value.js';
import type { SessionResumeError } from '../errors.js';
import { writePyJson } from '../python/json.js';
import type { PyValue } from '../python/value.js';
import { SessionMetaData } from '../session/metadata.js';
import { copyOf, objectOf, type ValueWriter } from './conversion.js';
import { METADATA_DEFAULTS } from './convert-metadata.js';
import { readMetadata } from './metadata.js';
import type { SalvageNotes } from './salvage-report.js';
import { faultsUnder, isWritable, malformed, ResultSalvager } from './salvage-results.js';
import { readSystemInformation } from './system-information.js';
import type { OnFault } from './validate.js';
import type { FormatVersion, MetadataField } from './versions.js';

/** What is left, and what is to become of it. */
export interface Remains {
  /** The member `session`. */
  readonly session: JsonValue;
  /** The version to write. */
  readonly format: FormatVersion;
  /** Whether a container lacks something. */
  readonly isIncomplete: (container: JsonValue) => boolean;
  /** Ids of jobs that are left out everywhere. */
  readonly leaveOut: ReadonlySet<string>;
  readonly notes: SalvageNotes;
}

/** What speaks against an item of a list; undefined when it may stay. */
type Objection = (item: JsonValue) => string | undefined;

const NO_STRING = 'no string';
const LEFT_OUT = 'left out on request';
const NO_CHECKSUM = 'the session has no checksum of the job, without which Checkbox refuses it';

/**
 * Plans the document. Members that no version knows stay if they are complete.
 *
 * @returns what writes it; undefined when there is nothing to write but defaults
 */
export function rebuildDocument(remains: Remains): ValueWriter | undefined {
  return new DocumentSalvager(remains).plan();
}

class DocumentSalvager {
  readonly #remains: Remains;
  readonly #notes: SalvageNotes;
  readonly #session: JsonValue;
  readonly #checksums = new Set<string>();
  /** Values that were there and stay. */
  #kept = 0;

  constructor(remains: Remains) {
    this.#remains = remains;
    this.#notes = remains.notes;
    this.#session = remains.session;
  }

  plan(): ValueWriter | undefined {
    const { format } = this.#remains;
    const members = this.#extras(this.#session, [
      ...['desired_job_list', 'jobs', 'mandatory_job_list', 'metadata', 'results'],
      ...(format.systemInformation ? ['system_information'] : []),
    ]);
    members.set('desired_job_list', this.#ids('desired_job_list'));
    members.set('jobs', this.#jobs());
    members.set('mandatory_job_list', this.#ids('mandatory_job_list'));
    members.set('metadata', this.#metadata());
    members.set('results', this.#results());
    if (format.systemInformation) members.set('system_information', this.#systemInformation());
    if (this.#kept === 0) return undefined;
    const root = this.#extras(this.#session.parent!, ['session', 'version']);
    root.set('session', objectOf(members));
    root.set('version', (writer) => writer.value(BigInt(format.version)));
    return objectOf(root);
  }

  /** The members of an object that the format does not know. */
  #extras(object: JsonValue, known: readonly string[]): Map<string, ValueWriter> {
    const extras = new Map<string, ValueWriter>();
    for (const [key, value] of object.members()) {
      if (known.includes(key)) continue;
      if (this.#remains.isIncomplete(value)) this.#notes.lose(value, 'incomplete');
      else if (!isWritable(key)) this.#notes.lose(value, 'its name has a lone surrogate');
      else extras.set(key, copyOf(value));
    }
    return extras;
  }

  /** A member of the session of the right kind; if it is not there, its default is noted. */
  #part(key: string, kind: 'array' | 'object'): JsonValue | undefined {
    const value = this.#session.get(key);
    if (value?.kind === kind) return value;
    if (value !== undefined) this.#notes.lose(value, `no ${kind}`);
    this.#notes.fillIn(`${this.#session.path}.${key}`, kind === 'array' ? '[]' : '{}');
    return undefined;
  }

  #ids(key: string): ValueWriter {
    const { leaveOut } = this.#remains;
    return this.#list(this.#part(key, 'array'), ({ string: id }) => {
      if (id === undefined) return NO_STRING;
      return leaveOut.has(id) ? LEFT_OUT : undefined;
    });
  }

  /** A list without the items that `objection` has something against. */
  #list(list: JsonValue | undefined, objection: Objection): ValueWriter {
    const kept: JsonValue[] = [];
    for (const item of list?.items() ?? []) {
      const text = objection(item);
      if (text === undefined) kept.push(item);
      else this.#notes.lose(item, text);
    }
    this.#kept += kept.length;
    return (writer) => writer.array(kept, (item) => writer.copy(item));
  }

  /** A table without the entries for which `write` gives nothing. */
  #table(
    table: JsonValue | undefined,
    write: (key: string, value: JsonValue) => ValueWriter | undefined,
  ): ValueWriter {
    const entries = new Map<string, ValueWriter>();
    for (const [key, value] of table?.members() ?? []) {
      const entry = write(key, value);
      if (entry !== undefined) entries.set(key, entry);
    }
    this.#kept += entries.size;
    return objectOf(entries);
  }

  #jobs(): ValueWriter {
    const { jobs } = this.#notes.counts;
    return this.#table(this.#part('jobs', 'object'), (id, checksum) => {
      const text = this.#objectionTo(id, checksum);
      if (text === undefined) {
        jobs.kept++;
        this.#checksums.add(id);
        return copyOf(checksum);
      }
      jobs.lost++;
      this.#notes.lose(checksum, text);
      return undefined;
    });
  }

  #objectionTo(id: string, checksum: JsonValue): string | undefined {
    if (this.#remains.leaveOut.has(id)) return LEFT_OUT;
    if (!isWritable(id)) return 'the id has a lone surrogate';
    return checksum.kind === 'string' ? undefined : NO_STRING;
  }

  #results(): ValueWriter {
    const salvager = new ResultSalvager(this.#notes, this.#remains.isIncomplete);
    return this.#table(this.#part('results', 'object'), (id, history) => {
      if (this.#checksums.has(id)) return salvager.history(history);
      salvager.leaveOut(history, this.#remains.leaveOut.has(id) ? LEFT_OUT : NO_CHECKSUM);
      return undefined;
    });
  }

  #metadata(): ValueWriter {
    const metadata = this.#part('metadata', 'object');
    const fields = this.#remains.format.metadataFields;
    const members = metadata === undefined ? new Map() : this.#extras(metadata, fields);
    const faults: SessionResumeError[] = [];
    readMetadata(this.#session, fields, new SessionMetaData(), (fault) => faults.push(fault));
    for (const field of fields) members.set(field, this.#field(metadata, field, faults));
    return objectOf(members);
  }

  #field(
    metadata: JsonValue | undefined,
    field: MetadataField,
    faults: readonly SessionResumeError[],
  ): ValueWriter {
    const value = metadata?.get(field);
    if (field === 'flags' && value?.kind === 'array') {
      return this.#list(value, ({ kind }) => (kind === 'string' ? undefined : NO_STRING));
    }
    if (field === 'rejected_jobs' && value?.kind === 'array') {
      return this.#list(value, (item) => this.#objectionToRejected(item));
    }
    const fault = value === undefined ? undefined : faultsUnder(metadata!, field, faults)[0];
    if (value !== undefined && fault === undefined) {
      this.#kept++;
      return copyOf(value);
    }
    if (value !== undefined) this.#notes.lose(value, malformed(fault));
    const standard = METADATA_DEFAULTS[field];
    this.#notes.fillIn(`${this.#session.path}.metadata.${field}`, asJson(standard));
    return (writer) => writer.value(standard);
  }

  #objectionToRejected({ string: id }: JsonValue): string | undefined {
    if (id === undefined) return NO_STRING;
    if (this.#remains.leaveOut.has(id)) return LEFT_OUT;
    return this.#checksums.has(id) ? undefined : NO_CHECKSUM;
  }

  #systemInformation(): ValueWriter {
    const { collectors } = this.#notes.counts;
    const table = this.#part('system_information', 'object');
    if (table === undefined) return objectOf([]);
    const faults: SessionResumeError[] = [];
    const note: OnFault = (fault) => faults.push(fault);
    const valid = readSystemInformation(this.#session, note);
    return this.#table(table, (name, collector) => {
      const text = this.#objectionToCollector(collector, valid.has(name) ? undefined : faults.shift());
      if (text === undefined && isWritable(name)) {
        collectors.kept++;
        return copyOf(collector);
      }
      collectors.lost++;
      this.#notes.lose(collector, text ?? 'its name has a lone surrogate');
      return undefined;
    });
  }

  /** Parts of an output have no defaults, so one that is not whole cannot be kept. */
  #objectionToCollector(collector: JsonValue, fault: SessionResumeError | undefined): string | undefined {
    const { isIncomplete } = this.#remains;
    const outputs = collector.get('outputs');
    if (outputs !== undefined && isIncomplete(outputs)) return 'incomplete';
    if (fault === undefined) return undefined;
    return isIncomplete(collector) ? 'incomplete' : malformed(fault);
  }
}

function asJson(value: PyValue): string {
  return writePyJson(value, { ascii: false, sortKeys: true });
}
