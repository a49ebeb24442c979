import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MemoryFiles } from '../../src/files/memory.js';
import { type Diagnosis, diagnose } from '../../src/formats/diagnose.js';
import { changedSample, emptySession, pack, SAMPLE } from '../storage/sessions.js';

const JOB = 'com.example.laptop::cpu/info';
const LOG = 'io-logs/com.example.laptop__cpu_info.record.gz';

/** The sample's files, with changes; undefined removes one. */
function sampleFiles(
  changes: Readonly<Record<string, Uint8Array | undefined>> = {},
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const name of readdirSync(join(SAMPLE, 'io-logs'))) {
    files.set(`io-logs/${name}`, readFileSync(join(SAMPLE, 'io-logs', name)));
  }
  for (const [name, bytes] of Object.entries(changes)) {
    if (bytes === undefined) files.delete(name);
    else files.set(name, bytes);
  }
  return files;
}

async function examine(
  session: Uint8Array = readFileSync(join(SAMPLE, 'session')),
  changes: Readonly<Record<string, Uint8Array | undefined>> = {},
): Promise<Diagnosis> {
  return diagnose(session, { files: new MemoryFiles(sampleFiles(changes)), location: '' });
}

/** The document alone. */
const examineBytes = (session: Uint8Array) =>
  diagnose(session, { files: new MemoryFiles([]), location: null });

it('finds nothing in a sound session', async () => {
  const { session, findings, leftOver } = await examine();
  expect(findings).toEqual([]);
  expect(leftOver).toBeUndefined();
  expect(session?.version).toBe(11);
});

describe('of the document it finds', () => {
  it('what keeps the bytes from being read, and where', async () => {
    const { findings, session } = await examineBytes(emptySession().subarray(0, 100));
    expect(session).toBeUndefined();
    expect(findings).toMatchObject([
      {
        severity: 'error',
        code: 'gzip-truncated',
        offset: 100,
        checkbox: 'Cannot decompress session data',
        message: expect.stringContaining('byte 100'),
      },
    ]);
  });

  it('that nothing was saved', async () => {
    expect((await examineBytes(new Uint8Array(0))).findings).toMatchObject([
      { severity: 'error', code: 'no-checkpoint', checkbox: 'Cannot interpret session JSON' },
    ]);
  });

  it('a version from the future', async () => {
    expect((await examineBytes(emptySession({}, 12))).findings).toMatchObject([
      { code: 'version-from-the-future', checkbox: 'Unsupported version 12', path: '$.version' },
    ]);
  });

  it('every fault, with path and offset', async () => {
    const bytes = changedSample(({ results, metadata }) => {
      metadata.title = 7;
      results[JOB]![0]!.outcome = 'great';
      results[JOB]![0]!.return_code = '0';
    });
    const { findings } = await examineBytes(bytes);
    expect(findings.map(({ severity, code, path, jobId }) => [severity, code, path, jobId])).toEqual([
      ['error', 'wrong-type', '$.session.metadata.title', undefined],
      ['error', 'not-allowed', `$.session.results["${JOB}"][0].outcome`, JOB],
      ['error', 'wrong-type', `$.session.results["${JOB}"][0].return_code`, JOB],
    ]);
    for (const { offset } of findings) expect(offset).toBeGreaterThan(0);
  });

  it('a history without checksum, as Checkbox itself may write it', async () => {
    const bytes = changedSample(({ jobs }) => {
      delete jobs[JOB];
    });
    expect((await examineBytes(bytes)).findings).toMatchObject([
      {
        severity: 'error',
        code: 'history-without-checksum',
        jobId: JOB,
        message: `job '${JOB}' has results, but no checksum`,
        checkbox: `Missing value for key '${JOB}'`,
        path: '$.session.jobs',
      },
      { severity: 'note', code: 'wanted-without-checksum', jobId: JOB },
    ]);
  });

  it('a rejected job without checksum, as Checkbox itself may write it', async () => {
    const bytes = changedSample(({ metadata }) => {
      metadata.rejected_jobs = ['nobody', 'nobody'];
    });
    expect((await examineBytes(bytes)).findings).toMatchObject([
      { severity: 'error', code: 'rejected-without-checksum', checkbox: "Missing value for key 'nobody'" },
    ]);
  });

  it('one fault for a checksum of the wrong type', async () => {
    const bytes = changedSample(({ jobs }) => {
      jobs[JOB] = 5;
    });
    expect((await examineBytes(bytes)).findings).toMatchObject([
      { code: 'wrong-type', path: `$.session.jobs["${JOB}"]`, jobId: JOB },
    ]);
  });

  it('jobs without results where every job should have some', async () => {
    const metadata = { flags: [], running_job_name: null, title: null };
    const session = { desired_job_list: ['b'], jobs: { a: 'x' }, metadata, results: {} };
    const { findings } = await examineBytes(pack({ session, version: 1 }));
    expect(findings).toMatchObject([
      { severity: 'note', code: 'checksum-without-results', jobId: 'a' },
      { severity: 'note', code: 'wanted-without-checksum', jobId: 'b' },
    ]);
  });

  it.each([
    [1, 0],
    [2, 1],
    [3, 1],
  ])('mandatory jobs that stand %i times in front of the desired list', async (copies, found) => {
    const bytes = changedSample((session) => {
      const [first, second, ...others] = session.desired_job_list;
      session.mandatory_job_list = [first!, second!];
      session.desired_job_list = [...Array(copies).fill([first, second]).flat(), ...others];
    });
    const { findings } = await examineBytes(bytes);
    expect(findings).toHaveLength(found);
    if (found === 0) return;
    expect(findings[0]).toMatchObject({
      severity: 'note',
      code: 'repeated-mandatory-jobs',
      message: `the mandatory jobs stand in front of the desired list ${copies} times`,
      path: '$.session.desired_job_list',
    });
  });
});

