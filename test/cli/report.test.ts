import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openOrSalvage } from '../../src/cli/salvaged-session.js';
import { makeDirectory } from '../files/directories.js';
import { readCsv, readJunit, readSubmission } from '../report/readers.js';
import { cli, SAMPLE, UNITS } from './cli.js';
import { forge, result } from './sessions.js';

describe('report', () => {
  it('writes a report to standard output', async () => {
    const { code, out, err } = await cli(['report', SAMPLE, '--to', 'json', '--provider', UNITS]);
    expect({ code, err }).toStrictEqual({ code: 0, err: '' });
    expect(readSubmission(out)).toMatchObject({ title: 'laptop-quick', problems: [] });
    expect(readSubmission(out).results[0]).toMatchObject({ name: 'Processor is recognised' });
  });

  it('writes it to a file, which is whole or not there', async () => {
    const directory = makeDirectory();
    const { code, out } = await cli(['report', SAMPLE, '--to', 'junit', '-o', 'junit.xml'], {
      cwd: directory,
    });
    expect({ code, out }).toStrictEqual({ code: 0, out: '' });
    const { tests } = await readJunit(readFileSync(join(directory, 'junit.xml'), 'utf8'));
    expect(tests).toBe(14);
    expect(readdirSync(directory)).toStrictEqual(['junit.xml']);
  });

  it('writes it from the session alone, and says what is missing', async () => {
    const stdin = readFileSync(join(SAMPLE, 'session'));
    const { code, out, err } = await cli(['report', '-', '--to', 'csv'], { stdin });
    expect(code).toBe(1);
    expect(err).toBe('warning: 9 problems in the session, listed in the report\n');
    expect(readCsv(out).filter(({ record }) => record === 'problem')).toHaveLength(9);
  });

  it('is written from what is left of a session that was cut off', async () => {
    const cut = readFileSync(join(SAMPLE, 'session')).subarray(0, 1400);
    for (const format of ['json', 'junit', 'html', 'csv', 'ndjson', 'markdown', 'text']) {
      const { code, out, err } = await cli(['report', '-', '--to', format], { stdin: cut });
      expect({ code, err }, format).toStrictEqual({
        code: 1,
        err: 'warning: 7 problems in the session, listed in the report\n',
      });
      expect(out, format).toContain('input ends at byte 1400');
    }
    const { out } = await cli(['report', '-', '--to', 'json'], { stdin: cut });
    const { title, problems } = readSubmission(out);
    expect(title).toBe('laptop-quick');
    expect(problems.slice(0, 3)).toMatchObject([
      { code: 'gzip-truncated', offset: 1400 },
      { message: 'breaks off in here; what followed is missing' },
      { path: '$.version' },
    ]);
  });

  it('is salvaged within the limits that hold for opening', async () => {
    const cut = readFileSync(join(SAMPLE, 'session')).subarray(0, 1400);
    expect((await openOrSalvage(cut, {})).problems).toHaveLength(7);
    await expect(openOrSalvage(cut, { limits: { depth: 1 } })).rejects.toMatchObject({
      code: 'gzip-truncated',
    });
  });

  it('is not written of what was never a session', async () => {
    const stdin = Buffer.from('{"results": []}');
    const { code, out, err } = await cli(['report', '-', '--to', 'text'], { stdin });
    expect({ code, out }).toStrictEqual({ code: 1, out: '' });
    expect(err).toContain('Cannot decompress session data');
  });

  it('sums up in JSON when the report goes to a file', async () => {
    const directory = makeDirectory();
    const args = ['report', SAMPLE, '--to', 'html', '-o', 'r.html', '--json'];
    const { code, out } = await cli(args, { cwd: directory });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toStrictEqual({
      schema: 1,
      operation: 'report',
      status: 'ok',
      format: 'html',
      problems: 0,
      bytes_written: readFileSync(join(directory, 'r.html')).length,
    });
  });

  it('knows its formats', async () => {
    expect((await cli(['report', SAMPLE, '--to', 'pdf'])).code).toBe(2);
    expect((await cli(['report', SAMPLE])).code).toBe(2);
    expect((await cli(['report', SAMPLE, '--to', 'csv', '--json'])).err).toContain(
      'both want standard output',
    );
  });
});

