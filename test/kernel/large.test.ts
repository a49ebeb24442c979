/** A document that no JavaScript string can hold. */

import { once } from 'node:events';
import { constants, createGzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { open, peek } from '../../src/index.js';
import { kernels } from '../kernels.js';

const MEBIBYTE = 1 << 20;
const TEXT_BYTES = 700 * MEBIBYTE;

/** A version 6 session whose text is a little over {@link TEXT_BYTES}, made on the fly. */
async function largeSession(): Promise<Uint8Array[]> {
  const gzip = createGzip({ level: 1, strategy: constants.Z_DEFAULT_STRATEGY });
  const chunks: Uint8Array[] = [];
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk));
  const write = async (text: string | Buffer) => {
    if (!gzip.write(text)) await once(gzip, 'drain');
  };
  const metadata =
    '{"app_blob":"","app_id":null,"custom_joblist":false,"flags":["incomplete"],"rejected_jobs":[],' +
    '"running_job_name":"last","title":"large"}';
  await write(
    `{"session":{"desired_job_list":["a"],"jobs":{"a":"x"},"mandatory_job_list":[],"metadata":${metadata},`,
  );
  await write('"results":{"a":[{"comments":null,"execution_duration":1.5,"io_log":[');
  const record = '[0.25,"stdout","bGluZSBvZiBvdXRwdXQK"],';
  const block = Buffer.from(record.repeat(Math.ceil(MEBIBYTE / record.length)));
  for (let written = 0; written < TEXT_BYTES; written += block.length) await write(block);
  await write('[1.0,"stderr","ZW5kCg=="]],"outcome":"fail","return_code":1}]}},"version":6}');
  gzip.end();
  await once(gzip, 'end');
  return chunks;
}

async function* piecesOf(chunks: readonly Uint8Array[]) {
  yield* chunks;
}

describe.each(kernels.map((kernel) => [kernel.name, kernel] as const))(
  'large, kernel %s',
  (_name, kernel) => {
    it('opens and peeks 700 MiB of JSON', { timeout: 300_000 }, async () => {
      const chunks = await largeSession();
      const text = () => new TextDecoder().decode(new Uint8Array(TEXT_BYTES));
      expect(text, 'the runtime can hold this text in a string').toThrow();

      expect((await peek(piecesOf(chunks), { kernel })).title).toBe('large');
      const session = await open(piecesOf(chunks), { kernel });
      expect(session.envelope.textBytes).toBeGreaterThan(TEXT_BYTES);
      expect(session.metadata.runningJobName).toBe('last');
      const [result] = session.results.get('a')!;
      expect(result).toMatchObject({ outcome: 'fail', returnCode: 1, executionDuration: 1.5 });
      expect(session.problems).toStrictEqual([]);
      expect(session.sizes()[0]).toMatchObject({ path: '$.session.results' });
    });
  },
);
