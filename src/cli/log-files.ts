/** Where the logs of results are, and reading them. */

import { BrokenReferenceToExternalFileError, type CorruptedSessionError } from '../errors.js';
import { findLog } from '../formats/stored-logs.js';
import type { IOLog } from '../results/io-log.js';
import { type JobResult, MemoryJobResult } from '../results/job-result.js';
import { DamagedRecordFileError } from '../results/record-file.js';
import type { OpenedSession } from './session-argument.js';

export type FoundLog =
  /** Inside the session file. */
  | { readonly kind: 'inline'; readonly records: number }
  /** A record file; `bytes` is its size as it lies on disk, 0 where it is not there. */
  | {
      readonly kind: 'file';
      readonly name: string;
      /** `unknown` when only the bytes of the session are there. */
      readonly state: 'present' | 'missing' | 'outside' | 'unknown';
      readonly bytes: number;
    };

/** Looks for the log of a result without reading it. */
export async function placeOfLog(result: JobResult, source: OpenedSession): Promise<FoundLog> {
  if (result instanceof MemoryJobResult) return { kind: 'inline', records: result.ioLog.length };
  const name = result.ioLogFilename ?? '';
  if (name === '') return { kind: 'inline', records: 0 };
  if (source.location === null) return { kind: 'file', name, state: 'unknown', bytes: 0 };
  try {
    const path = await findLog(result, source.dormant.version, source);
    const stat = path === undefined ? undefined : await source.files.stat(path);
    return { kind: 'file', name, state: 'present', bytes: stat?.size ?? 0 };
  } catch (error) {
    if (!(error instanceof BrokenReferenceToExternalFileError)) throw error;
    return { kind: 'file', name, state: error.code === 'outside-location' ? 'outside' : 'missing', bytes: 0 };
  }
}

export interface ReadLog {
  /** All records that could be read. */
  readonly log: IOLog;
  /** Why there may have been more. */
  readonly problem: CorruptedSessionError | undefined;
}

/**
 * Reads the log of a result, as much of it as there is.
 *
 * @throws BrokenReferenceToExternalFileError when its file cannot be read
 */
export async function readLogOf(result: JobResult, source: OpenedSession): Promise<ReadLog> {
  try {
    const log = await source.dormant.readLog(result, source);
    return { log, problem: log.problem };
  } catch (error) {
    if (!(error instanceof DamagedRecordFileError)) throw error;
    return { log: error.records, problem: error };
  }
}
