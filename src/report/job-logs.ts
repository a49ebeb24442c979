/** Reading the logs of one session, one log at a time; what cannot be read becomes a problem. */

import { SessionResumeError } from '../errors.js';
import { noFiles } from '../files/memory.js';
import type { SessionFiles } from '../files/session-files.js';
import type { DormantSession, Problem } from '../formats/dormant-session.js';
import { findLog, type LogPlace } from '../formats/stored-logs.js';
import type { IOLogRecord } from '../results/io-log.js';
import { MemoryJobResult } from '../results/job-result.js';
import { recordsOf } from '../results/record-file.js';
import type { Attempt } from './attempts.js';

/** The records that can be read, in their order; may be gone through more than once. */
export type JobLog = Iterable<IOLogRecord>;

const NO_LOG: JobLog = [];

export class JobLogs {
  /** By record file, else by result: attempts may share a file. */
  readonly #problems = new Map<string, Problem>();
  readonly #place: LogPlace & { readonly files: SessionFiles };

  constructor(
    private readonly session: DormantSession,
    { files = noFiles(), location }: LogPlace,
  ) {
    this.#place = { files, location };
  }

  /** What was wrong with the logs that were looked for or read by now. */
  get problems(): Iterable<Problem> {
    return this.#problems.values();
  }

  /** Opens a log; one that is missing is empty. */
  async open(jobId: string, attempt: Attempt): Promise<JobLog> {
    const result = attempt.readAgain();
    if (result instanceof MemoryJobResult) return result.ioLog;
    const path = await this.find(jobId, attempt);
    if (path === undefined) return NO_LOG;
    try {
      const compressed = await this.#place.files.read(path);
      return { [Symbol.iterator]: () => this.#readFile(jobId, attempt, path, compressed) };
    } catch (error) {
      this.#note(jobId, attempt, path, error);
      return NO_LOG;
    }
  }

  /** Path of the record file; undefined when the result names none, or (a problem) when it is not there. */
  async find(jobId: string, attempt: Attempt): Promise<string | undefined> {
    const name = attempt.result.ioLogFilename;
    if (name === null || name === '') return undefined;
    try {
      return await findLog(attempt.result, this.session.version, this.#place);
    } catch (error) {
      this.#note(jobId, attempt, name, error);
      return undefined;
    }
  }

  *#readFile(
    jobId: string,
    attempt: Attempt,
    path: string,
    compressed: Uint8Array,
  ): Generator<IOLogRecord, void, void> {
    const fault = yield* recordsOf(path, compressed);
    if (fault === undefined) return;
    const { code, offset } = fault.facts;
    this.#problems.set(path, { code, message: fault.message, path: attempt.path, offset, jobId });
  }

  #note(jobId: string, attempt: Attempt, file: string, error: unknown): void {
    if (!(error instanceof SessionResumeError)) throw error;
    const { code, message, offset } = error;
    this.#problems.set(file, { code, message, path: attempt.path, offset, jobId });
  }
}
