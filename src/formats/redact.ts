/** Taking out of a stored session what must not leave the house. */

import type { JsonValue } from '../document/json-value.js';
import { asciiBytes, decodeBase64, decodeStrictBase64 } from '../python/base64.js';
import { ALLOWED_OUTCOMES } from '../results/outcomes.js';
import type { DormantSession } from './dormant-session.js';
import { readLog } from './records.js';
import { replaceInPieces } from './redact-bytes.js';
import { type LeftInPlace, type Redaction, TextRedactor } from './redact-values.js';
import { matchesGlob, type RedactionRules } from './redaction-rules.js';
import { throwFault } from './validate.js';
import { DocumentWriter, type MemberWriter } from './write-document.js';
import { writeLog } from './write-results.js';

export type { LeftInPlace, Redaction } from './redact-values.js';
export type { RedactionRules, Replacement, RuleName } from './redaction-rules.js';

export interface RedactedSession {
  /** The bytes of the new session, of the same version. */
  readonly session: Uint8Array;
  /** What is gone. */
  readonly removed: readonly Redaction[];
  /** What a rule speaks of and what is nevertheless still there. */
  readonly left: readonly LeftInPlace[];
}

const STREAMS = ['stdout', 'stderr'] as const;
/** Members whose texts are names that other parts of the session or Checkbox itself refer to. */
const NAMES: ReadonlySet<string> = new Set(['running_job_name', 'rejected_jobs', 'flags']);
const ID_TABLES: ReadonlySet<string> = new Set(['jobs', 'desired_job_list', 'mandatory_job_list']);
const NUMBERS: ReadonlySet<string> = new Set(['return_code', 'execution_duration']);
/** A collector's own keys and those of its outputs; the keys below are data. */
const COLLECTOR_LEVELS = 2;

/**
 * Applies the rules to a session and writes it anew. Replacements apply to the title, the name and the blob of
 * the application, to comments, to what jobs wrote (also where it is split over several records), to what
 * collectors found out, names of members there included, and to whatever else the document holds.
 *
 * Not replaced, but listed when a rule matches: ids of jobs and flags, names of logs, numbers. Record files on
 * disk are not touched; each one that a rule speaks of is listed. The log of a resource job is what other jobs
 * are generated from: without it, or with another text in it, Checkbox may refuse the session.
 *
 * @throws CorruptedSessionError when a log that must be searched has a malformed record
 * @throws SessionResumeError `not-representable` when a changed value has a lone surrogate
 * @throws RangeError for a replacement of an empty text
 */
export function redact(session: DormantSession, rules: RedactionRules): RedactedSession {
  return new SessionRedactor(session, rules).run();
}

class SessionRedactor {
  readonly #writer = new DocumentWriter();
  readonly #texts: TextRedactor;

  constructor(
    private readonly session: DormantSession,
    private readonly rules: RedactionRules,
  ) {
    this.#texts = new TextRedactor(this.#writer, rules.replacements ?? []);
  }

