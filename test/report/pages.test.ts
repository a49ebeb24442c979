import { describe, expect, it } from 'vitest';
import { reportText } from '../../src/report/index.js';
import { readCsv, readJunit } from './readers.js';
import { log, reportOf, sampleReport } from './reports.js';

const OUTCOMES = [
  'pass',
  'fail',
  'skip',
  'skipped-dependency',
  'skipped-resource',
  'skipped-manifest',
  'not-supported',
  'not-implemented',
  'undecided',
  'crash',
];
const everyOutcome = () =>
  reportOf({
    results: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, [{ outcome }]])),
    desired: ['none'],
  });

describe('junit', () => {
  it('passes only what passed', async () => {
    const { testsuite } = await readJunit(await reportText(await everyOutcome(), 'junit'));
    const verdicts = testsuite![0]!.testcase!.map(({ name, skipped, failure, error }) => {
      const kinds = { skipped, failure, error };
      return [name, Object.entries(kinds).find(([, found]) => found !== undefined)?.[0] ?? 'passed'];
    });
    expect(Object.fromEntries(verdicts)).toStrictEqual({
      pass: 'passed',
      fail: 'failure',
      crash: 'error',
      skip: 'skipped',
      'skipped-dependency': 'skipped',
      'skipped-resource': 'skipped',
      'skipped-manifest': 'skipped',
      'not-supported': 'skipped',
      'not-implemented': 'skipped',
      undecided: 'skipped',
      none: 'skipped',
    });
  });

  it('gives the reason of a skip', async () => {
    const { testsuite } = await readJunit(await reportText(await sampleReport(true), 'junit'));
    const cases = testsuite!.flatMap(({ testcase }) => testcase!);
    const skipped = cases.find(({ name }) => name === 'memory/ecc')!.skipped![0];
    expect(skipped).toMatchObject({ message: 'job cannot be started (failed dependency)' });
    expect(JSON.stringify(skipped)).toContain('- com.example.laptop::memory/bandwidth');
    expect(cases.find(({ name }) => name === 'power/stress')!.skipped![0]!.message).toBe(
      'job was running when the session was saved',
    );
    expect(cases.find(({ name }) => name === 'power/crash')!.error![0]).toMatchObject({
      message: 'job crashed, SIGSEGV',
      type: 'crash',
    });
  });

  it('has a suite for each category, and the times of the jobs', async () => {
    const suites = await readJunit(await reportText(await sampleReport(true), 'junit'));
    expect(suites.testsuite!.map(({ name }) => name)).toStrictEqual([
      'Uncategorised',
      'Storage',
      'Power and thermal',
    ]);
    expect(suites.time).toBeCloseTo(0.876, 3);
  });

  it('keeps the end of a stream that XML readers would refuse', async () => {
    const line = `${'x'.repeat(999)}\n`;
    const report = await reportOf({
      results: { a: [{ outcome: 'fail', io_log: log(line.repeat(12_000), 'the end\n') }] },
    });
    const { testsuite } = await readJunit(await reportText(report, 'junit'));
    const [output] = testsuite![0]!.testcase![0]!['system-out']!;
    expect(output!.length).toBeLessThan(10_000_000);
    expect(output).toMatch(/^\[… 2,501 earlier lines left out: more than XML readers take\]\nx/);
    expect(output!.trimEnd()).toMatch(/the end$/);
  });

  it('cuts comments and ids that XML readers would refuse', async () => {
    const id = 'i'.repeat(11_000_000);
    const comments = 'c'.repeat(11_000_000);
    const report = await reportOf({
      results: { [id]: [{ outcome: 'fail', comments }] },
      metadata: { title: id },
    });
    const { testsuite } = await readJunit(await reportText(report, 'junit'));
    expect(testsuite![0]!.testcase![0]!.failure![0]!.inner).toMatch(
      /^c+ \[…cut: too long for this report\]$/,
    );
  });

  it('takes no time that cannot be true', async () => {
    const results = Object.fromEntries(
      [1e300, 1e308, -1, 2.5].map((seconds, i) => [i, [{ outcome: 'pass', execution_duration: seconds }]]),
    );
    const { time } = await readJunit(await reportText(await reportOf({ results }), 'junit'));
    expect(time).toBe(2.5);
  });

  it('tells of problems without counting them as tests', async () => {
    const report = await reportOf({ results: { a: [{ outcome: 'fail', io_log_filename: 'gone' }] } });
    const suites = await readJunit(await reportText(report, 'junit'));
    expect(suites.tests).toBe(1);
    expect(suites.testsuite!.at(-1)!['system-err']![0]).toContain("cannot access file: 'gone' (job a");
  });
});

