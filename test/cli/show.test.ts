import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tar } from '../files/archives.js';
import { makeDirectory } from '../files/directories.js';
import { cli, SAMPLE } from './cli.js';
import { forge, pack, result } from './sessions.js';

const sampleBytes = readFileSync(`${SAMPLE}/session`);

describe('show', () => {
  it('tells of the sample session what matters', async () => {
    const { code, out, err } = await cli(['show', SAMPLE], { columns: 80, env: { NO_COLOR: '1' } });
    expect(out).toBe(`\
laptop-quick
Sample of a session that was cut off

Test plan  com.example.laptop::quick
Saved      2026-11-23 22:16:11 UTC by checkbox, format 11
Flags      incomplete, strict_template_expansion
Running    power/stress, started 2026-11-23 22:16:11 UTC
Jobs       14: 7 passed, 1 failed, 1 crashed, 1 skipped (failed dependency),
           1 skipped (unmet resource), 3 left to run
Logs       9 record files, all there, 3.1 kB
Size       1.8 kB, unpacked 5.1 kB: results 2.3 kB, jobs 1.4 kB, metadata 765 B,
           rest 495 B

Ids without a namespace are in com.example.laptop.

Failed and crashed
☒ memory/bandwidth  fail, exit code 1, 0.22 s
  │ FAIL triad: 1920 MB/s is below 8000 MB/s
⚠ power/crash  crash, SIGSEGV, 0.01 s
  no output

Skipped or undecided
☐ memory/ecc  skipped (failed dependency)
  Job cannot be started because of failed dependency:
  - com.example.laptop::memory/bandwidth
☐ storage/tape  skipped (unmet resource)
  Job cannot be started because of unmet resource:
  - disk.kind == 'tape'

Left without result
  power/stress  running when the session was saved
  power/idle
  power/suspend
`);
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('reads the session file, an archive and standard input', async () => {
    const { out: expected } = await cli(['show', SAMPLE]);
    expect((await cli(['show', 'session'], { cwd: SAMPLE })).out).toBe(expected);
    const archive = await tar({ 'laptop-quick.session/session': sampleBytes });
    const { out } = await cli(['show', '-'], { stdin: archive });
    expect(out).toContain('Logs       9 record files, all missing\n');
    const piped = await cli(['show', '-'], { stdin: sampleBytes });
    expect(piped.out).toContain('9 record files, not to be found: only the session file was given');
    expect(piped.out).toContain('the log is in a file of its own');
    expect(piped.code).toBe(0);
  });

  it('names the log files that are missing', async () => {
    const named = { outcome: 'pass', comments: null, execution_duration: null, return_code: 0 };
    const directory = makeDirectory({
      session: forge({
        results: {
          'a::here': [{ ...named, io_log_filename: 'io-logs/here' }],
          'a::gone': [{ ...named, io_log_filename: 'io-logs/gone', outcome: 'fail' }],
          'a::off': [{ ...named, io_log_filename: '../off', outcome: 'fail' }],
        },
      }),
      'io-logs/here': 'x'.repeat(10),
    });
    const { out } = await cli(['show', directory]);
    expect(out).toMatch(
      /3 record files, 10 B; 1 missing: io-logs\/gone; 1 outside of the\s+directory: \.\.\/off\n/,
    );
    expect(out).toContain('☒ gone  fail, exit code 0\n  the log is missing\n');
    expect(out).toContain('the log is outside of the session directory');
  });

  it('shows the end of standard error as it looks on a terminal', async () => {
    const lines = Array.from({ length: 9 }, (_, index) => `line ${index}`).join('\n');
    const session = forge({
      results: {
        'a::b': [
          result('fail', [
            ['stderr', `${lines}\n10 %\r55 %\r100 %\n\n`],
            ['stdout', 'not this\n'],
            ['stderr', '\x1b[31mred\x1b[0m \x07 and \x1b]0;title\x07\n'],
          ]),
        ],
      },
    });
    const { out } = await cli(['show', '-'], { stdin: session });
    expect(out).toContain(
      [
        '… end of stderr, see `log`',
        'line 6',
        'line 7',
        'line 8',
        '100 %',
        'red \\x07 and \\x1b]0;title\\x07',
      ]
        .map((line) => `  │ ${line}\n`)
        .join(''),
    );
    expect(out).not.toContain('not this');
  });

  it('says loudly what it leaves out', async () => {
    const ids = Array.from({ length: 14 }, (_, index) => `a::job-${index}`);
    const results = Object.fromEntries(ids.map((id, index) => [id, [result(index < 12 ? 'fail' : 'crash')]]));
    const desired = [...ids, ...Array.from({ length: 11 }, (_, index) => `a::left-${index}`)];
    const comments = Array.from({ length: 7 }, (_, index) => `comment ${index}`).join('\n');
    const session = forge({
      results: { ...results, 'a::job-0': [result('fail', [], { comments })] },
      desired,
    });
    const { out } = await cli(['show', '-'], { stdin: session });
    expect(out).toContain('… 4 more, see `jobs --outcome fail,crash`');
    expect(out).toContain('… 1 more, see `jobs --outcome none`');
    expect(out).toContain('comment 4\n  … 2 more, see `jobs --json`');
  });

  it('tells of problems and exits with 1', async () => {
    const session = forge({
      results: { 'a::b': [result('pass', [], { outcome: 'good' })], 'a::c': [result('pass')] },
    });
    const { code, out } = await cli(['show', '-'], { stdin: session });
    expect(code).toBe(1);
    expect(out).toContain("Value for key 'outcome' not in allowed set ['crash', 'fail', None,");
    expect(out).toContain('$.session.results["a::b"][0].outcome, byte ');
    expect(out).toContain('Jobs   2: 1 passed, 1 left to run');
  });

  it('distinguishes jobs that are left, rejected and not selected', async () => {
    const session = forge({
      results: { 'a::done': [result('pass')], 'a::known': [], 'a::off': [] },
      desired: ['a::done', 'a::left'],
      metadata: { rejected_jobs: ['a::off'], running_job_name: 'a::done' },
    });
    const { out } = await cli(['show', '-'], { stdin: session });
    expect(out).toContain('4: 1 passed, 1 left to run, 1 rejected by the operator, 1 not selected');
    expect(out).toContain('Last job  done\n');
  });

  it('keeps whatever a session contains from steering the terminal', async () => {
    const evil = '\x1b[2J\x9b2J\u202e\x07';
    const blob = Buffer.from(JSON.stringify({ testplan_id: evil, description: `${evil}\n${evil}` })).toString(
      'base64',
    );
    const session = forge({
      results: {
        [`a::${evil}`]: [result('fail', [['stderr', evil]], { comments: evil })],
        'a::b': [result(evil)],
      },
      desired: [`b::${evil}`],
      metadata: {
        title: evil,
        flags: [evil],
        running_job_name: evil,
        app_id: evil,
        app_blob: blob,
        rejected_jobs: [evil],
      },
    });
    for (const args of [
      ['show'],
      ['show', '--json'],
      ['jobs'],
      ['jobs', '--json'],
      ['peek'],
      ['peek', '--json'],
    ]) {
      const { out, err } = await cli([...args, '-'], { stdin: session, columns: 80, env: { NO_COLOR: '1' } });
      expect(out + err, args.join(' ')).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    }
  });

  it('gives everything as JSON', async () => {
    const { code, out } = await cli(['show', SAMPLE, '--json']);
    expect(code).toBe(0);
    const dump = JSON.parse(out);
    expect(dump).toMatchObject({
      schema: 1,
      operation: 'show',
      status: 'ok',
      version: 11,
      test_plan: 'com.example.laptop::quick',
      outcomes: { pass: 7, fail: 1, crash: 1, none: 3 },
      left: ['power/stress', 'power/idle', 'power/suspend'].map((id) => `com.example.laptop::${id}`),
      log_files: { named: 9, missing: [], outside: [] },
      problems: [],
    });
    expect(dump.metadata.title).toBe('laptop-quick');
    expect(dump.failed.map(({ id }: { id: string }) => id)).toStrictEqual([
      'com.example.laptop::memory/bandwidth',
      'com.example.laptop::power/crash',
    ]);
  });

  it('shows a session of the first version and an empty one', async () => {
    const first = forge({ version: 1, results: { a: [result('pass')], b: [result(null)] } });
    const { code, out } = await cli(['show', '-'], { stdin: first });
    expect(code).toBe(0);
    expect(out).toContain('format 1\n');
    expect(out).toContain('2: 1 passed, 1 left to run');
    const empty = await cli(['show', '-'], { stdin: pack({ version: 11, session: {} }) });
    expect(empty.code).toBe(1);
    expect(empty.out).toContain("Missing value for key 'metadata'");
    expect(empty.out).toContain('Jobs   none');
  });
});
