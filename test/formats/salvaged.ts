/** Sessions to be salvaged, and what came of them. */

import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { DormantSession } from '../../src/formats/dormant-session.js';
import { openSync } from '../../src/formats/open.js';
import { type Salvage, salvage } from '../../src/formats/salvage.js';
import { jsKernel } from '../../src/kernel/js.js';
import { type CorpusFolder, corpus } from '../corpus/corpus.js';
import { metadataOf } from './documents.js';

/** Of a gzip member without optional fields. */
export const HEADER_BYTES = 10;

export const cases = await corpus();
export const folderOf = (name: string): CorpusFolder => cases.get(`cases/${name}`)!;
export const session = folderOf('v11-history').bytes('session');
export const text = gunzipSync(session);
export const open = (bytes: Uint8Array) => openSync(bytes, { kernel: jsKernel });

/** The salvaged session, which has no problems. */
export function opened({ session: bytes }: Salvage): DormantSession {
  const dormant = open(bytes!);
  expect(dormant.problems).toEqual([]);
  return dormant;
}

export const RESULT = {
  comments: null,
  execution_duration: 1.5,
  io_log: [],
  outcome: 'pass',
  return_code: 0,
};

interface Parts {
  readonly jobs?: unknown;
  readonly metadata?: Record<string, unknown>;
  readonly results?: unknown;
  readonly version?: unknown;
  readonly rest?: object;
}

/** A session of version 6 as text, keys sorted. */
export function forged({
  jobs = { a: 'x', b: 'y' },
  metadata,
  results = {},
  version = 6,
  rest,
}: Parts): string {
  const fields = Object.entries({ ...metadataOf(6), title: 't', ...metadata });
  return JSON.stringify({
    session: {
      desired_job_list: ['a', 'b'],
      jobs,
      mandatory_job_list: [],
      metadata: Object.fromEntries(fields.sort(([left], [right]) => (left < right ? -1 : 1))),
      results,
      ...rest,
    },
    version,
  });
}

export const salvageText = (json: string) => salvage(new TextEncoder().encode(json));