describe('csv', () => {
  it('has a row for each job, with the line that says why it failed', async () => {
    const rows = readCsv(await reportText(await sampleReport(true), 'csv'));
    expect(rows).toHaveLength(14);
    expect(rows.find(({ job }) => job === 'com.example.laptop::memory/bandwidth')).toMatchObject({
      name: 'Memory bandwidth is above the limit',
      status: 'fail',
      return_code: '1',
      first_failing_line: 'FAIL triad: 1920 MB/s is below 8000 MB/s',
    });
    expect(rows.find(({ job }) => job === 'com.example.laptop::power/crash')!.return_code).toBe('-11');
  });

  it('cuts what no cell can hold, and says so', async () => {
    const report = await reportOf({ results: { a: [{ outcome: 'pass', comments: 'c'.repeat(40_000) }] } });
    const [row] = readCsv(await reportText(report, 'csv'));
    expect(row!.comments).toHaveLength(32_767);
    expect(row!.comments).toMatch(/c \[…cut: more than a cell holds\]$/);
  });
});

describe('html', () => {
  it('shows failures first, with the ends of their logs', async () => {
    const page = await reportText(await sampleReport(true), 'html');
    const at = (text: string) => {
      expect(page).toContain(text);
      return page.indexOf(text);
    };
    expect(at('Failed and crashed (2)')).toBeLessThan(at('All jobs with a result (11)'));
    expect(at('FAIL triad')).toBeLessThan(at('Skipped (2)'));
    expect(page).toContain('<i>FAIL triad: 1920 MB/s is below 8000 MB/s</i>');
    expect(page).toContain('prefers-color-scheme:dark');
    expect(page).not.toMatch(/src=|href=|url\(|@import/);
  });

  it('carries no more than 10 MB of logs, failures first, and says so', async () => {
    // Every character takes five bytes once it is escaped.
    const log400 = log(`${'&'.repeat(999)}\n`.repeat(400));
    const passes = Array.from({ length: 120 }, (_, i) => [`pass${i}`, [{ outcome: 'pass', io_log: log400 }]]);
    const report = await reportOf({
      results: { ...Object.fromEntries(passes), fail: [{ outcome: 'fail', io_log: log400 }] },
    });
    const page = await reportText(report, 'html');
    expect(page.length).toBeLessThan(10_200_000);
    expect(page.length).toBeGreaterThan(9_000_000);
    const has = (text: string | RegExp) => page.search(text) >= 0;
    expect(has(/<b>\[201 earlier lines left out: they are in the session, not on this page\]<.b>/)).toBe(
      true,
    );
    expect(
      has(
        /This page does not have all logs: the logs of \d+ jobs are shortened to their ends, those of \d+ jobs are left out\./,
      ),
    ).toBe(true);
  });

  it('shows what the collectors found out', async () => {
    const payload = { cpu: { model: 'EPYC', cores: 4 }, disks: ['sda', 'sdb'], nothing: [] };
    const page = await reportText(
      await reportOf({
        system_information: {
          inxi: { tool_version: '3.3', success: true, outputs: { payload, stderr: '' } },
        },
      }),
      'html',
    );
    expect(page).toContain('<code>payload.cpu.cores</code></td><td>4</td>');
    expect(page).toContain('<code>payload.disks[1]</code></td><td>sdb</td>');
    expect(page).toContain('<code>payload.nothing</code></td><td>[]</td>');
  });
});

describe('markdown', () => {
  it('fits into a comment, whatever failed, and counts what it leaves out', async () => {
    const jobs = Array.from({ length: 3000 }, (_, i) => [
      `job-${i}`,
      [
        {
          outcome: i % 2 === 0 ? 'fail' : 'skip',
          comments: 'why'.repeat(30),
          io_log: log('no\n'.repeat(40)),
        },
      ],
    ]);
    const text = await reportText(await reportOf({ results: Object.fromEntries(jobs) }), 'markdown');
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text.length).toBeGreaterThan(60_000);
    expect(text.match(/^### /gm)!.length + Number(/… (\d+) more left out/.exec(text)![1])).toBe(1500);
    expect(text).toContain('<summary>All 3,000 jobs with a result</summary>');
  });
});

describe('text', () => {
  it('lists jobs as Checkbox does, failures with their logs before', async () => {
    const text = await reportText(await sampleReport(true), 'text');
    expect(text).toContain(
      '☒ : Memory bandwidth is above the limit (com.example.laptop::memory/bandwidth)\n' +
        '    failed, exit code 1, 0.22 s\n' +
        '    | copy: 11250 MB/s\n',
    );
    expect(text).toContain('\n☑ : Read performance of sda (com.example.laptop::disk/read-sda)\n');
    expect(text).toContain(
      '14 jobs: 7 passed, 1 failed, 1 skipped (failed dependency), 1 skipped (unmet resource), 1 crashed, 3 left\n',
    );
  });

  it('is produced for a session with nothing in it', async () => {
    expect(await reportText(await reportOf({ metadata: { title: null } }), 'text')).toContain(
      'Session without title\nSaved at an unknown time, format 11\n\n0 jobs: none\n',
    );
  });
});
