import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { conversionLosses, convert } from '../../src/formats/convert.js';
import { openSync } from '../../src/formats/open.js';
import type { VersionNumber } from '../../src/formats/versions.js';
import { kernels } from '../kernels.js';
import { dormant, onDisk, openText, result, sessionIn } from './documents.js';

const lossesOf = (...args: Parameters<typeof conversionLosses>) =>
  conversionLosses(...args).map(({ path, text }) => `${path} ${text}`);
const HOLLOW = result(null);

describe('going down', () => {
  const full = dormant({
    version: 11,
    metadata: {
      title: 't',
      app_blob: 'YQ==',
      app_id: 'id',
      custom_joblist: true,
      rejected_jobs: ['a'],
      last_job_start_time: 1.5,
      remaining_todo_jobs: true,
    },
    results: {
      a: [result('fail'), result('crash'), result('pass')],
      b: [result('fail'), result('pass')],
      c: [result('skip')],
    },
    more: {
      mandatory_job_list: ['a'],
      system_information: { dmi: { outputs: { payload: 1, stderr: '' }, success: true, tool_version: '1' } },
    },
  });

  it('lists everything that the version cannot hold', () => {
    expect(lossesOf(full, { version: 1 })).toStrictEqual([
      '$.session.metadata.app_blob dropped: the format has it since version 2',
      '$.session.metadata.app_id dropped: the format has it since version 3',
      '$.session.metadata.custom_joblist dropped: the format has it since version 6',
      '$.session.metadata.rejected_jobs dropped: the format has it since version 6',
      '$.session.metadata.last_job_start_time dropped: the format has it since version 7',
      '$.session.metadata.remaining_todo_jobs dropped: the format has it since version 11',
      '$.session.results.a 2 earlier results are dropped: version 1 keeps the last one only',
      '$.session.results.b the earlier result is dropped: version 1 keeps the last one only',
      '$.session.mandatory_job_list stays in the file, but readers of version 1 ignore it',
      '$.session.system_information dropped: the format has it since version 8',
    ]);
    expect(lossesOf(full, { version: 10 })).toStrictEqual([
      '$.session.metadata.remaining_todo_jobs dropped: the format has it since version 11',
    ]);
    expect(lossesOf(full, { version: 11 })).toStrictEqual([]);
  });

  it('drops it only when told to', () => {
    expect(() => convert(full, { version: 7 })).toThrow(
      expect.objectContaining({
        code: 'not-representable',
        path: '$.session.metadata.remaining_todo_jobs',
        message:
          'version 7 cannot hold all of the session: $.session.metadata.remaining_todo_jobs dropped: the format has it since version 11 (and 1 more)',
      }),
    );
    const session = sessionIn(convert(full, { version: 1, force: true }));
    expect(Object.keys(session)).toStrictEqual([
      'desired_job_list',
      'jobs',
      'mandatory_job_list',
      'metadata',
      'results',
    ]);
    expect(session.metadata).toStrictEqual({ flags: [], running_job_name: null, title: 't' });
    expect(session.results).toStrictEqual({ a: [result('pass')], b: [result('pass')], c: [result('skip')] });
    expect(session.jobs).toStrictEqual(full.document.get('jobs')!.toJS());
  });

  it('loses nothing where the values are the defaults', () => {
    for (let version = 1; version <= 11; version++) {
      const session = dormant({ version: 11, results: { a: [result('pass')] } });
      expect(lossesOf(session, { version: version as VersionNumber })).toStrictEqual([]);
    }
  });

  it('tells of the flag that decides about results', () => {
    const strict = dormant({ version: 6, metadata: { flags: ['strict_template_expansion'] } });
    expect(lossesOf(strict, { version: 5 })).toStrictEqual([
      '$.session.metadata.flags strict_template_expansion stays, but results are restored in its light since version 6 only',
    ]);
    expect(lossesOf(strict, { version: 11 })).toStrictEqual([]);
  });
});

