/** Documents for tests of sessions that are made for them. */

import { gunzipSync, gzipSync } from 'node:zlib';
import type { DormantSession } from '../../src/formats/dormant-session.js';
import { openSync } from '../../src/formats/open.js';
import { jsKernel } from '../../src/kernel/js.js';

type Members = Readonly<Record<string, unknown>>;

export interface SessionParts {
  readonly version: number;
  readonly metadata?: Members;
  readonly results?: Members;
  /** Members of the session beside those that every test has. */
  readonly more?: Members;
}

/** The metadata of a session that says nothing, in version 11. */
export const METADATA: Members = {
  title: null,
  flags: [],
  running_job_name: null,
  app_blob: '',
  app_id: null,
  custom_joblist: false,
  rejected_jobs: [],
  last_job_start_time: null,
  remaining_todo_jobs: false,
};
const FIELDS = [0, 3, 4, 5, 5, 5, 7, 8, 8, 8, 8, 9];

/** The same in another version. */
export function metadataOf(version: number): Members {
  return Object.fromEntries(Object.entries(METADATA).slice(0, FIELDS[version]));
}

/** A session of a version, valid but for what the parts put in. */
export function dormant({ version, metadata = {}, results = {}, more = {} }: SessionParts): DormantSession {
  return openText(
    JSON.stringify({
      session: {
        desired_job_list: [],
        jobs: Object.fromEntries(Object.keys(results).map((id) => [id, '0'.repeat(64)])),
        mandatory_job_list: [],
        metadata: { ...metadataOf(version), ...metadata },
        results,
        ...(version < 8 ? {} : { system_information: {} }),
        ...more,
      },
      version,
    }),
  );
}

export function openText(text: string): DormantSession {
  return openSync(gzipSync(text), { kernel: jsKernel });
}

/** A result with a log of `[stream, text]`. */
export function result(
  outcome: string | null,
  ...log: readonly (readonly [string, string | Uint8Array])[]
): Members {
  return {
    comments: null,
    execution_duration: null,
    io_log: log.map(([stream, data]) => [0.5, stream, Buffer.from(data as string).toString('base64')]),
    outcome,
    return_code: null,
  };
}

export function onDisk(name: string): Members {
  const { io_log: _, ...facts } = result('pass');
  return { ...facts, io_log_filename: name };
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into documents of any form.
export function sessionIn(bytes: Uint8Array): any {
  return JSON.parse(gunzipSync(bytes).toString()).session;
}
