/** Results of a damaged session: what is complete and well-formed stays, the rest gets its default or goes. */

import type { JsonValue } from '../document/json-value.js';
import type { SessionResumeError } from '../errors.js';
import { copyOf, objectOf, type ValueWriter } from './conversion.js';
import { readResult } from './results.js';
import type { SalvageNotes } from './salvage-report.js';
import { MOST_FAULTS, type OnFault } from './validate.js';

/** The members that each result has beside its log (spec `format.md` 2.3); all may be null. */
const COMMON_MEMBERS: readonly string[] = ['comments', 'execution_duration', 'outcome', 'return_code'];
const LOG = 'io_log';
const LOG_NAME = 'io_log_filename';
const RECORD_INDEX = /^\[(\d+)\]/;

export class ResultSalvager {
  constructor(
    private readonly notes: SalvageNotes,
    private readonly isIncomplete: (container: JsonValue) => boolean,
  ) {}

  /** The results of a job that can be kept; undefined when it is no list of results. */
  history(history: JsonValue): ValueWriter | undefined {
    if (history.kind !== 'array') {
      this.leaveOut(history, 'no list of results');
      return undefined;
    }
    const results: ValueWriter[] = [];
    let isWhole = true;
    for (const item of history.items()) {
      const result = this.#result(item);
      isWhole &&= result?.isWhole ?? false;
      if (result !== undefined) results.push(result.write);
    }
    if (isWhole) return copyOf(history);
    if (results.length === 0) return undefined;
    return (writer) => writer.array(results, (write) => write(writer));
  }

  /** Notes that all results of a history are lost. */
  leaveOut(history: JsonValue, text: string): void {
    this.notes.lose(history, text);
    if (history.kind !== 'array') this.notes.counts.results.lost++;
    for (const result of history.items()) this.#countLost(result);
  }

  #countLost(result: JsonValue): void {
    this.notes.counts.results.lost++;
    this.notes.counts.records.lost += result.get(LOG)?.size ?? 0;
  }

  #result(result: JsonValue): { readonly write: ValueWriter; readonly isWhole: boolean } | undefined {
    const { notes } = this;
    const faults: SessionResumeError[] = [];
    const note: OnFault = (fault) => faults.push(fault);
    if (result.kind !== 'object') {
      notes.lose(result, 'no result');
      this.#countLost(result);
      return undefined;
    }
    const isHollow = readResult(result, note).isHollow;
    if (this.isIncomplete(result) && isHollow) {
      notes.lose(result, 'incomplete, and nothing in it says anything');
      this.#countLost(result);
      return undefined;
    }
    notes.counts.results.kept++;
    const extras = [...result.members()].filter(([, member]) => this.isIncomplete(member));
    const log = this.#log(result, faults);
    if (faults.length === 0 && extras.every(([key]) => key === LOG)) {
      return { write: copyOf(result), isWhole: true };
    }
    const members = new Map<string, ValueWriter>();
    for (const [key, member] of result.members()) {
      // The name of a lost log would make the log that is there unreadable.
      if (key === LOG_NAME || this.isIncomplete(member) || !isWritable(key)) continue;
      members.set(key, copyOf(member));
    }
    for (const key of COMMON_MEMBERS) members.set(key, this.#commonMember(result, key, faults));
    return { write: objectOf(members.set(...log)), isWhole: false };
  }

  #commonMember(result: JsonValue, key: string, faults: readonly SessionResumeError[]): ValueWriter {
    const value = result.get(key);
    const fault = faultsUnder(result, key, faults)[0];
    if (value !== undefined && fault === undefined) return copyOf(value);
    if (value !== undefined) this.notes.lose(value, malformed(fault));
    this.notes.fillIn(`${result.path}.${key}`, 'null');
    return (writer) => writer.value(null);
  }

  /** A log by its name stays; one that has lost its name, and one that is not there, is empty. */
  #log(result: JsonValue, faults: readonly SessionResumeError[]): [key: string, write: ValueWriter] {
    const name = result.get(LOG_NAME);
    const nameFault = faultsUnder(result, LOG_NAME, faults)[0];
    if (name !== undefined && nameFault === undefined) return [LOG_NAME, copyOf(name)];
    if (name !== undefined) this.notes.lose(name, malformed(nameFault));
    const log = result.get(LOG);
    if (log?.kind === 'array') return [LOG, this.#records(result, log, faults)];
    if (log !== undefined) this.notes.lose(log, 'no list of records');
    this.notes.fillIn(`${result.path}.${LOG}`, '[]');
    return [LOG, (writer) => writer.value([])];
  }

  #records(result: JsonValue, log: JsonValue, faults: readonly SessionResumeError[]): ValueWriter {
    const { records } = this.notes.counts;
    const bad = new Map<number, SessionResumeError>();
    let last = 0;
    const inLog = faultsUnder(result, LOG, faults);
    const pathLength = inLog.length === 0 ? 0 : log.path.length;
    for (const fault of inLog) {
      const index = RECORD_INDEX.exec(fault.path!.slice(pathLength))?.[1];
      if (index === undefined) continue;
      last = Number(index);
      bad.set(last, fault);
    }
    // A log is not read any further.
    const unread = bad.size > MOST_FAULTS ? log.size - last - 1 : 0;
    records.lost += bad.size + unread;
    records.kept += log.size - bad.size - unread;
    if (bad.size === 0) return copyOf(log);
    if (unread > 0) this.notes.lose(log, `the last ${unread} records, behind ${bad.size} malformed ones`);
    const end = log.size - unread;
    for (const record of log.items()) {
      const fault = bad.get(record.key as number);
      if (fault === undefined) continue;
      this.notes.lose(record, this.isIncomplete(record) ? 'incomplete record' : malformed(fault));
    }
    return (writer) => {
      const kept = [...log.items()].filter(({ key }) => (key as number) < end && !bad.has(key as number));
      writer.array(kept, (record) => writer.copy(record));
    };
  }
}

/** Whether a key can be written again: keys with a lone surrogate cannot. */
export function isWritable(key: string): boolean {
  return !/\p{Cs}/u.test(key);
}

/** Why a value that is there is left out. */
export function malformed(fault: SessionResumeError | undefined): string {
  return fault === undefined ? 'malformed' : `malformed: ${fault.message}`;
}

/** The faults of the member `key` of an object, its absence left out. */
export function faultsUnder(
  object: JsonValue,
  key: string,
  faults: readonly SessionResumeError[],
): readonly SessionResumeError[] {
  if (faults.length === 0) return faults;
  const path = `${object.path}.${key}`;
  return faults.filter((fault) => {
    const next = fault.path?.startsWith(path) ? fault.path[path.length] : '';
    return next === undefined || next === '[' || next === '.';
  });
}
