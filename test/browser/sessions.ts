/** Sessions made for the tests of the browser side. */

import { gzipSync } from 'node:zlib';

interface StoredResult {
  readonly outcome: string | null;
  readonly comments?: string | null;
  readonly return_code?: number | null;
  readonly execution_duration?: number | null;
  /** Lines of output. */
  readonly log?: readonly string[];
}

export interface StoredSession {
  readonly title?: string;
  readonly running?: string | null;
  readonly appBlob?: string;
  readonly desired?: readonly string[];
  readonly results: readonly (readonly [id: string, history: readonly StoredResult[]])[];
  readonly systemInformation?: unknown;
}

/** The bytes of a session of version 8, as Checkbox would store it. */
export function sessionBytes(session: StoredSession): Uint8Array {
  const { title = 'made', running = null, appBlob = '{}', results, systemInformation = {} } = session;
  const ids = results.map(([id]) => id);
  const text = JSON.stringify({
    session: {
      desired_job_list: session.desired ?? ids,
      jobs: Object.fromEntries(ids.map((id) => [id, 'a'.repeat(64)])),
      mandatory_job_list: [],
      metadata: {
        app_blob: Buffer.from(appBlob).toString('base64'),
        app_id: 'checkbox',
        custom_joblist: false,
        flags: ['incomplete'],
        last_job_start_time: null,
        rejected_jobs: [],
        running_job_name: running,
        title,
      },
      results: Object.fromEntries(results.map(([id, history]) => [id, history.map(storedResult)])),
      system_information: systemInformation,
    },
    version: 8,
  });
  // A float must stay one: JSON of JavaScript writes 1.0 as 1.
  return gzipSync(text.replace(/("execution_duration":-?\d+)(?=[,}])/g, '$1.0'));
}

function storedResult({
  outcome,
  comments,
  return_code,
  execution_duration,
  log = [],
}: StoredResult): object {
  return {
    comments: comments ?? null,
    execution_duration: execution_duration ?? null,
    io_log: log.map((line, index) => [
      index + 0.5,
      index % 2 === 0 ? 'stdout' : 'stderr',
      Buffer.from(line).toString('base64'),
    ]),
    outcome,
    return_code: return_code ?? null,
  };
}

/** Many jobs with output. */
export function largeSession({ jobs, lines }: { readonly jobs: number; readonly lines: number }): Uint8Array {
  const outcomes = ['pass', 'pass', 'pass', 'fail', 'skip', 'crash'];
  return sessionBytes({
    title: 'large',
    results: Array.from({ length: jobs }, (_, job) => [
      `com.example::group-${job % 40}/job-${job}`,
      [
        {
          outcome: outcomes[job % outcomes.length]!,
          execution_duration: (job % 97) + 0.25,
          return_code: job % 2,
          log: Array.from({ length: lines }, (_line, line) => `line ${line} of job ${job}\n`),
        },
      ],
    ]),
  });
}