  run(): RedactedSession {
    const texts = this.#texts;
    this.#object(this.session.document.parent!, (key, value) => {
      if (key === 'session') this.#session(value);
      else if (key === 'version') this.#writer.copy(value);
      else texts.redact(value);
    });
    return { session: this.#writer.finish(), removed: texts.removed, left: texts.left };
  }

  /** An object with all its keys; what is no object is treated as any value. */
  #object(value: JsonValue, write: (key: string, member: JsonValue) => void): void {
    if (value.kind !== 'object') {
      this.#texts.redact(value);
      return;
    }
    const members = Array.from(
      value.members(),
      ([key, member]): MemberWriter => [key, () => write(key, member)],
    );
    this.#writer.object(members);
  }

  #session(session: JsonValue): void {
    this.#object(session, (key, value) => {
      if (ID_TABLES.has(key)) this.#texts.keep(value, 'ids and checksums refer to the definitions of jobs');
      else if (key === 'metadata') this.#metadata(value);
      else if (key === 'results') this.#object(value, (id, history) => this.#history(id, history));
      else if (key === 'system_information') this.#systemInformation(value);
      else this.#texts.redact(value);
    });
  }

  #metadata(metadata: JsonValue): void {
    this.#object(metadata, (key, value) => {
      if (key === 'app_blob') this.#blob(value);
      else if (NAMES.has(key)) this.#texts.keep(value, 'it is the name of a job or a flag');
      else this.#texts.redact(value);
    });
  }

  #blob(value: JsonValue): void {
    const encoded = asciiBytes(value.string ?? '') ?? new Uint8Array(0);
    const blob = decodeBase64(encoded);
    if (blob === undefined || blob.length === 0) {
      this.#texts.redact(value);
      return;
    }
    if (this.rules.appBlob) {
      this.#texts.note(value, 'app-blob', 1);
      this.#writer.value('');
      return;
    }
    const [replaced, count] = this.#replace([blob], value);
    // A text that is not canonical may hold more than was searched.
    if (count === 0 && decodeStrictBase64(encoded) !== undefined) this.#writer.copy(value);
    else this.#writer.base64(replaced[0]!);
  }

  #history(id: string, history: JsonValue): void {
    if (history.kind !== 'array') {
      this.#texts.redact(history);
      return;
    }
    this.#writer.array(history.items(), (result) => this.#result(id, result));
  }

  #result(id: string, result: JsonValue): void {
    this.#object(result, (key, value) => {
      if (key === 'io_log') this.#log(id, value);
      else if (key === 'io_log_filename') this.#logName(id, value);
      else if (isFact(key, value)) this.#writer.copy(value);
      else this.#texts.redact(value);
    });
  }

  #log(id: string, array: JsonValue): void {
    if (array.kind !== 'array') {
      this.#texts.redact(array);
      return;
    }
    if (this.#emptiesLog(id)) {
      if (array.size > 0) this.#texts.note(array, 'log', array.size);
      this.#writer.value([]);
      return;
    }
    if (!this.#texts.isActive) {
      this.#writer.copy(array);
      return;
    }
    const records = [...readLog(array, throwFault)];
    let changes = 0;
    for (const stream of STREAMS) {
      const places = [...records.keys()].filter((index) => records[index]!.stream === stream);
      const data = places.map((index) => records[index]!.data);
      const [replaced, count] = this.#replace(data, array);
      changes += count;
      if (count === 0) continue;
      for (const [at, index] of places.entries())
        records[index] = { ...records[index]!, data: replaced[at]! };
    }
    // Records that are not canonical may hold more than was searched.
    const isCanonical = array.document.countRecords(array.offset, array.end) >= 0;
    if (changes === 0 && isCanonical) this.#writer.copy(array);
    else writeLog(this.#writer, records);
  }

  #logName(id: string, value: JsonValue): void {
    if (this.#emptiesLog(id) || this.#texts.isActive)
      this.#texts.leave(value, 'the log on disk is not touched');
    this.#texts.keep(value, 'it is the name of a file');
  }

  #emptiesLog(id: string): boolean {
    return this.rules.logs?.some((glob) => matchesGlob(glob, id)) ?? false;
  }

  #replace(pieces: readonly Uint8Array[], place: JsonValue): [pieces: readonly Uint8Array[], count: number] {
    let current = pieces;
    let total = 0;
    for (const replacer of this.#texts.replacers) {
      const { pieces: replaced, count } = replaceInPieces(current, replacer);
      current = replaced;
      total += count;
      if (count > 0) this.#texts.note(place, replacer.rule, count);
    }
    return [current, total];
  }

  #systemInformation(value: JsonValue): void {
    const { collectors = [] } = this.rules;
    const kept: MemberWriter[] = [];
    for (const [name, output] of value.members()) {
      if (collectors.some((glob) => matchesGlob(glob, name))) this.#texts.note(output, 'collector', 1);
      else kept.push([name, () => this.#texts.redact(output, COLLECTOR_LEVELS)]);
    }
    if (value.kind === 'object') this.#writer.object(kept);
    else this.#texts.redact(value);
  }
}

/** Whether a member of a result is one of the few outcomes, or a number, so that no rule applies to it. */
function isFact(key: string, { kind, string }: JsonValue): boolean {
  if (key === 'outcome')
    return kind === 'null' || (string !== undefined && ALLOWED_OUTCOMES.includes(string));
  return NUMBERS.has(key) && ['null', 'boolean', 'integer', 'float'].includes(kind);
}
