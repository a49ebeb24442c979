import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PyDict } from '../../src/python/value.js';
import { difference, parsePyJson } from '../compare.js';
import { withDeviations } from '../corpus/contract.js';
import { comparable } from '../corpus/outcome.js';
import { makeDirectory } from '../files/directories.js';
import { cli, SAMPLE, UNITS } from './cli.js';
import { forge, result } from './sessions.js';

const LAPTOP = [
  '--namespace',
  'com.example.laptop',
  '--units',
  `${UNITS}/laptop.pxu`,
  '--units',
  `${UNITS}/plan.pxu`,
];

describe('resume', () => {
  it('tells of the sample session what ran and what is left', async () => {
    const { code, out, err } = await cli(['resume', SAMPLE, ...LAPTOP]);
    expect(err).toBe('');
    expect(out).toBe(`\
laptop-quick

Jobs     14, 14 of them on the run list
Ran      7 passed, 1 failed, 1 crashed, 1 skipped (failed dependency),
         1 skipped (unmet resource)
Left     3 jobs, about 10 min, 2 of them without estimate
Running  power/stress when it was saved

Ids without a namespace are in com.example.laptop.

Left to run, in this order
   1  power/stress  Ten minutes under full load; 10 min; was running
   2  power/idle  Idle power is below the limit; after power/stress
   3  power/suspend  Suspend and wake up; after power/idle
`);
    expect(code).toBe(0);
  });

  it('prints the dump of the reference', async () => {
    const expected = readFileSync(new URL('../sample/expected.json', import.meta.url), 'utf8');
    const { code, out } = await cli(['resume', SAMPLE, ...LAPTOP, '--json']);
    const actual = comparable(parsePyJson(out.replaceAll(join(SAMPLE, '..'), '$CASE_DIR')));
    const session = comparable(parsePyJson(expected)).get('session') as PyDict;
    const withOurs = withDeviations(readFileSync(`${SAMPLE}/session`), session);
    expect(difference(actual.get('session'), withOurs)).toBeUndefined();
    expect(code).toBe(0);
  });

  it('takes a provider, another location and flags', async () => {
    const provider = await cli(['resume', SAMPLE, '--provider', UNITS]);
    expect(provider.out).toContain('Left to run, in this order');
    const directory = makeDirectory({ session: readFileSync(`${SAMPLE}/session`) });
    const checked = ['--flag', 'file-reference-checks'];
    const without = await cli(['resume', directory, ...LAPTOP, ...checked]);
    expect(without.code).toBe(1);
    expect(without.err).toContain('BrokenReferenceToExternalFileError, code missing-file');
    expect(without.err).toMatch(/^ {2}job +com\.example\.laptop::audio\/beep$/m);
    const resource = await cli(['resume', directory, ...LAPTOP]);
    expect(resource.err).toMatch(/^ {2}job +com\.example\.laptop::disk$/m);
    const located = await cli(['resume', directory, ...LAPTOP, ...checked, '--location', SAMPLE]);
    expect(located).toMatchObject({ code: 0, err: '' });
    const unknown = await cli(['resume', SAMPLE, ...LAPTOP, '--flag', 'no-such-flag']);
    expect(unknown.code).toBe(0);
    expect(unknown.err).toContain('the flag no-such-flag is unknown and does nothing');
  });

  it('applies a namespace to the unit files behind it', async () => {
    const directory = makeDirectory({ 'a.pxu': 'id: one\nplugin: shell\ncommand: true\n' });
    const one = join(directory, 'a.pxu');
    const stdin = forge({ desired: ['b::one', 'c::one'] });
    const given = ['--namespace', 'b', '--units', one, '--namespace', 'c', '--units', one];
    const { code, out } = await cli(['resume', '-', ...given, '--flag', 'ignore-job-checksums', '--json'], {
      stdin,
    });
    expect(code).toBe(0);
    expect(JSON.parse(out).session.job_list).toStrictEqual(['b::one', 'c::one']);
    const human = await cli(['resume', '-', ...given, '--flag', 'ignore-job-checksums'], { stdin });
    expect(human.err).toContain("warning: Ignoring changes to job 'b::one'");
  });

  it('says what cannot run and why, also of jobs that depend on such a job', async () => {
    const units = `\
id: disk
plugin: resource
command: true

id: tape
plugin: shell
command: true
requires: disk.kind == 'tape'

id: rewind
plugin: shell
command: true
depends: tape

id: alone
plugin: manual
_summary: Look at it
_description: Look.
`;
    const cwd = makeDirectory({ 'a.pxu': units });
    const stdin = forge({
      results: { 'a::disk': [result('pass', [['stdout', 'kind: ssd\n']])] },
      desired: ['a::rewind', 'a::alone'],
    });
    const args = ['resume', '-', '--namespace', 'a', '--units', 'a.pxu', '--flag', 'ignore-job-checksums'];
    const { out, code } = await cli(args, { stdin, cwd });
    expect(code).toBe(0);
    expect(out).toContain(`\
Left        1 job
Cannot run  2 jobs

Ids without a namespace are in a.

Left to run, in this order
   1  alone  Look at it; needs an operator

Cannot run
  tape
    resource expression "disk.kind == 'tape'" evaluates to false
  rewind
    needs 'a::tape', which cannot run
`);
  });

  it('knows what the manifest says about the machine', async () => {
    const units = 'unit: setup job\nid: s\nplugin: shell\ncommand: true\nrequires_manifest: fan\n';
    const cwd = makeDirectory({ 'a.pxu': units, 'yes.json': '{"a::fan": true}' });
    const stdin = forge({ desired: ['a::s'] });
    const args = ['resume', '-', '--namespace', 'a', '--units', 'a.pxu', '--flag', 'ignore-job-checksums'];
    expect((await cli(args, { stdin, cwd })).out).toContain(
      "Cannot run\n  s\n    manifest: 'a::fan' unmet\n",
    );
    expect((await cli([...args, '--manifest', 'yes.json'], { stdin, cwd })).out).not.toContain('Cannot run');
  });

  it('refuses a manifest that is none, and units in the wrong place', async () => {
    const cwd = makeDirectory({ 'a.json': '[1]', 'b.json': '{' });
    for (const file of ['a.json', 'b.json']) {
      expect((await cli(['resume', SAMPLE, '--manifest', file], { cwd })).code).toBe(2);
    }
    expect((await cli(['resume', SAMPLE, '--units', UNITS])).err).toContain('--provider');
    expect((await cli(['resume', SAMPLE, '--provider', `${UNITS}/plan.pxu`])).err).toContain('--units');
  });

  it('warns of unit files that it cannot use', async () => {
    const cwd = makeDirectory({ 'bad.pxu': 'id: a\nthis is no field\n' });
    const { err, code } = await cli(['resume', SAMPLE, ...LAPTOP, '--units', 'bad.pxu'], { cwd });
    expect(code).toBe(0);
    expect(err).toContain('warning: no units taken from bad.pxu, line 2: ');
    expect((await cli(['resume', SAMPLE])).err).toContain('warning: no definitions of jobs are given');
  });
});

