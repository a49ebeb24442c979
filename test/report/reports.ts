/** Sessions for the tests of reports. */

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { MemoryFiles } from '../../src/files/memory.js';
import { NodeDirectoryFiles } from '../../src/files/node-directory.js';
import { openSync } from '../../src/formats/open.js';
import { type ReportSource, SessionReport } from '../../src/report/index.js';
import { loadUnitFiles } from '../../src/units/load-node.js';
import { METADATA } from '../formats/documents.js';

export interface StoredResult {
  readonly outcome: string | null;
  readonly comments?: string | null;
  readonly return_code?: number | null;
  readonly execution_duration?: number | null;
  readonly io_log_filename?: string;
  readonly io_log?: readonly (readonly [delay: number, stream: string, data: string])[];
}

export interface SessionParts {
  readonly results?: Readonly<Record<string, readonly StoredResult[]>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly desired?: readonly string[];
  readonly system_information?: unknown;
}

/**
 * The bytes of a session of format 11.
 *
 * @param edit changes the text, for what `JSON.stringify` does not write
 */
export function sessionBytes(
  { results = {}, metadata, desired, system_information = {} }: SessionParts,
  edit = (text: string) => text,
): Uint8Array {
  const document = {
    version: 11,
    session: {
      jobs: Object.fromEntries(Object.keys(results).map((id) => [id, 'c'.repeat(64)])),
      results: Object.fromEntries(Object.entries(results).map(([id, list]) => [id, list.map(complete)])),
      desired_job_list: desired ?? Object.keys(results),
      mandatory_job_list: [],
      metadata: {
        ...METADATA,
        title: 'test',
        ...metadata,
      },
      system_information,
    },
  };
  // Durations are floats: JSON.stringify leaves the fraction of whole numbers out.
  const text = JSON.stringify(document).replace(/("execution_duration":-?\d+)(?=[,}])/g, '$1.0');
  return new Uint8Array(gzipSync(edit(text)));
}

export function reportOf(
  parts: SessionParts,
  source: Omit<ReportSource, 'session'> = {},
  edit = (text: string) => text,
): Promise<SessionReport> {
  return SessionReport.of({ session: openSync(sessionBytes(parts, edit)), ...source });
}

/** A log of one record for each text; `!` in front of a text makes it standard error. */
export function log(...texts: string[]): [number, string, string][] {
  return texts.map((text) => {
    const isError = text.startsWith('!');
    return [
      0.5,
      isError ? 'stderr' : 'stdout',
      Buffer.from(isError ? text.slice(1) : text).toString('base64'),
    ];
  });
}

const SAMPLE = new URL('../../examples/', import.meta.url).pathname;

/** The sample session, with its logs, and with its definitions if they are wanted. */
export async function sampleReport(withUnits: boolean): Promise<SessionReport> {
  const location = `${SAMPLE}laptop-quick.session`;
  const paths = ['laptop.pxu', 'plan.pxu'].map((name) => `${SAMPLE}units/${name}`);
  const files = paths.map((path) => ({ path, namespace: 'com.example.laptop' }));
  return SessionReport.of({
    session: openSync(readFileSync(`${location}/session`)),
    files: new NodeDirectoryFiles(location),
    location,
    units: withUnits ? (await loadUnitFiles(files)).units : [],
  });
}

/** Text that is dangerous somewhere. */
export const HOSTILE =
  ']]></system-out><x> --> </script><script>alert(1)</script> <img src=x onerror=alert(1)> & "\' ' +
  '\u0000\u0001\u000b\u007f\u0085\ufffe\ud800x\udc00 \x1b[31mred\x1b[0m \x1b]0;title\x07 \u202etxt.exe | ``` *b* ' +
  '[a](javascript:alert(1)) @everyone =1+1 "; DROP TABLE';

/** A session that says dangerous things wherever it can say something. */
export function hostileReport(): Promise<SessionReport> {
  const result = {
    outcome: 'fail',
    comments: HOSTILE,
    return_code: 1,
    io_log: log(`${HOSTILE}\n`, `!${HOSTILE}\n`),
  };
  return reportOf({
    results: {
      [`${HOSTILE}::${HOSTILE}`]: [result],
      [`b${HOSTILE}`]: [{ ...result, outcome: 'skip' }],
      [`c${HOSTILE}`]: [{ ...result, outcome: 'crash', io_log_filename: `/${HOSTILE}` }],
    },
    desired: [`d${HOSTILE}`],
    metadata: {
      title: HOSTILE,
      flags: [HOSTILE],
      running_job_name: `e${HOSTILE}`,
      rejected_jobs: [`f${HOSTILE}`],
      app_id: HOSTILE,
      app_blob: Buffer.from(
        JSON.stringify({ testplan_id: HOSTILE, description: HOSTILE }).replace(/\\ud8..x\\udc../i, ''),
      ).toString('base64'),
    },
    system_information: {
      [HOSTILE]: {
        tool_version: HOSTILE,
        success: true,
        outputs: { payload: { [HOSTILE]: HOSTILE }, stderr: '' },
      },
    },
  });
}

function complete(result: StoredResult) {
  const members = { comments: null, return_code: null, execution_duration: null, ...result };
  return 'io_log_filename' in result ? members : { io_log: [], ...members };
}

export { MemoryFiles };