describe('of the record files it finds', () => {
  const where = { path: `$.session.results["${JOB}"][0].io_log_filename`, jobId: JOB, file: LOG };

  it('those that are missing, but not what lies beside them', async () => {
    expect((await examine(undefined, { [LOG]: undefined })).findings).toEqual([
      expect.objectContaining({
        severity: 'warning',
        code: 'missing-file',
        checkbox: `cannot access file: '${LOG}'`,
        ...where,
      }),
    ]);
  });

  it('those that Checkbox cannot read', async () => {
    const cut = sampleFiles().get(LOG)!.slice(0, -20);
    const noRecord = new Uint8Array(gzipSync('[0.5,"stdout","YQo="]\n{}\n'));
    for (const bytes of [cut, noRecord]) {
      const { findings } = await examine(undefined, { [LOG]: bytes });
      expect(findings).toEqual([
        expect.objectContaining({ severity: 'warning', code: 'damaged-record-file', ...where }),
      ]);
    }
  });

  it('those whose damage Checkbox takes for the end of the log', async () => {
    const wrongCrc = sampleFiles().get(LOG)!.slice();
    wrongCrc[wrongCrc.length - 8]! ^= 1;
    const { findings } = await examine(undefined, { [LOG]: wrongCrc });
    expect(findings).toEqual([
      expect.objectContaining({ severity: 'warning', code: 'shortened-log', checkbox: undefined, ...where }),
    ]);
  });

  it('names that leave the location, with or without the files', async () => {
    const bytes = changedSample(({ results }) => {
      results[JOB]![0]!.io_log_filename = '../../etc/passwd';
    });
    for (const { findings } of [await examine(bytes), await examineBytes(bytes)]) {
      expect(findings[0]).toMatchObject({
        severity: 'warning',
        code: 'outside-location',
        file: '../../etc/passwd',
        message: "record file '../../etc/passwd' is outside of the session directory and was not opened",
      });
    }
  });

  it('names of the historic location whose file is in this one', async () => {
    const old = `/home/u/.cache/plainbox/sessions/x.session/${LOG}`;
    const bytes = changedSample(({ results }) => {
      results[JOB]![0]!.io_log_filename = old;
    });
    const location = '/srv/x.session';
    const files = new MemoryFiles(sampleFiles(), location);
    expect((await diagnose(bytes, { files, location })).findings).toEqual([
      expect.objectContaining({
        code: 'moved-log',
        message: `record file '${old}' is not there, but '${location}/${LOG}' is`,
        checkbox: `cannot access file: '${old}'`,
      }),
    ]);
  });

  it('files that no result names, but not those of the running job', async () => {
    const bytes = changedSample(({ results }) => {
      results[JOB] = [];
    });
    const { findings } = await examine(bytes, { 'io-logs/what.txt': new Uint8Array(1) });
    const stem = LOG.replace('.record.gz', '');
    expect(findings.map(({ code, file, jobId }) => [code, file, jobId])).toEqual([
      ['orphaned-file', LOG, JOB],
      ['orphaned-file', `${stem}.stderr`, JOB],
      ['orphaned-file', `${stem}.stdout`, JOB],
      ['orphaned-file', 'io-logs/what.txt', undefined],
    ]);
  });
});

describe('of an interrupted save it finds', () => {
  const NEXT = 'session.next';
  /** The time stamp of a gzip header lies at byte 4. */
  function savedAt(bytes: Uint8Array, seconds: number): Uint8Array {
    const copy = bytes.slice();
    new DataView(copy.buffer).setUint32(4, seconds, true);
    return copy;
  }
  const sample = () => new Uint8Array(readFileSync(join(SAMPLE, 'session')));

  it.each([
    ['newer', 2000, 1000, true],
    ['older', 1000, 2000, false],
    ['newer', 0, 2000, true],
  ])('that session.next is whole and %s (%i, %i)', async (word, next, current, isNewer) => {
    const { findings, leftOver } = await examine(savedAt(sample(), current), {
      [NEXT]: savedAt(sample(), next),
    });
    expect(leftOver).toEqual({ fault: undefined, isNewer });
    expect(findings).toEqual([
      expect.objectContaining({
        severity: 'warning',
        code: 'left-over-save',
        checkbox: 'LockedStorageError',
      }),
    ]);
    expect(findings[0]!.message).toContain(`whole and ${word} than \`session\`, which is whole, too`);
  });

  it('that session.next is not whole', async () => {
    const { findings, leftOver } = await examine(undefined, { [NEXT]: sample().slice(0, 300) });
    expect(leftOver?.fault).toMatchObject({ code: 'gzip-truncated', offset: 300 });
    expect(findings[0]!.message).toMatch(/not whole \(input ends at byte 300.*\), `session` is whole$/);
  });

  it('that it is the only one', async () => {
    const { findings, session } = await examine(new Uint8Array(0), { [NEXT]: sample() });
    expect(session).toBeUndefined();
    expect(findings.map(({ code }) => code)).toEqual(['no-checkpoint', 'left-over-save']);
    expect(findings[1]!.message).toContain('whole and newer than `session`, which is not whole');
  });
});