describe('why', () => {
  it('says that a session resumes', async () => {
    expect(await cli(['why', SAMPLE, ...LAPTOP])).toMatchObject({
      code: 0,
      out: 'This session resumes.\n',
      err: '',
    });
  });

  it('tells all reasons at once', async () => {
    const laptop = readFileSync(`${UNITS}/laptop.pxu`, 'utf8')
      .replace('command: cat /proc/meminfo', 'command: free')
      .replace('id: audio/beep', 'id: audio/beeps');
    const directory = makeDirectory({ 'laptop.pxu': laptop, session: readFileSync(`${SAMPLE}/session`) });
    const given = ['--namespace', 'com.example.laptop', '--units', 'laptop.pxu'];
    const { code, out } = await cli(['why', 'session', ...given], { cwd: directory });
    expect(code).toBe(1);
    expect(out).toContain('This session does not resume: ');
    expect(out).toMatch(
      /Jobs whose definition has changed \(1\)\n {2}com.example.laptop::memory\/info\n {4}stored {2}df48\w{60}\n {4}known {3}\w{64}\n/,
    );
    expect(out).toMatch(
      /Jobs that no definition knows \(\d+\)\n {2}com.example.laptop::audio\/beep\n {4}most like it: com.example.laptop::audio\/beeps\n/,
    );
    const dump = JSON.parse((await cli(['why', 'session', ...given, '--json'], { cwd: directory })).out);
    expect(dump).toMatchObject({ schema: 1, operation: 'why', status: 'ok', resumes: false });
    const codes = new Set(dump.reasons.map((reason: { readonly code: string }) => reason.code));
    expect(codes).toContain('changed-job');
    expect(codes).toContain('unknown-job');
    expect(dump.new_jobs).toContain('com.example.laptop::audio/beeps');
  });

  it('counts missing logs, which keep nobody from resuming', async () => {
    const directory = makeDirectory({
      session: readFileSync(`${SAMPLE}/session`),
      'io-logs/com.example.laptop__disk.record.gz': readFileSync(
        `${SAMPLE}/io-logs/com.example.laptop__disk.record.gz`,
      ),
    });
    const { code, out } = await cli(['why', directory, ...LAPTOP]);
    expect(out).toContain('This session resumes, but 8 logs cannot be read.');
    expect(out).toContain('Logs that are not there (8)');
    expect(code).toBe(1);
  });
});

describe('checksum', () => {
  it('prints the checksums that the session has', async () => {
    const { code, out } = await cli(['checksum', '--namespace', 'com.example.laptop', `${UNITS}/laptop.pxu`]);
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines).toContain(
      'df488750f16cff482023f7ceb08c9ac6912980fcee05dab837aa439113691ae0  com.example.laptop::memory/info',
    );
    const provider = await cli(['checksum', UNITS, '--json']);
    const jobs: { id: string; checksum: string }[] = JSON.parse(provider.out).jobs;
    expect(jobs.map(({ id, checksum }) => `${checksum}  ${id}`)).toStrictEqual(lines);
  });

  it('prints siblings as well', async () => {
    const cwd = makeDirectory({
      'a.pxu': 'id: x\nplugin: shell\ncommand: true\nflags: also-after-suspend\n',
    });
    const { out } = await cli(['checksum', '--namespace', 'a', 'a.pxu'], { cwd });
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(66)),
    ).toStrictEqual(['a::x', 'a::after-suspend-x']);
  });
});