describe('diff', () => {
  const before = forge({
    results: { 'x::a': [result('pass')], 'x::b': [result('fail')] },
  });
  const after = forge({
    results: { 'x::a': [result('fail')], 'x::c': [result('pass')] },
  });

  it('tells what changed, and exits with 1 when something got worse', async () => {
    const directory = makeDirectory({ before, after });
    const { code, out } = await cli(['diff', 'before', 'after'], { cwd: directory });
    expect(code).toBe(1);
    // How the namespace is told is the affair of other verbs.
    expect(out.replace(/^Ids .*\n/m, '')).toBe(`\
Something got worse.

Changed (1)
  worse   a  pass -> fail

New (1)
  c  pass

Gone (1)
  b  was fail
`);
    const back = await cli(['diff', 'after', 'before'], { cwd: directory });
    expect(back.out).toContain('better  a  fail -> pass');
    // The other way round b is new and failed.
    expect(back.code).toBe(1);
    const same = await cli(['diff', 'after', 'after'], { cwd: directory });
    expect(same).toMatchObject({ code: 0, out: 'No job changed.\n' });
  });

  it('is JSON on demand', async () => {
    const directory = makeDirectory({ before, after });
    const { out } = await cli(['diff', 'before', 'after', '--json'], { cwd: directory });
    expect(JSON.parse(out)).toMatchObject({
      operation: 'diff',
      before: { title: 'forged', saved_at: null, problems: 0 },
      worse: true,
      changed: [{ job: 'x::a', before: 'pass', after: 'fail', verdict: 'worse' }],
      new: [{ job: 'x::c', outcome: 'pass' }],
      gone: [{ job: 'x::b', outcome: 'fail' }],
      environment: [],
    });
  });

  it('warns of results that are damaged: jobs may be gone only because of that', async () => {
    const damaged = forge({ results: { 'x::a': [result('pass')], 'x::b': [{ outcome: 1 }] } });
    const directory = makeDirectory({ before, damaged });
    const { out, err } = await cli(['diff', 'before', 'damaged', '--json'], { cwd: directory });
    expect(err).toMatch(/^warning: \d+ problems? in damaged: it may lack results, see doctor\n$/);
    expect(JSON.parse(out).after.problems).toBeGreaterThan(0);
  });

  it('reads standard input once', async () => {
    const { code, err } = await cli(['diff', '-', '-'], { stdin: before });
    expect(code).toBe(2);
    expect(err).toContain('standard input holds one session only');
  });

  it('takes no ratio that is none', async () => {
    expect((await cli(['diff', SAMPLE, SAMPLE, '--ratio', '0.5'])).code).toBe(2);
  });
});

describe('merge', () => {
  it('writes a session with its logs', async () => {
    const directory = makeDirectory({
      other: forge({ results: { 'com.example.laptop::audio/beep': [result('fail')] } }),
    });
    const refused = await cli(['merge', SAMPLE, 'other', '-o', 'both.session'], { cwd: directory });
    // The forged session has another checksum.
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringContaining('different definitions of 1 job'),
    });
    expect(existsSync(join(directory, 'both.session'))).toBe(false);

    const { code, out } = await cli(['merge', SAMPLE, SAMPLE, '-o', 'both.session'], { cwd: directory });
    expect(code).toBe(0);
    expect(out).toContain(
      'both.session: 2 sessions, 14 jobs, 11 results, 11 results of several sessions kept once',
    );
    const shown = await cli(['report', 'both.session', '--to', 'json'], { cwd: directory });
    expect(shown.code).toBe(0);
    const ours = readSubmission(shown.out);
    const original = readSubmission((await cli(['report', SAMPLE, '--to', 'json'])).out);
    expect(ours.results).toStrictEqual(original.results);
    const again = await cli(['merge', SAMPLE, SAMPLE, '-o', 'both.session'], { cwd: directory });
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('has something in it already') });
  });

  it('needs two, and a directory', async () => {
    expect((await cli(['merge', SAMPLE, '-o', '/nowhere'])).code).toBe(2);
    expect((await cli(['merge', SAMPLE, SAMPLE, '-o', '-'])).code).toBe(2);
  });
});

describe('index', () => {
  it('takes only names of its formats', async () => {
    const { code, err } = await cli(['index', SAMPLE, '-o', 'out.csv']);
    expect(code).toBe(2);
    expect(err).toContain('.parquet or .ndjson');
  });
});
