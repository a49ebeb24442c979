import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { resumeSync } from '../../src/formats/resume.js';
import { type SuspendOptions, suspend } from '../../src/formats/suspend.js';
import type { VersionNumber } from '../../src/formats/versions.js';
import { IOLog } from '../../src/results/io-log.js';
import { DiskJobResult, MemoryJobResult } from '../../src/results/job-result.js';
import { SessionState } from '../../src/session/state.js';
import { desire, job, record, result, sessionOf, unitsOf } from '../session/fixtures.js';
import { DEMO } from '../units/demo-units.js';

function textOf(session: SessionState, options: SuspendOptions): string {
  return gunzipSync(suspend(session, options)).toString();
}

function documentOf(session: SessionState, options: SuspendOptions = {}) {
  return JSON.parse(textOf(session, options)).session;
}

describe('minimal documents', () => {
  const head = '{"session":{"desired_job_list":[],"jobs":{},"mandatory_job_list":[],"metadata":{';
  const metadata: readonly (readonly [VersionNumber, string, string])[] = [
    [1, '"flags":[],"running_job_name":null,"title":null', ''],
    [2, '"app_blob":"","flags":[],"running_job_name":null,"title":null', ''],
    [3, '"app_blob":"","app_id":null,"flags":[],"running_job_name":null,"title":null', ''],
    [4, '"app_blob":"","app_id":null,"flags":[],"running_job_name":null,"title":null', ''],
    [5, '"app_blob":"","app_id":null,"flags":[],"running_job_name":null,"title":null', ''],
    [
      6,
      '"app_blob":"","app_id":null,"custom_joblist":false,"flags":[],"rejected_jobs":[],"running_job_name":null,"title":null',
      '',
    ],
    [
      7,
      '"app_blob":"","app_id":null,"custom_joblist":false,"flags":[],"last_job_start_time":null,"rejected_jobs":[],"running_job_name":null,"title":null',
      '',
    ],
    ...([8, 9, 10] as const).map(
      (version) =>
        [
          version,
          '"app_blob":"","app_id":null,"custom_joblist":false,"flags":[],"last_job_start_time":null,"rejected_jobs":[],"running_job_name":null,"title":null',
          ',"system_information":{}',
        ] as const,
    ),
    [
      11,
      '"app_blob":"","app_id":null,"custom_joblist":false,"flags":[],"last_job_start_time":null,"rejected_jobs":[],"remaining_todo_jobs":false,"running_job_name":null,"title":null',
      ',"system_information":{}',
    ],
  ];

  it.each(metadata)('of version %i', (version, fields, tail) => {
    const expected = `${head}${fields}},"results":{}${tail}},"version":${version}}`;
    expect(textOf(new SessionState([]), { version })).toBe(expected);
  });

  it('of version 1 with two jobs that never ran', () => {
    const units = unitsOf('id: a\nplugin: shell\ncommand: x\n\nid: r\nplugin: resource\ncommand: x\n');
    expect(textOf(new SessionState(units), { version: 1 })).toBe(
      '{"session":{"desired_job_list":[],"jobs":{"a":"96c29a35384c8b08eeed507ed627168c390d2e3d3bb8747ae9f95647df869d1a","r":"bf30e5f5effb0503575893783914cb092599895cbc744e54b823d10594254914"},"mandatory_job_list":[],"metadata":{"flags":[],"running_job_name":null,"title":null},"results":{"a":[{"comments":null,"execution_duration":null,"io_log":[],"outcome":null,"return_code":null}],"r":[{"comments":null,"execution_duration":null,"io_log":[],"outcome":null,"return_code":null}]}},"version":1}',
    );
  });
});

