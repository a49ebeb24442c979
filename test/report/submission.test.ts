import { describe, expect, it } from 'vitest';
import { reportText } from '../../src/report/index.js';
import { createUnit } from '../../src/units/kinds.js';
import { readNdjson, readSubmission } from './readers.js';
import { log, MemoryFiles, reportOf, sampleReport } from './reports.js';

const unit = (data: Record<string, string>) =>
  createUnit(new Map(Object.entries(data)), { namespace: 'com.example' });

describe('json', () => {
  it('reports the sample in the shape of submission.json', async () => {
    const submission = readSubmission(await reportText(await sampleReport(true), 'json'));
    expect(submission).toMatchObject({
      title: 'laptop-quick',
      testplan_id: 'com.example.laptop::quick',
      description: 'Sample of a session that was cut off',
      custom_joblist: false,
      'rejected-jobs': [],
      problems: [],
      category_map: {
        'com.canonical.plainbox::uncategorised': 'Uncategorised',
        'com.example.laptop::storage': 'Storage',
        'com.example.laptop::power': 'Power and thermal',
      },
    });
    expect(submission.results.map(({ id, status, outcome }) => [id, status, outcome])).toStrictEqual([
      ['cpu/info', 'pass', 'pass'],
      ['memory/info', 'pass', 'pass'],
      ['memory/bandwidth', 'fail', 'fail'],
      ['memory/ecc', 'skip', 'skipped-dependency'],
      ['disk/read-nvme0n1', 'pass', 'pass'],
      ['disk/read-sda', 'pass', 'pass'],
      ['disk/smart-nvme0n1', 'pass', 'pass'],
      ['storage/tape', 'skip', 'skipped-resource'],
      ['audio/beep', 'pass', 'pass'],
      ['power/crash', 'fail', 'crash'],
    ]);
    expect(submission['resource-results']).toMatchObject([
      { full_id: 'com.example.laptop::disk', type: 'resource', plugin: 'resource', category: 'Storage' },
    ]);
    expect(submission.results[4]).toMatchObject({
      full_id: 'com.example.laptop::disk/read-nvme0n1',
      name: 'Read performance of nvme0n1',
      template_id: 'com.example.laptop::disk/read',
    });
    // The test plan says so.
    expect(submission.results[2]).toMatchObject({ certification_status: 'blocker' });
  });

  it('needs no definitions: names are then ids, and all jobs are tests', async () => {
    const submission = readSubmission(await reportText(await sampleReport(false), 'json'));
    expect(submission.results).toHaveLength(11);
    expect(submission.results[2]).toMatchObject({
      name: 'memory/bandwidth',
      plugin: null,
      certification_status: 'unspecified',
      category_id: 'com.canonical.plainbox::uncategorised',
    });
    expect(submission.session).toMatchObject({
      running_job: 'com.example.laptop::power/stress',
      jobs_left: ['power/stress', 'power/idle', 'power/suspend'].map((id) => `com.example.laptop::${id}`),
    });
  });

  it('takes what it can from definitions that are changed, incomplete or contradict each other', async () => {
    const results = { 'com.example::a': [{ outcome: 'pass' }], 'com.example::b': [{ outcome: 'fail' }] };
    const a = unit({ id: 'a', plugin: 'shell', command: 'x', _summary: 'Job A', category_id: 'net' });
    const category = unit({ unit: 'category', id: 'net', _name: 'Networking' });
    const other = unit({ id: 'a', plugin: 'manual', _summary: 'Another job A' });
    const read = async (...units: (typeof a)[]) =>
      readSubmission(await reportText(await reportOf({ results }, { units }), 'json')).results;
    expect(await read(a, category)).toMatchObject([
      { name: 'Job A', plugin: 'shell', category: 'Networking', category_id: 'com.example::net' },
      { name: 'b', plugin: null, category: 'Uncategorised' },
    ]);
    expect(await read(a, other)).toMatchObject([{ name: 'Another job A', plugin: 'manual' }, { name: 'b' }]);
  });

  it('gives logs as flat text, attachments as text or nothing', async () => {
    const results = {
      'com.example::test': [{ outcome: 'pass', io_log: log('a\x1b[1m\n', '!b\n') }],
      'com.example::good': [{ outcome: 'pass', io_log: log('caf\u00e9', '!not this') }],
      'com.example::bad': [
        { outcome: 'pass', io_log: [[0, 'stdout', Buffer.from([0x61, 0xff]).toString('base64')]] as never },
      ],
    };
    const units = ['good', 'bad'].map((id) => unit({ id, plugin: 'attachment', command: 'x' }));
    const submission = readSubmission(await reportText(await reportOf({ results }, { units }), 'json'));
    expect(submission.results).toMatchObject([{ io_log: 'a[1m\nb\n' }]);
    expect(submission['attachment-results']).toMatchObject([{ io_log: 'caf\u00e9' }, { io_log: '' }]);
  });

  it('gives what the collectors found out, and tells of what is malformed', async () => {
    const good = {
      tool_version: '1.0',
      success: true,
      outputs: { payload: { cpu: ['x86', 4.5, null] }, stderr: '' },
    };
    const failed = {
      tool_version: '',
      success: false,
      outputs: { stdout: '', stderr: 'no', return_code: 1 },
    };
    const report = await reportOf({ system_information: { good, failed, bad: { success: true } } });
    const submission = readSubmission(await reportText(report, 'json'));
    expect(submission.system_information).toStrictEqual({ good, failed });
    expect(submission.problems).toMatchObject([{ code: 'missing-key' }]);
  });

  it('writes a collector of many megabytes in pieces', async () => {
    const payload = {
      journal: 'line \ud83d\ude00 "q" \\ \n'.repeat(20_000),
      list: Array.from({ length: 20_000 }, (_, i) => i),
    };
    const big = { tool_version: '1', success: true, outputs: { payload, stderr: '' } };
    const submission = readSubmission(
      await reportText(await reportOf({ system_information: { big } }), 'json'),
    );
    expect(submission.system_information).toStrictEqual({ big });
  });

  it('keeps integers exact, and what JSON does not have out', async () => {
    const report = await reportOf(
      {
        results: { a: [{ outcome: 'fail', return_code: 4711, execution_duration: 12 }] },
        system_information: {
          c: { tool_version: null, success: true, outputs: { payload: [4711, 12.5], stderr: '' } },
        },
      },
      {},
      (text) => text.replaceAll('4711', '1234567890123456789').replaceAll(/12\.[05]/g, 'NaN'),
    );
    const text = await reportText(report, 'json');
    expect(readSubmission(text).results).toMatchObject([{ duration: null }]);
    expect(text).toContain('"payload":[1234567890123456789,null]');
    expect(await reportText(report, 'ndjson')).toContain('"return_code":1234567890123456789');
  });

  it('lists rejected jobs and the categories of what ran', async () => {
    const report = await reportOf({
      results: { 'com.example::a': [{ outcome: 'pass' }] },
      metadata: { rejected_jobs: ['com.example::b'] },
    });
    const submission = readSubmission(await reportText(report, 'json'));
    expect(submission['rejected-jobs']).toMatchObject([{ id: 'b', full_id: 'com.example::b' }]);
    expect(submission.results).toHaveLength(1);
  });

  it('tells of logs that are missing or damaged, and goes on', async () => {
    const results = {
      a: [{ outcome: 'fail', io_log_filename: 'io-logs/a.record.gz' }],
      b: [{ outcome: 'fail', io_log_filename: 'io-logs/b.record.gz' }],
    };
    const files = new MemoryFiles([['io-logs/b.record.gz', new Uint8Array([1, 2, 3])]]);
    const report = await reportOf({ results }, { files, location: '' });
    const submission = readSubmission(await reportText(report, 'json'));
    expect(submission.problems).toMatchObject([
      { code: 'missing-file', job_id: 'a', path: '$.session.results.a[0]' },
      { code: 'damaged-record-file', job_id: 'b' },
    ]);
    expect(submission.results).toMatchObject([{ io_log: '' }, { io_log: '' }]);
  });
});

describe('ndjson', () => {
  it('has one line for each run of each job', async () => {
    const report = await reportOf({
      results: {
        a: [
          { outcome: 'fail', return_code: 1, execution_duration: 2 },
          { outcome: 'pass', return_code: 0, io_log: log('fine\n') },
        ],
      },
      desired: ['a', 'b'],
    });
    expect(readNdjson(await reportText(report, 'ndjson'))).toMatchObject([
      { kind: 'session', title: 'test', format_version: 11, jobs_left: ['b'] },
      { kind: 'result', job: 'a', attempt: 1, attempts: 2, status: 'fail', return_code: 1, duration: 2 },
      { kind: 'result', job: 'a', attempt: 2, attempts: 2, status: 'pass', io_log: 'fine\n' },
      { kind: 'left', job: 'b', running: false },
    ]);
  });
});
