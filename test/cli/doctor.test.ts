import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tar } from '../files/archives.js';
import { makeDirectory } from '../files/directories.js';
import { changedSample, copySample } from '../storage/sessions.js';
import { cli, SAMPLE } from './cli.js';
import { forge, result } from './sessions.js';

const LOGS = 'io-logs/com.example.laptop__';

/** The sample with a missing and a damaged log, and one too many. */
function damagedSample(): string {
  const location = copySample(join(makeDirectory(), 'x.session'));
  rmSync(join(location, `${LOGS}memory_info.record.gz`));
  truncateSync(join(location, `${LOGS}cpu_info.record.gz`), 60);
  writeFileSync(join(location, 'io-logs', 'stray.stdout'), '');
  return location;
}

describe('doctor', () => {
  it('finds nothing in the sample', async () => {
    const ran = await cli(['doctor', SAMPLE]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toBe(`${SAMPLE}  format 11, laptop-quick\n  nothing found\n\n1 session: nothing found\n`);
    const inside = await cli(['doctor', '.'], { cwd: SAMPLE });
    expect(inside.out).toMatch(/^\. {2}format 11/);
  });

  it('tells what, where, what Checkbox says, and what to do', async () => {
    const bytes = forge({ results: { 'x::a': [result('great')] } });
    const { code, out } = await cli(['doctor', '-'], { stdin: bytes, columns: 100, env: { NO_COLOR: '1' } });
    expect(code).toBe(1);
    expect(out).toBe(`\
-  format 11, forged
  error: Value for key 'outcome' not in allowed set ['crash', 'fail', None, 'not-implemented',
  'not-supported', 'pass', 'skip', 'skipped-dependency', 'skipped-manifest', 'skipped-resource',
  'undecided'] [not-allowed]
    where  $.session.results["x::a"][0].outcome, byte ${gunzipSync(bytes).indexOf('"great"')} of the unpacked text
    The rest may be fine: \`show\` reads all that is intact, \`salvage\` writes a session of it.

1 session: 1 error
`);
  });

  it('examines the logs of a directory and of an archive', async () => {
    const location = damagedSample();
    const archive = join(makeDirectory(), 'x.tar');
    const content: Record<string, Uint8Array> = {};
    for (const name of ['session', `${LOGS}cpu_info.record.gz`, 'io-logs/stray.stdout']) {
      content[`x.session/${name}`] = readFileSync(join(location, name));
    }
    writeFileSync(archive, await tar(content));
    for (const path of [location, join(location, 'session'), archive]) {
      const { code, out } = await cli(['doctor', path]);
      expect(code).toBe(1);
      const codes = [...out.matchAll(/\[([a-z-]+)\]/g)].map(([, code]) => code);
      expect(new Set(codes)).toEqual(new Set(['damaged-record-file', 'missing-file', 'orphaned-file']));
    }
  });

  it('prints JSON', async () => {
    const location = damagedSample();
    writeFileSync(join(location, 'session.next'), 'x');
    const { code, out } = await cli(['doctor', location, '--json']);
    expect(code).toBe(1);
    const dump = JSON.parse(out);
    expect(dump).toMatchObject({ schema: 1, operation: 'doctor', status: 'ok' });
    const [session] = dump.sessions;
    expect(session).toMatchObject({
      path: location,
      version: 11,
      title: 'laptop-quick',
      left_over: { whole: false, newer: true, code: 'gzip-not-gzip' },
    });
    expect(session.findings.map((finding: { code: string }) => finding.code)).toEqual([
      'damaged-record-file',
      'missing-file',
      'left-over-save',
      'orphaned-file',
    ]);
    expect(session.findings[1]).toEqual({
      severity: 'warning',
      code: 'missing-file',
      message: `record file '${LOGS}memory_info.record.gz' is missing`,
      checkbox: `cannot access file: '${location}/${LOGS}memory_info.record.gz'`,
      path: '$.session.results["com.example.laptop::memory/info"][0].io_log_filename',
      offset: expect.any(Number),
      job_id: 'com.example.laptop::memory/info',
      file: `${LOGS}memory_info.record.gz`,
      file_offset: null,
    });
  });

  it('examines every session of a repository', async () => {
    const root = makeDirectory({
      'a.session/session': forge(),
      'b.session/session': forge().subarray(0, 50),
      'c.session/io-logs/x': '',
      'd.session/session/x': '',
    });
    const { code, out } = await cli(['doctor', root]);
    expect(code).toBe(1);
    expect(out.match(/\.session/g)!.length).toBeGreaterThanOrEqual(4);
    for (const word of ['nothing found', '[gzip-truncated]', '[no-checkpoint]', '[unreadable-file]']) {
      expect(out).toContain(word);
    }
    expect(out).toMatch(/\n4 sessions: 3 errors\n$/);
  });

  it('does not fail for what does no harm', async () => {
    const bytes = changedSample((session) => {
      session.mandatory_job_list = session.desired_job_list.slice(0, 1);
      session.desired_job_list = [session.desired_job_list[0]!, ...session.desired_job_list];
    });
    const { code, out } = await cli(['doctor', '-'], { stdin: bytes });
    expect(code).toBe(0);
    expect(out).toContain('note: the mandatory jobs stand in front of the desired list 2 times');
  });

  it('shows a part of many findings, and says so', async () => {
    const results = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => [`x::${index}`, [result('odd')]]),
    );
    const { out } = await cli(['doctor', '-'], { stdin: forge({ results }) });
    expect(out.match(/\[not-allowed\]/g)).toHaveLength(10);
    expect(out).toContain('… 15 more of code not-allowed, see `doctor --json`');
    expect(out).toContain('1 session: 25 errors');
  });

  it('says what is no session', async () => {
    const root = makeDirectory({ 'session/x': '', 'x.zip': 'PK\x03\x04' });
    expect(await cli(['doctor', join(root, 'gone')])).toMatchObject({ code: 3, out: '' });
    expect(await cli(['doctor', join(root, 'x.zip')])).toMatchObject({ code: 1, out: '' });
    const { code, err } = await cli(['doctor', join(root, 'session')]);
    expect(code).toBe(1);
    expect(err).toContain('no file named session in the directory');
  });
});