it('gives the document of the end-to-end example', () => {
  const units = unitsOf(DEMO, 'com.example');
  const text =
    '{"session":{"desired_job_list":["com.example::net/link-eth0","com.example::com-check"],"jobs":{"com.example::com-check":"02f8762f556b069948a33b6fc3a08f38b064fa3a72565cb3675d1bf45a4f59df","com.example::net/devices":"0ea0eb935234ae2c22accef4b0e5c410b81ecf002ea49529c7215732c17731be","com.example::net/link-eth0":"e5b15d031f4a44ec2581abf37eae7109c6e368edeea6276492523f122001c397"},"mandatory_job_list":[],"metadata":{"app_blob":"eyJrIjoxfQ==","app_id":"app","custom_joblist":false,"flags":["incomplete"],"last_job_start_time":1700000000.5,"rejected_jobs":[],"remaining_todo_jobs":true,"running_job_name":"com.example::com-check","title":"demo"},"results":{"com.example::net/devices":[{"comments":null,"execution_duration":0.25,"io_log":[[0.001,"stdout","aWZhY2U6IGV0aDAK"],[0.0,"stdout","a2luZDogZXRoCg=="],[0.0,"stderr","d2FybmluZwo="],[0.0,"stdout","Cg=="],[0.0,"stdout","aWZhY2U6IHdsYW4wCg=="],[0.0,"stdout","a2luZDogd2lmaQo="],[0.0,"stdout","Cg=="],[0.0,"stdout","aWZhY2U6IGV0aDEK"],[0.0,"stdout","a2luZDogZXRoCg=="],[0.0,"stdout","bWFjOiBhYQo="]],"outcome":"pass","return_code":0}],"com.example::net/link-eth0":[{"comments":"no cable","execution_duration":1.5,"io_log":[[0.1,"stdout","bm8gbGluawo="]],"outcome":"fail","return_code":1}]},"system_information":{}},"version":11}';
  expect(textOf(resumeSync(gzipSync(text), { units }), {})).toBe(text);
});

describe('the envelope', () => {
  const bytes = suspend(sessionOf('a', 'b'));

  it('is one member with a fixed header, made at maximum compression', () => {
    expect([...bytes.subarray(0, 10)]).toStrictEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 0xff]);
  });

  it('is the same for equal sessions', () => {
    expect(suspend(sessionOf('a', 'b'))).toStrictEqual(bytes);
  });
});

describe('the jobs that are listed', () => {
  /** `run` has a result, `wanted` is on the run list, `rejected` was rejected, `idle` is none of that. */
  function mixed(): SessionState {
    const session = sessionOf('idle', 'rejected', 'run', 'wanted', 'was-run');
    session.updateJobResult(job(session, 'run'), result('pass'));
    session.updateJobResult(job(session, 'was-run'), result('pass'));
    session.updateJobResult(job(session, 'was-run'), new MemoryJobResult({}));
    desire(session, 'wanted');
    session.metadata.rejectedJobs = ['rejected', 'nobody'];
    return session;
  }
  const jobsIn = (version: VersionNumber, flag?: string) => {
    const session = mixed();
    if (flag !== undefined) session.metadata.flags.add(flag);
    return Object.keys(documentOf(session, { version }).jobs).join(' ');
  };

  it('are all of them in versions 1 to 3', () => {
    for (const version of [1, 2, 3] as const) {
      expect(jobsIn(version)).toBe('idle rejected run wanted was-run');
    }
  });

  it('are those that ran or will run since version 4, with a history also where the last result is hollow', () => {
    for (const version of [4, 5] as const) expect(jobsIn(version)).toBe('run wanted was-run');
  });

  it('include known rejected jobs since version 6', () => {
    for (const version of [6, 7, 8, 9, 10, 11] as const)
      expect(jobsIn(version)).toBe('rejected run wanted was-run');
    expect(documentOf(mixed()).metadata.rejected_jobs).toStrictEqual(['rejected', 'nobody']);
  });

  it('are all of them while the session is set up, since version 10', () => {
    expect(jobsIn(9, 'setting_up')).toBe('rejected run wanted was-run');
    expect(jobsIn(10, 'setting_up')).toBe('idle rejected run wanted was-run');
  });
});

describe('results', () => {
  it('are the current one in versions 1 to 3, the history since version 4', () => {
    const session = sessionOf('a');
    for (const outcome of ['fail', 'pass']) session.updateJobResult(job(session, 'a'), result(outcome));
    const outcomes = (version: VersionNumber) =>
      documentOf(session, { version }).results.a.map((stored: { outcome: string }) => stored.outcome);
    expect(outcomes(3)).toStrictEqual(['pass']);
    expect(outcomes(4)).toStrictEqual(['fail', 'pass']);
  });

  it('keep nothing but the members that the format has, comments without terminal sequences', () => {
    const session = sessionOf('a');
    const full = new MemoryJobResult({
      outcome: 'skip',
      comments: 'a\x1b[31mred\x1b[0m',
      returnCode: 12345678901234567890n,
      executionDuration: 1e22,
      skipReason: new Map([['related_manifests', ['m']]]),
      ioLog: IOLog.from([
        { delay: 1, stream: 'stderr', data: new Uint8Array([0xff]) },
        { delay: 0, stream: '', data: new Uint8Array(0), stored: { delay: 2n, stream: 'odd \u00e9' } },
      ]),
    });
    session.updateJobResult(job(session, 'a'), full);
    expect(textOf(session, {})).toContain(
      '"a":[{"comments":"ared","execution_duration":1e+22,"io_log":[[1.0,"stderr","/w=="],[2,"odd é",""]],"outcome":"skip","return_code":12345678901234567890}]',
    );
  });
});

