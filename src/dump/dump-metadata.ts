/** The dump of a peek (schema 1). */

import type { SessionResumeError } from '../errors.js';
import { encodeBase64 } from '../python/base64.js';
import { sortCodePoints } from '../python/text.js';
import type { PyDict, PyValue } from '../python/value.js';
import type { SessionMetaData } from '../session/metadata.js';
import { record } from './dump-value.js';

export type Operation = 'peek' | 'resume';

export function dumpPeek(metadata: SessionMetaData): PyDict {
  return record({ schema: 1n, operation: 'peek', status: 'ok', metadata: dumpMetadata(metadata), log: [] });
}

export function dumpMetadata(metadata: SessionMetaData): PyDict {
  const { appBlob } = metadata;
  return record({
    title: metadata.title,
    flags: sortCodePoints([...metadata.flags]),
    running_job_name: metadata.runningJobName,
    app_blob: appBlob === null ? null : encodeBase64(appBlob),
    app_id: metadata.appId,
    custom_joblist: metadata.customJoblist,
    rejected_jobs: metadata.rejectedJobs,
    last_job_start_time: metadata.lastJobStartTime,
    remaining_todo_jobs: metadata.remainingTodoJobs,
  });
}

/**
 * The dump of a refusal: the reference's class and message, and the facts.
 *
 * @param operation what was refused: one of {@link Operation}, or a verb of the command line
 */
export function dumpError(operation: string, error: SessionResumeError): PyDict {
  const facts: Record<string, PyValue> = {
    class: referenceName(error),
    message: error.message,
    code: error.code,
  };
  if (error.path !== undefined) facts.path = error.path;
  if (error.offset !== undefined) facts.offset = BigInt(error.offset);
  if (error.jobId !== undefined) facts.job_id = error.jobId;
  if (error.expected !== undefined) facts.expected = plainFact(error.expected);
  if (error.actual !== undefined) facts.actual = plainFact(error.actual);
  if (error.cause instanceof Error) facts.cause = error.cause.message;
  return record({ schema: 1n, operation, status: 'error', error: record(facts) });
}

/** The name that the reference has for an error's class. */
export function referenceName(error: SessionResumeError): string {
  return error.name === 'BrokenReferenceToExternalFileError' ? 'BrokenReferenceToExternalFile' : error.name;
}

function plainFact(fact: unknown): PyValue {
  if (typeof fact === 'number') return Number.isSafeInteger(fact) ? BigInt(fact) : fact;
  if (Array.isArray(fact)) return fact.map(plainFact);
  if (fact === null || typeof fact === 'boolean' || typeof fact === 'bigint') return fact;
  if (typeof fact !== 'object') return String(fact);
  return JSON.stringify(fact, (_key, part) => (typeof part === 'bigint' ? part.toString() : part));
}
