/** Forged sessions for tests of the command line. */

import { gzipSync } from 'node:zlib';
import { METADATA } from '../formats/documents.js';

export interface SessionParts {
  readonly version?: number;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Job id to its results. */
  readonly results?: Readonly<Record<string, readonly object[]>>;
  readonly desired?: readonly string[];
}

/** A session of version 11 unless another one is asked for. */
export function forge({ version = 11, metadata = {}, results = {}, desired }: SessionParts = {}): Uint8Array {
  const ids = Object.keys(results);
  return pack({
    version,
    session: {
      desired_job_list: desired ?? ids,
      jobs: Object.fromEntries([...ids, ...(desired ?? [])].map((id) => [id, '0'.repeat(64)])),
      mandatory_job_list: [],
      metadata: {
        ...METADATA,
        title: 'forged',
        app_blob: null,
        ...metadata,
      },
      results,
      system_information: {},
    },
  });
}

export function pack(document: unknown): Uint8Array {
  return gzipSync(JSON.stringify(document));
}

/** A result with its log inside: `[stream, text]` each. */
export function result(
  outcome: string | null,
  log: readonly (readonly [stream: string, text: string])[] = [],
  members: Readonly<Record<string, unknown>> = {},
): object {
  return {
    outcome,
    comments: null,
    execution_duration: 1.5,
    return_code: null,
    io_log: log.map(([stream, text]) => [0.5, stream, Buffer.from(text).toString('base64')]),
    ...members,
  };
}