describe('going up', () => {
  it('gives every new field what readers assume of it', () => {
    const bytes = convert(dormant({ version: 1 }), { version: 11 });
    expect(gunzipSync(bytes).toString()).toBe(
      '{"session":{"desired_job_list":[],"jobs":{},"mandatory_job_list":[],"metadata":{"app_blob":"","app_id":null,"custom_joblist":false,"flags":[],"last_job_start_time":null,"rejected_jobs":[],"remaining_todo_jobs":false,"running_job_name":null,"title":null},"results":{},"system_information":{}},"version":11}',
    );
  });

  it('does not give a meaning to members that the version ignores', () => {
    const early = dormant({
      version: 5,
      metadata: { custom_joblist: true, unheard_of: 1 },
      more: { system_information: { x: 1 } },
    });
    expect(lossesOf(early, { version: 8 })).toStrictEqual([
      '$.session.metadata.custom_joblist replaced by the default: readers of version 5 ignore it',
      '$.session.system_information replaced by the default: readers of version 5 ignore it',
    ]);
    const session = sessionIn(convert(early, { version: 8, force: true }));
    expect(session.metadata).toMatchObject({ custom_joblist: false, unheard_of: 1 });
    expect(session.system_information).toStrictEqual({});
    expect(lossesOf(early, { version: 4 })).toStrictEqual([]);
    expect(sessionIn(convert(early, { version: 4 })).system_information).toStrictEqual({ x: 1 });
  });

  it('keeps the mandatory list that all versions write, if it is one', () => {
    const withList = (list: unknown) =>
      dormant({
        version: 5,
        results: { a: [result('pass')] },
        more: { desired_job_list: ['b'], mandatory_job_list: list },
      });
    const good = withList(['a', 'b']);
    expect(lossesOf(good, { version: 6 })).toStrictEqual([]);
    expect(sessionIn(convert(good, { version: 6 })).mandatory_job_list).toStrictEqual(['a', 'b']);
    for (const list of [['unknown'], [1], null, 'a']) {
      expect(lossesOf(withList(list), { version: 6 })).toStrictEqual([
        '$.session.mandatory_job_list replaced by an empty list: it is no list of jobs of the session',
      ]);
      expect(
        sessionIn(convert(withList(list), { version: 6, force: true })).mandatory_job_list,
      ).toStrictEqual([]);
      expect(sessionIn(convert(withList(list), { version: 1 })).mandatory_job_list).toStrictEqual(list);
    }
    expect(sessionIn(convert(withList(undefined), { version: 6 })).mandatory_job_list).toStrictEqual([]);
  });

  it('leaves out results that say nothing', () => {
    const session = dormant({
      version: 3,
      results: { a: [HOLLOW], b: [result('pass')], c: [HOLLOW, result('fail')] },
    });
    expect(lossesOf(session, { version: 4 })).toStrictEqual([]);
    expect(sessionIn(convert(session, { version: 4 })).results).toStrictEqual({
      b: [result('pass')],
      c: [result('fail')],
    });
    expect(sessionIn(convert(session, { version: 2 })).results.a).toStrictEqual([HOLLOW]);
  });
});

