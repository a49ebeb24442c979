/** Putting a result together piece by piece (spec `results.md` 6). */

import type { PyDict } from '../python/value.js';
import { IOLog, type IOLogRecord } from './io-log.js';
import { DiskJobResult, type JobResult, MemoryJobResult, type ReturnCode } from './job-result.js';

/** What a builder collects. */
export interface BuilderFields {
  outcome: string;
  /** Seconds. */
  executionDuration: number;
  comments: string;
  returnCode: ReturnCode;
  ioLog: readonly IOLogRecord[];
  /** Path of a record file. */
  ioLogFilename: string;
  skipReason: PyDict;
}

interface FieldRule {
  /** Name and type as the reference's messages have them. */
  readonly name: string;
  readonly type: 'str' | 'float' | 'int' | 'list' | 'dict';
  readonly accepts: (value: unknown) => boolean;
}

const isString = (value: unknown) => typeof value === 'string';

const RULES: ReadonlyMap<string, FieldRule> = new Map<keyof BuilderFields, FieldRule>([
  ['outcome', { name: 'outcome', type: 'str', accepts: isString }],
  [
    'executionDuration',
    { name: 'execution_duration', type: 'float', accepts: (value) => typeof value === 'number' },
  ],
  ['comments', { name: 'comments', type: 'str', accepts: isString }],
  ['returnCode', { name: 'return_code', type: 'int', accepts: isReturnCode }],
  ['ioLog', { name: 'io_log', type: 'list', accepts: Array.isArray }],
  ['ioLogFilename', { name: 'io_log_filename', type: 'str', accepts: isString }],
  ['skipReason', { name: 'skip_reason', type: 'dict', accepts: (value) => value instanceof Map }],
]);

export class JobResultBuilder {
  readonly #fields: Partial<BuilderFields> = {};

  /** @throws TypeError for a value of the wrong type or an unknown field */
  constructor(fields: Partial<BuilderFields> = {}) {
    for (const [name, value] of Object.entries(fields)) this.set(name as keyof BuilderFields, value);
  }

  /** A builder with the members of a result, some of them replaced. */
  static from(result: JobResult, fields: Partial<BuilderFields> = {}): JobResultBuilder {
    const builder = new JobResultBuilder();
    if (result.outcome !== null) builder.set('outcome', result.outcome);
    if (result.executionDuration !== null) builder.set('executionDuration', result.executionDuration);
    if (result.rawComments !== null) builder.set('comments', result.rawComments);
    if (result.returnCode !== null) builder.set('returnCode', result.returnCode);
    if (result.skipReason !== null) builder.set('skipReason', result.skipReason);
    if (result.ioLogFilename !== null) builder.set('ioLogFilename', result.ioLogFilename);
    if (result instanceof MemoryJobResult && result.ioLog.length > 0) builder.set('ioLog', [...result.ioLog]);
    for (const [name, value] of Object.entries(fields)) builder.set(name as keyof BuilderFields, value);
    return builder;
  }

  /** The value of a field, undefined while it is unset. */
  get<Name extends keyof BuilderFields>(name: Name): BuilderFields[Name] | undefined {
    return this.#fields[name];
  }

  /** @throws TypeError for a value of the wrong type (null is one) or an unknown field */
  set<Name extends keyof BuilderFields>(name: Name, value: BuilderFields[Name]): this {
    const rule = RULES.get(name);
    if (rule === undefined) throw new TypeError(`no such field: ${name}`);
    if (!rule.accepts(value)) {
      throw new TypeError(`JobResultBuilder.${rule.name} requires objects of type ${rule.type}`);
    }
    if (Array.isArray(value) && !value.every(isRecord)) {
      throw new TypeError(`JobResultBuilder.${rule.name} requires all sequence elements of type tuple`);
    }
    this.#fields[name] = value;
    return this;
  }

  /** Sets the comments, or adds a line to them. */
  addComment(text: string): this {
    const before = this.#fields.comments;
    return this.set('comments', before === undefined ? text : `${before}\n${text}`);
  }

  /**
   * A result with the fields that were set; on disk when it has a file name.
   *
   * @throws RangeError when there are both a log and a file name
   */
  build(): JobResult {
    const { ioLog, ioLogFilename, ...members } = this.#fields;
    if (ioLogFilename === undefined) {
      return new MemoryJobResult({ ...members, ioLog: ioLog && IOLog.from([...ioLog]) });
    }
    if (ioLog !== undefined) throw new RangeError('you can use only io_log or io_log_filename at a time');
    return new DiskJobResult({ ...members, ioLogFilename });
  }
}

function isReturnCode(value: unknown): boolean {
  return typeof value === 'bigint' || typeof value === 'boolean' || Number.isInteger(value);
}

function isRecord(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'delay' in value && 'stream' in value && 'data' in value
  );
}
