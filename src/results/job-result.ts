/** Results of jobs (spec `results.md` 1, 2, 5). */

import { CorruptedSessionError } from '../errors.js';
import type { MaybePromise } from '../files/maybe-promise.js';
import { runSteps, settled } from '../files/maybe-promise.js';
import type { SessionFiles } from '../files/session-files.js';
import { pyEquals } from '../python/equality.js';
import { pyRepr, pyReprBytes } from '../python/repr.js';
import type { PyDict, PyValue } from '../python/value.js';
import { stripAnsi } from './comments.js';
import { equalFloats, IOLog } from './io-log.js';
import { type RecordFileLimits, readRecordFile } from './record-file.js';

/** A return code: `number` when it is a safe integer. The format lets booleans pass as integers. */
export type ReturnCode = number | bigint | boolean;

/** What both kinds of results have; a member that is null or left out is absent. */
export interface ResultMembers {
  readonly outcome?: string | null | undefined;
  /** Seconds. */
  readonly executionDuration?: number | null | undefined;
  readonly comments?: string | null | undefined;
  readonly returnCode?: ReturnCode | null | undefined;
  readonly skipReason?: PyDict | null | undefined;
}

export interface MemoryResultMembers extends ResultMembers {
  readonly ioLog?: IOLog | null | undefined;
}

export interface DiskResultMembers extends ResultMembers {
  readonly ioLogFilename?: string | null | undefined;
}

export abstract class JobResult {
  /** The class name in dumps and debug texts. */
  abstract readonly type: 'MemoryJobResult' | 'DiskJobResult';
  /** Any text; {@link outcomeInfo} knows the usual ones. Null when the job did not run. */
  readonly outcome: string | null;
  /** Comments as stored, see {@link comments}. */
  readonly rawComments: string | null;
  /** Exit code of the command, negative when a signal ended it. */
  readonly returnCode: ReturnCode | null;
  /** Why the job could not start; never saved in a session. */
  readonly skipReason: PyDict | null;
  /** Seconds. Setting it fires no signal. */
  executionDuration: number | null;

  protected constructor(members: ResultMembers) {
    this.outcome = members.outcome ?? null;
    this.rawComments = members.comments ?? null;
    this.returnCode = normalReturnCode(members.returnCode ?? null);
    this.skipReason = members.skipReason ?? null;
    this.executionDuration = members.executionDuration ?? null;
  }

  /** The log of an in-memory result, null when it has none. */
  protected abstract readonly memoryLog: IOLog | null;
  /** Path of the record file of an on-disk result; null for an in-memory result. */
  abstract readonly ioLogFilename: string | null;

  /**
   * The log, read from its file at every call when it is on disk.
   *
   * @throws BrokenReferenceToExternalFileError when the record file cannot be read
   * @throws DamagedRecordFileError when it can be read only in part; the error has that part
   */
  abstract readLog(files: SessionFiles, limits?: RecordFileLimits): MaybePromise<IOLog>;

  /** Comments without terminal sequences. */
  get comments(): string | null {
    return this.rawComments === null ? null : stripAnsi(this.rawComments);
  }

  /** Whether nothing is known: no outcome and no other member. */
  get isHollow(): boolean {
    return (
      this.outcome === null &&
      this.rawComments === null &&
      this.returnCode === null &&
      this.skipReason === null &&
      this.executionDuration === null &&
      this.ioLogFilename === null &&
      this.memoryLog === null
    );
  }

  /** Same members; an in-memory and an on-disk result may be equal. */
  equals(other: JobResult): boolean {
    if (this === other) return true;
    return (
      this.outcome === other.outcome &&
      this.rawComments === other.rawComments &&
      this.ioLogFilename === other.ioLogFilename &&
      pyEquals(pyNumber(this.returnCode), pyNumber(other.returnCode)) &&
      equalFloats(this.executionDuration, other.executionDuration) &&
      pyEquals(this.skipReason, other.skipReason) &&
      equalLogs(this.memoryLog, other.memoryLog)
    );
  }

  /** The outcome, `None` when the job did not run. */
  toString(): string {
    return this.outcome ?? 'None';
  }

  /** Class name and members, for example `<MemoryJobResult outcome:'pass' return_code:0>`. */
  toDebugString(): string {
    const members = this.#membersByName().map(([name, text]) => ` ${name}:${text()}`);
    return `<${this.type}${members.join('')}>`;
  }

  /** The members that are there, by the names the format has for them, sorted. */
  #membersByName(): [name: string, repr: () => string][] {
    const present: [string, () => string][] = [];
    const add = (name: string, value: PyValue) => {
      if (value !== null) present.push([name, () => pyRepr(value)]);
    };
    add('comments', this.rawComments);
    add('execution_duration', this.executionDuration);
    const log = this.memoryLog;
    if (log !== null) present.push(['io_log', () => reprLog(log)]);
    add('io_log_filename', this.ioLogFilename);
    add('outcome', this.outcome);
    add('return_code', pyNumber(this.returnCode));
    add('skip_reason', this.skipReason);
    return present;
  }
}

/** A result that carries its log. */
export class MemoryJobResult extends JobResult {
  override readonly type = 'MemoryJobResult';
  override readonly ioLogFilename = null;
  protected override readonly memoryLog: IOLog | null;

  constructor(members: MemoryResultMembers) {
    super(members);
    const log = members.ioLog ?? null;
    this.memoryLog = log !== null && log.length > 0 ? log : null;
  }

  get ioLog(): IOLog {
    return this.memoryLog ?? IOLog.from([]);
  }

  override readLog(_files: SessionFiles): IOLog {
    return this.ioLog;
  }
}

/** A result that names the record file with its log. */
export class DiskJobResult extends JobResult {
  override readonly type = 'DiskJobResult';
  override readonly ioLogFilename: string | null;
  protected override readonly memoryLog = null;

  constructor(members: DiskResultMembers) {
    super(members);
    this.ioLogFilename = members.ioLogFilename ?? null;
  }

  /** The same result with its log in another file. */
  withLogFile(ioLogFilename: string): DiskJobResult {
    const { outcome, executionDuration, rawComments: comments, returnCode, skipReason } = this;
    return new DiskJobResult({ outcome, executionDuration, comments, returnCode, skipReason, ioLogFilename });
  }

  override readLog(files: SessionFiles, limits?: RecordFileLimits): MaybePromise<IOLog> {
    const path = this.ioLogFilename;
    // An empty name means no log, too, as in the reference.
    if (path === null || path === '') return IOLog.from([]);
    if (path.includes('\0')) {
      throw new CorruptedSessionError(`cannot access file: ${pyRepr(path)}`, {
        code: 'not-allowed',
        actual: path,
      });
    }
    return runSteps(
      (function* () {
        return readRecordFile(path, yield* settled(files.read(path)), limits);
      })(),
    );
  }
}

function normalReturnCode(code: ReturnCode | null): ReturnCode | null {
  if (typeof code !== 'bigint') return code;
  const number = Number(code);
  return Number.isSafeInteger(number) ? number : code;
}

function pyNumber(code: ReturnCode | null): bigint | boolean | null {
  return typeof code === 'number' ? BigInt(code) : code;
}

function equalLogs(left: IOLog | null, right: IOLog | null): boolean {
  return left === null || right === null ? left === right : left.equals(right);
}

function reprLog(log: IOLog): string {
  const records = Array.from(log, ({ delay, stream, data }) => {
    return `IOLogRecord(delay=${pyRepr(delay)}, stream_name=${pyRepr(stream)}, data=${pyReprBytes(data)})`;
  });
  return `[${records.join(', ')}]`;
}
