/** What a salvage makes of content: breaking off, malformed, of a lost version, to be resumed. */

import { constants, deflateRawSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { explainResume, type ResumeExplanation } from '../../src/formats/explain.js';
import { type Salvage, salvage } from '../../src/formats/salvage.js';
import { salvageResumable } from '../../src/formats/salvage-resumable.js';
import { placeOf } from './resumed-cases.js';
import { folderOf, forged, HEADER_BYTES, opened, RESULT, salvageText } from './salvaged.js';

describe('what is salvaged of a result that breaks off', () => {
  const history = [
    { ...RESULT },
    {
      ...RESULT,
      io_log: [
        [0.5, 'stdout', 'YQ=='],
        [0.25, 'stderr', 'Yg=='],
      ],
    },
  ];
  const json = forged({ results: { a: history } });
  const cutBehind = (part: string) => salvageText(json.slice(0, json.lastIndexOf(part) + part.length));

  it('is its complete records, with a null outcome', () => {
    const salvaged = cutBehind('[0.25,"stderr","Yg=');
    const [first, second] = opened(salvaged).results.get('a')!;
    expect(first!.outcome).toBe('pass');
    expect(second!.outcome).toBeNull();
    expect(second!.executionDuration).toBe(1.5);
    const { counts, filledIn, losses } = salvaged.report;
    expect(counts).toMatchObject({ results: { kept: 2, lost: 0 }, records: { kept: 1, lost: 1 } });
    expect(filledIn).toEqual([
      { path: '$.session.results.a[1].outcome', value: 'null' },
      { path: '$.session.results.a[1].return_code', value: 'null' },
    ]);
    expect(losses.map(({ path, text: why }) => [path, why])).toEqual([
      ['$.session.results.a[1].io_log[1]', 'breaks off in here; what followed is missing'],
      ['$.session.results.a[1].io_log[1]', 'incomplete record'],
    ]);
  });

  it('is nothing if nothing in it says anything', () => {
    const salvaged = cutBehind('{"comments":null,');
    expect(opened(salvaged).results.get('a')).toHaveLength(1);
    expect(salvaged.report.counts.results).toEqual({ kept: 1, lost: 1 });
  });

  it('does not have the part of a text or a number', () => {
    const outcome = opened(cutBehind('"outcome":"pas')).results.get('a')![1]!;
    expect(outcome.outcome).toBeNull();
    const code = opened(cutBehind('"return_code":0')).results.get('a')![1]!;
    expect([code.outcome, code.returnCode]).toEqual(['pass', null]);
  });
});

describe('salvage of malformed content', () => {
  it('leaves out what Checkbox would refuse, and nothing else', () => {
    const salvaged = salvageText(
      forged({
        jobs: { a: 'x', b: 5 },
        metadata: {
          flags: ['incomplete', 7],
          rejected_jobs: ['a', 'nowhere'],
          custom_joblist: 'yes',
          more: [1],
        },
        results: {
          a: [
            { ...RESULT, outcome: 'great', io_log: [[1, 'stdout', 'YQ=='], [-1, 'stdout', 'YQ=='], 5] },
            null,
            { ...RESULT, io_log_filename: null, skip_reason: 'x' },
          ],
          b: [RESULT],
          c: [RESULT],
        },
      }),
    );
    const dormant = opened(salvaged);
    expect(dormant.document.toJS()).toEqual({
      desired_job_list: ['a', 'b'],
      jobs: { a: 'x' },
      mandatory_job_list: [],
      metadata: {
        app_blob: '',
        app_id: null,
        custom_joblist: false,
        flags: ['incomplete'],
        more: [1],
        rejected_jobs: ['a'],
        running_job_name: null,
        title: 't',
      },
      results: {
        a: [
          { ...RESULT, outcome: null, io_log: [[1, 'stdout', 'YQ==']] },
          { ...RESULT, skip_reason: 'x' },
        ],
      },
    });
    expect(salvaged.report.losses.map(({ path }) => path)).toEqual([
      '$.session.jobs.b',
      '$.session.metadata.flags[1]',
      '$.session.metadata.custom_joblist',
      '$.session.metadata.rejected_jobs[1]',
      '$.session.results.a[0].io_log[1]',
      '$.session.results.a[0].io_log[2]',
      '$.session.results.a[0].outcome',
      '$.session.results.a[1]',
      '$.session.results.a[2].io_log_filename',
      '$.session.results.b',
      '$.session.results.c',
    ]);
    expect(salvaged.report.counts).toEqual({
      jobs: { kept: 1, lost: 1 },
      results: { kept: 2, lost: 3 },
      records: { kept: 1, lost: 2 },
      collectors: { kept: 0, lost: 0 },
    });
  });

  it('leaves out collectors that are malformed or incomplete', () => {
    const outputs = { payload: { a: 1.5 }, stderr: '' };
    const good = { outputs, success: true, tool_version: '1' };
    const rest = { system_information: { a: good, b: { ...good, success: false }, c: good } };
    const metadata = { last_job_start_time: 1.5 };
    const json = forged({ metadata, version: 8, rest });
    const whole = salvageText(json);
    expect(opened(whole).systemInformation!.toJS()).toMatchObject({ a: good, c: good });
    expect(whole.report.counts.collectors).toEqual({ kept: 2, lost: 1 });
    const cut = salvageText(json.slice(0, json.lastIndexOf(',"tool_version"')));
    expect([...opened(cut).systemInformation!.members().keys()]).toEqual(['a']);
    expect(cut.report.counts.collectors).toEqual({ kept: 1, lost: 2 });
  });

  it('leaves out jobs on request, wherever they are named', () => {
    const json = forged({ metadata: { rejected_jobs: ['a'] }, results: { a: [RESULT], b: [RESULT] } });
    const salvaged = salvage(new TextEncoder().encode(json), { leaveOut: ['a'] });
    const dormant = opened(salvaged);
    expect([...dormant.jobs.keys(), ...dormant.results.keys(), ...dormant.desiredJobList]).toEqual([
      'b',
      'b',
      'b',
    ]);
    expect(dormant.metadata.rejectedJobs).toEqual([]);
    expect(salvaged.report.losses).toHaveLength(4);
  });
});

describe('the version of a document that has lost it', () => {
  const versionOf = (json: string) => salvageText(json).report.version;
  const lost = (json: string) => json.slice(0, json.lastIndexOf(',"version"'));

  it('is told by the fields of the metadata and the parts of the session', () => {
    expect(versionOf(lost(forged({})))).toEqual({ number: 6, isStored: false, lowest: 6, highest: 6 });
    const eleven = { last_job_start_time: null, remaining_todo_jobs: true };
    expect(versionOf(lost(forged({ metadata: eleven, rest: { system_information: {} } })))).toMatchObject({
      number: 11,
      lowest: 11,
    });
    const three = forged({}).replace(/"custom_joblist":false,|"rejected_jobs":\[\],/g, '');
    expect(versionOf(lost(three))).toMatchObject({ number: 3, lowest: 3, highest: 5 });
  });

  it('is the lowest one that holds what is left', () => {
    const behind = (json: string, part: string) => json.slice(0, json.indexOf(part) + part.length);
    expect(versionOf(behind(forged({}), '"jobs":{"a":"x"'))).toMatchObject({
      number: 1,
      lowest: 1,
      highest: 11,
    });
    expect(versionOf(behind(forged({}), '"custom_joblist":false'))).toMatchObject({ lowest: 6, highest: 11 });
    // Only readers of version 6 and later read the mandatory list.
    const mandatory = forged({}).replace('"mandatory_job_list":[]', '"mandatory_job_list":["a"]');
    expect(versionOf(behind(mandatory, '"mandatory_job_list":["a"]'))).toMatchObject({
      number: 6,
      lowest: 1,
    });
    // Flags come behind all fields of versions 2 to 6 but one.
    const one = forged({}).replace(/"app_blob":"","app_id":null,"custom_joblist":false,/, '');
    expect(versionOf(behind(one, '"flags":[]'))).toMatchObject({ number: 1, lowest: 1, highest: 1 });
    const relative = { ...RESULT, io_log_filename: 'io-logs/a.record.gz' };
    const three = forged({ results: { a: [relative] } });
    const five = three.replace(/"custom_joblist":false,|"rejected_jobs":\[\],/g, '');
    expect(versionOf(lost(five))).toMatchObject({ number: 5, lowest: 3, highest: 5 });
  });
});

describe('salvageResumable', () => {
  it('leaves out the jobs that nothing generates any more', () => {
    const folder = folderOf('v10-templates');
    const place = placeOf(folder, '/nowhere');
    const bytes = folder.bytes('session');
    const whole = salvageResumable(bytes, place) as Salvage;
    expect(whole.report.isComplete).toBe(true);
    const cut = cutBefore(bytes, '"results"');
    const plain = salvage(cut);
    const refusals = (explainResume(opened(plain), place) as ResumeExplanation).reasons;
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['unknown-job']));
    const resumable = salvageResumable(cut, place) as Salvage;
    expect((explainResume(opened(resumable), place) as ResumeExplanation).reasons).toEqual([]);
    expect(resumable.report.counts.jobs.lost).toBeGreaterThan(0);
  });
});

/** The document of a session up to a part of it, compressed and cut off there. */
function cutBefore(bytes: Uint8Array, part: string): Uint8Array {
  const document = gunzipSync(bytes);
  const start = deflateRawSync(document.subarray(0, document.indexOf(part)), {
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  return Buffer.concat([bytes.subarray(0, HEADER_BYTES), start]);
}