describe('names of logs on disk', () => {
  const nameIn = (name: string | null, options: SuspendOptions) => {
    const session = sessionOf('a');
    session.updateJobResult(job(session, 'a'), new DiskJobResult({ outcome: 'pass', ioLogFilename: name }));
    return documentOf(session, options).results.a[0].io_log_filename;
  };

  it('stay as they are until version 4, and without a location', () => {
    expect(nameIn('/s/io-logs/x', { version: 4, location: '/s' })).toBe('/s/io-logs/x');
    expect(nameIn('/s/io-logs/x', { version: 5 })).toBe('/s/io-logs/x');
    expect(nameIn('io-logs/x', { version: 11, location: '/s' })).toBe('io-logs/x');
  });

  it('count from the location since version 5', () => {
    expect(nameIn('/s/io-logs/x', { version: 5, location: '/s' })).toBe('io-logs/x');
    expect(nameIn('/s/./io-logs/../y', { version: 11, location: '/s//' })).toBe('y');
    expect(nameIn('/other/x', { version: 11, location: '/s/t' })).toBe('../../other/x');
    expect(nameIn('s/x', { version: 11, location: 's' })).toBe('x');
    expect(nameIn('s/x', { version: 11, location: '../t' })).toBe('s/x');
  });

  it('are null where there is none, but with a location since version 5 that cannot be written', () => {
    expect(nameIn(null, { version: 4, location: '/s' })).toBeNull();
    expect(() => nameIn(null, { version: 5, location: '/s' })).toThrow(
      expect.objectContaining({
        code: 'not-representable',
        path: '$.session.results.a[0].io_log_filename',
        jobId: 'a',
      }),
    );
  });
});

describe('text that UTF-8 cannot hold', () => {
  const lone = 'x\ud800y';

  it.each<[string, (session: SessionState) => void]>([
    ['$.session.metadata.title', ({ metadata }) => (metadata.title = lone)],
    ['$.session.metadata.flags[1]', ({ metadata }) => metadata.flags.add('a').add(lone)],
    ['$.session.metadata.rejected_jobs[0]', ({ metadata }) => (metadata.rejectedJobs = [lone])],
    [
      '$.session.results.a[0].comments',
      (session) => session.updateJobResult(job(session, 'a'), new MemoryJobResult({ comments: lone })),
    ],
    [
      '$.session.system_information.dmi.outputs.payload["a b"][1]',
      (session) => {
        const outputs = new Map([['payload', new Map([['a b', [null, lone]]])]]);
        session.systemInformation = new Map([['dmi', { outputs, success: true, toolVersion: '1' }]]);
      },
    ],
  ])('is refused at %s', (path, spoil) => {
    const session = sessionOf('a');
    spoil(session);
    expect(() => suspend(session)).toThrow(expect.objectContaining({ code: 'not-representable', path }));
  });

  it('is not looked for in what the version leaves out', () => {
    const session = sessionOf('a');
    session.metadata.appId = lone;
    expect(() => suspend(session, { version: 2 })).not.toThrow();
  });
});

it('refuses a version that does not exist', () => {
  expect(() => suspend(sessionOf(), { version: 12 as VersionNumber })).toThrow(RangeError);
});

it('survives a log of megabytes in one record', () => {
  const session = sessionOf('a');
  const data = Uint8Array.from({ length: 5_000_001 }, (_, index) => (index * 7919) >>> 3);
  const log = new MemoryJobResult({ outcome: 'pass', ioLog: IOLog.from([record(data)]) });
  session.updateJobResult(job(session, 'a'), log);
  const [[, , text]] = documentOf(session).results.a[0].io_log;
  expect(Buffer.from(text, 'base64').equals(data)).toBe(true);
});