describe('names of logs', () => {
  const nameIn = (from: number, name: string, version: VersionNumber, location: string | null) => {
    const session = dormant({ version: from, results: { a: [{ ...onDisk(name), extra: [1] }] } });
    const [stored] = sessionIn(convert(session, { version, location, force: true })).results.a;
    expect(stored).toStrictEqual({ ...onDisk(stored.io_log_filename), extra: [1] });
    return [
      stored.io_log_filename,
      ...conversionLosses(session, { version, location }).map(({ text }) => text),
    ];
  };

  it('become absolute below version 5', () => {
    expect(nameIn(11, 'io-logs/x', 4, '/s')).toStrictEqual(['/s/io-logs/x']);
    expect(nameIn(5, '../x', 1, '/s/t/')).toStrictEqual(['/s/t/../x']);
    expect(nameIn(5, '/other/x', 4, '/s')).toStrictEqual(['/other/x']);
  });

  it('become relative from version 5 on, where they lie inside', () => {
    expect(nameIn(4, '/s/io-logs/x', 5, '/s')).toStrictEqual(['io-logs/x']);
    expect(nameIn(1, '/other/x', 11, '/s')).toStrictEqual(['/other/x']);
    expect(nameIn(1, '/s/x', 11, null)).toStrictEqual(['/s/x']);
  });

  it('stay between versions that agree', () => {
    expect(nameIn(5, 'io-logs/../x', 11, '/s')).toStrictEqual(['io-logs/../x']);
    expect(nameIn(4, 'x', 1, '/s')).toStrictEqual(['x']);
  });

  it('that cannot be told are told of', () => {
    expect(nameIn(11, 'x', 4, null)).toStrictEqual([
      'x',
      'the relative name counted from the session directory, now from the working directory',
    ]);
    expect(nameIn(4, 'x', 11, '/s')).toStrictEqual([
      'x',
      'the relative name counted from the working directory, now from the session directory',
    ]);
  });

  it('count from an absolute location only', () => {
    const session = dormant({ version: 4 });
    expect(() => convert(session, { version: 5, location: 'here' })).toThrow(RangeError);
  });
});

describe('what is copied', () => {
  it('is the same from every kernel, also where its text is not kept in memory', () => {
    const lines = Array.from({ length: 40_000 }, (_, line) => ['stdout', `line ${line * line}\n`] as const);
    const large = dormant({ version: 11, results: { a: [result('pass', ...lines)], b: [onDisk('/s/x')] } });
    const bytes = convert(large, { version: 11 });
    const [first, ...others] = kernels.map((kernel) =>
      convert(openSync(bytes, { kernel }), { version: 4, location: '/s' }),
    );
    expect(sessionIn(first!).results).toStrictEqual(large.document.get('results')!.toJS());
    for (const other of others) expect(Buffer.from(other).equals(first!)).toBe(true);
  });

  it('stays as it stands, and members that no version knows as well', () => {
    const text =
      '{"version": 9, "extra": [1 , 2], "session": {"jobs": {}, "desired_job_list": [ ], "mandatory_job_list": [],' +
      ' "zeta": 1E400, "metadata": {"title": "\\u0041\\ud800", "flags": [], "running_job_name": null, "app_blob": "",' +
      ' "app_id": null, "custom_joblist": false, "rejected_jobs": [], "last_job_start_time": 1.50, "z": 1},' +
      ' "results": {"a": [{"outcome": "pass", "b": 2}]}, "system_information": {"x": { }}}}';
    expect(gunzipSync(convert(openText(text), { version: 10 })).toString()).toBe(
      '{"extra":[1 , 2],"session":{"desired_job_list":[ ],"jobs":{},"mandatory_job_list":[],"metadata":{"app_blob":"",' +
        '"app_id":null,"custom_joblist":false,"flags":[],"last_job_start_time":1.50,"rejected_jobs":[],' +
        '"running_job_name":null,"title":"\\u0041\\ud800","z":1},"results":{"a": [{"outcome": "pass", "b": 2}]},' +
        '"system_information":{"x": { }},"zeta":1E400},"version":10}',
    );
  });
});

it.each([
  ['metadata', { metadata: { title: 1 } }],
  ['results', { more: { results: null } }],
  ['jobs', { more: { jobs: [] } }],
  ['system_information', { more: { system_information: null } }],
])('refuses a session with broken %s', (_part, parts) => {
  expect(() => convert(dormant({ version: 9, ...parts }), { version: 8 })).toThrow(
    expect.objectContaining({ name: 'CorruptedSessionError' }),
  );
});
