/** What the functions of the entry point promise beside their results: inputs, abort, progress, limits. */

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import * as api from '../src/index.js';

const { CorruptedSessionError, IncompatibleSessionError, open, openSync, peek, peekSync, resumeSync } = api;

function session(version: unknown = 11, results: object = {}): Uint8Array<ArrayBuffer> {
  const metadata = {
    title: 'été',
    flags: ['b', 'a'],
    running_job_name: null,
    app_blob: 'eyJ9',
    app_id: null,
    custom_joblist: false,
    rejected_jobs: [],
    last_job_start_time: 1.5,
    remaining_todo_jobs: false,
  };
  const parts = { jobs: {}, results, desired_job_list: [], mandatory_job_list: [], system_information: {} };
  return new Uint8Array(gzipSync(JSON.stringify({ session: { ...parts, metadata }, version })));
}

describe('the entry point', () => {
  it('exports these names', () => {
    expect(Object.keys(api).sort()).toStrictEqual([
      'BrokenReferenceToExternalFileError',
      'CorruptedSessionError',
      'DamagedRecordFileError',
      'DataError',
      'DiskJobResult',
      'DormantSession',
      'FLAG_FILE_REFERENCE_CHECKS',
      'FLAG_IGNORE_JOB_CHECKSUMS',
      'FLAG_REWRITE_LOG_PATHNAMES',
      'IOLog',
      'IncompatibleJobError',
      'IncompatibleSessionError',
      'InhibitionCause',
      'JobReadinessInhibitor',
      'JobResult',
      'JobResultBuilder',
      'JobState',
      'JsonValue',
      'LATEST_VERSION',
      'Manifest',
      'MemoryFiles',
      'MemoryJobResult',
      'SessionMetaData',
      'SessionResumeError',
      'SessionState',
      'StoredResults',
      'UnitDefinitionError',
      'categoryMap',
      'categoryOutcomes',
      'certificationStatusMap',
      'conversionLosses',
      'convert',
      'estimatedDuration',
      'explainResume',
      'flatText',
      'open',
      'openSync',
      'outcomeInfo',
      'outcomeStatistics',
      'peek',
      'peekSync',
      'pluginOutcome',
      'rawOutputBase64',
      'rawOutputImageType',
      'redact',
      'resume',
      'resumeSync',
      'salvage',
      'salvageProblems',
      'salvageResumable',
      'setKernel',
      'skipOutcome',
      'suspend',
      'textAttachment',
      'unpackEnvelope',
      'unpackEnvelopeSync',
    ]);
  });

  it('takes bytes, buffers, Blobs, streams and iterables', async () => {
    const bytes = session();
    async function* pieces() {
      yield bytes.subarray(0, 5);
      yield bytes.subarray(5);
    }
    const inputs = [bytes, bytes.buffer, new Blob([bytes]), new Blob([bytes]).stream(), pieces()];
    for (const input of inputs) expect((await peek(input)).title).toBe('été');
    expect(peekSync(Buffer.from(bytes)).title).toBe('été');
  });

  it.each([['text'], [{}], [null], [undefined], [[1, 2]]])('refuses %j as input', async (input) => {
    await expect(peek(input as never)).rejects.toThrow(TypeError);
    expect(() => peekSync(input as never)).toThrow(TypeError);
  });

  it('lets a producer use its buffer again', async () => {
    const bytes = session();
    async function* pieces() {
      const buffer = new Uint8Array(1);
      for (const byte of bytes) {
        buffer[0] = byte;
        yield buffer;
      }
    }
    expect((await open(pieces(), { kernel: 'wasm' })).metadata.title).toBe('été');
  });

  it('refuses pieces that are no bytes', async () => {
    async function* pieces() {
      yield 'text';
    }
    await expect(peek(pieces() as never)).rejects.toThrow('the pieces of an input must be Uint8Array');
  });

  it('aborts before, while reading and while scanning', async () => {
    const reason = new Error('enough');
    await expect(peek(session(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);

    const reading = new AbortController();
    let closed = false;
    async function* endless() {
      try {
        for (;;) {
          yield new Uint8Array(1000);
          reading.abort(reason);
        }
      } finally {
        closed = true;
      }
    }
    await expect(open(endless(), { signal: reading.signal })).rejects.toBe(reason);
    expect(closed).toBe(true);

    const stalled = new AbortController();
    const silent = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) });
    setTimeout(() => stalled.abort(reason), 10);
    await expect(open(silent, { signal: stalled.signal })).rejects.toBe(reason);

    const scanning = new AbortController();
    const long = session(11, { x: 'y'.repeat(30_000_000) });
    const stop = () => scanning.abort(reason);
    await expect(open(long, { signal: scanning.signal, onProgress: stop })).rejects.toBe(reason);
  });

  it('passes on what a stream throws', async () => {
    const failure = new Error('connection lost');
    const stream = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(failure) });
    await expect(peek(stream)).rejects.toBe(failure);
  });

  it('tells how far it has come', async () => {
    const long = session(11, { x: 'y'.repeat(30_000_000) });
    const stages = new Set<string>();
    let last = { stage: '', loaded: 0 };
    await open(new Blob([long]), {
      onProgress: (progress) => {
        if (progress.stage === last.stage) expect(progress.loaded).toBeGreaterThanOrEqual(last.loaded);
        if (progress.total !== undefined) expect(progress.loaded).toBeLessThanOrEqual(progress.total);
        stages.add(progress.stage);
        last = progress;
      },
    });
    expect(stages).toContain('read');
    expect(stages.size).toBeGreaterThan(1);
  });

  it.each([
    { depth: -1 },
    { depth: 1e9 },
    { textBytes: 2 ** 33 },
    { inputBytes: 1.5 },
    { integerDigits: Number.NaN },
  ])('refuses the limits %j', (limits) => {
    expect(() => peekSync(session(), { limits })).toThrow(RangeError);
  });

  it('names the version from the future, and others that are none', () => {
    const faultOf = (version: unknown) => {
      try {
        peekSync(session(version));
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(faultOf(12)).toBeInstanceOf(IncompatibleSessionError);
    expect(faultOf(12)).toMatchObject({
      message: 'Unsupported version 12',
      code: 'version-from-the-future',
      path: '$.version',
      actual: 12,
    });
    expect(faultOf('11')).toMatchObject({ message: 'Unsupported version 11', code: 'unsupported-version' });
    expect(faultOf(0)).toMatchObject({ code: 'unsupported-version' });
    expect(faultOf(null)).toBeInstanceOf(CorruptedSessionError);
  });

  it('collects problems where it can, and throws where it must', () => {
    const damaged = session(11, {
      a: [{ outcome: 'great', comments: 1, return_code: 0, execution_duration: 1, io_log: [[-1, 'x', '!']] }],
      b: null,
    });
    const opened = openSync(damaged);
    expect(opened.results.get('a')).toHaveLength(1);
    expect(opened.problems.map(({ path, message }) => [path, message])).toStrictEqual([
      ['$.session.jobs', "Missing value for key 'a'"],
      [
        '$.session.results.a[0].outcome',
        expect.stringMatching(/^Value for key 'outcome' not in allowed set/),
      ],
      ['$.session.results.a[0].comments', "Value of key 'comments' is of incorrect type int"],
      [
        '$.session.results.a[0].execution_duration',
        "Value of key 'execution_duration' is of incorrect type int",
      ],
      ['$.session.results.a[0].io_log[0][0]', 'delay cannot be negative'],
      ['$.session.jobs', "Missing value for key 'b'"],
      ['$.session.results.b', "Value of key 'b' cannot be None"],
    ]);
    expect(() => resumeSync(damaged, { units: [] })).toThrow("Missing value for key 'a'");
    expect(opened.problems[1]).toMatchObject({ code: 'not-allowed', jobId: 'a' });
  });

  it('says where the bytes are', () => {
    const result = { outcome: null, comments: 'x'.repeat(500), return_code: null, execution_duration: null };
    const sizes = openSync(session(11, { big: [{ ...result, io_log: [] }], small: [] })).sizes();
    expect(sizes[0]).toMatchObject({ path: '$.session.results' });
    expect(sizes[1]).toMatchObject({ path: '$.session.results.big', owner: 'big' });
    expect(sizes.find(({ owner }) => owner === 'small')?.bytes).toBe(2);
  });
});
