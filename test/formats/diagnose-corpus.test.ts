import { describe, expect, it } from 'vitest';
import { MemoryFiles } from '../../src/files/memory.js';
import { diagnose } from '../../src/formats/diagnose.js';
import type { PyDict } from '../../src/python/value.js';
import { parsePyJson } from '../compare.js';
import { type CorpusFolder, corpus, corpusCases } from '../corpus/corpus.js';
import type { HostileEntry } from '../corpus/outcome.js';

/** What the reference says only with unit definitions at hand, or with the flag for file checks. */
const NEEDS_MORE =
  /^(Unknown jobs remaining|Definition of job|'(desired|mandatory)_job_list' refers|cannot access file)/;
/** Before version 6 the reference looks at a list that the version does not have. */
const NOT_OF_THIS_VERSION = /^mut-rejected-unknown-v0[1-5]$/;

async function errorsOf(session: Uint8Array): Promise<(string | undefined)[]> {
  const { findings } = await diagnose(session, { files: new MemoryFiles([]), location: null });
  return findings.filter(({ severity }) => severity === 'error').map(({ checkbox }) => checkbox);
}

function expectation(folder: CorpusFolder): { status: unknown; className: unknown; message: string } {
  const expected = parsePyJson(folder.text('expected.json')) as PyDict;
  const error = expected.get('error') as PyDict | undefined;
  return {
    status: expected.get('status'),
    className: error?.get('class'),
    message: String(error?.get('message') ?? ''),
  };
}

const cases = (await corpusCases()).map((folder) => ({ folder, ...expectation(folder) }));

describe('without any definitions', () => {
  it('no session that the reference resumes is called damaged', async () => {
    const resumed = cases.filter(({ status }) => status === 'ok');
    expect(resumed.length).toBeGreaterThan(100);
    for (const { folder } of resumed) {
      expect([folder.name, await errorsOf(folder.bytes('session'))]).toEqual([folder.name, []]);
    }
  });

  it('every fault of a document that the reference names is found', async () => {
    const refused = cases.filter(
      ({ folder, className, message }) =>
        (className === 'CorruptedSessionError' || className === 'IncompatibleSessionError') &&
        !NEEDS_MORE.test(message) &&
        !NOT_OF_THIS_VERSION.test(folder.info.name),
    );
    expect(refused.length).toBeGreaterThan(100);
    for (const { folder, message } of refused) {
      expect([folder.name, await errorsOf(folder.bytes('session'))]).toEqual([
        folder.name,
        expect.arrayContaining([message]),
      ]);
    }
  });

  it('hostile inputs are diagnosed as well', async () => {
    const hostile = (await corpus()).get('hostile')!;
    const entries: readonly HostileEntry[] = JSON.parse(hostile.text('manifest.json')).entries;
    let damaged = 0;
    for (const { file, contract } of entries) {
      const errors = await errorsOf(hostile.bytes(file));
      if (errors.length > 0) damaged++;
      if (!contract.peek.includes('ok')) expect([file, errors.length]).not.toEqual([file, 0]);
    }
    expect(damaged).toBeGreaterThan(100);
  });
});
