/** Sessions for tests of repositories. */

import { cpSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

export const SAMPLE = fileURLToPath(new URL('../../examples/laptop-quick.session', import.meta.url));

/** A document of version 11 without jobs. */
export interface Metadata {
  readonly title?: string;
  readonly flags?: readonly string[];
  readonly app_id?: string | null;
}

export function emptySession(metadata: Metadata = {}, version = 11): Uint8Array {
  return pack({
    session: {
      desired_job_list: [],
      jobs: {},
      mandatory_job_list: [],
      metadata: {
        app_blob: '',
        app_id: 'checkbox',
        custom_joblist: false,
        flags: ['incomplete'],
        last_job_start_time: null,
        rejected_jobs: [],
        remaining_todo_jobs: false,
        running_job_name: null,
        title: 'empty',
        ...metadata,
      },
      results: {},
      system_information: {},
    },
    version,
  });
}

export function pack(document: unknown): Uint8Array {
  return new Uint8Array(gzipSync(JSON.stringify(document)));
}

/** The parts of the sample that tests change. */
export interface SampleSession {
  readonly jobs: Record<string, unknown>;
  readonly results: Record<string, Record<string, unknown>[]>;
  readonly metadata: Record<string, unknown>;
  desired_job_list: string[];
  mandatory_job_list: string[];
}

/** The sample's document after a change; no float of it is a whole number, so none turns into an integer. */
export function changedSample(change: (session: SampleSession) => void): Uint8Array {
  const document = JSON.parse(gunzipSync(readFileSync(join(SAMPLE, 'session'))).toString());
  change(document.session);
  return pack(document);
}

/** Copies the sample; its files may then be damaged. */
export function copySample(location: string): string {
  cpSync(SAMPLE, location, { recursive: true });
  return location;
}

/** Sets the age of a directory, in seconds. */
export function setAge(path: string, seconds: number): void {
  const time = Date.now() / 1000 - seconds;
  utimesSync(path, time, time);
}
