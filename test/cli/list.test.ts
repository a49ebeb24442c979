import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDirectory } from '../files/directories.js';
import { copySample, setAge } from '../storage/sessions.js';
import { cli, SAMPLE } from './cli.js';
import { forge, result } from './sessions.js';

/** A repository of four sessions, each an hour older than the one before. */
function repository(): string {
  const blob = Buffer.from('{"testplan_id": "com.example::full"}').toString('base64');
  const metadata = { flags: ['submitted'], app_blob: blob, title: 'done' };
  const root = makeDirectory({
    'b.session/session': forge({ metadata, results: { 'x::a': [result('pass')], 'x::b': [result('fail')] } }),
    'c.session/session': forge().subarray(0, 50),
    'd.session/session': forge({ version: 99 }),
  });
  copySample(join(root, 'a.session'));
  ['a', 'b', 'c', 'd'].forEach((name, hours) => {
    setAge(join(root, `${name}.session`), hours * 3600 + 5);
  });
  return root;
}

describe('list', () => {
  it('has one line for each session, youngest first', async () => {
    const { code, out, err } = await cli(['list', repository()]);
    expect([code, err]).toEqual([0, '']);
    const cells = out.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(cells[0]!.join()).toBe('TITLE,TEST PLAN,V,FLAGS,DONE,LAST JOB,AGE,SIZE,DIRECTORY,VERDICT');
    expect(cells.slice(1)).toEqual([
      [
        'laptop-quick',
        'quick',
        '11',
        'incomplete,strict_template_expansion',
        '11/14',
        'power/stress',
        expect.stringMatching(/^\d s$/),
        expect.stringMatching(/^\d\.\d kB$/),
        'a.session',
        'resumable: 3 jobs left',
      ],
      [
        'done',
        'full',
        '11',
        'submitted',
        '2/2',
        '1 h',
        expect.any(String),
        'b.session',
        'finished: neither incomplete nor setting up',
      ],
      ['2 h', '50 B', 'c.session', 'damaged: Cannot decompress session data (gzip-truncated)'],
      ['3 h', expect.any(String), 'd.session', 'incompatible: Unsupported version 99'],
      [''],
    ]);
  });

  it('prints JSON', async () => {
    const root = repository();
    const { out, code } = await cli(['list', root, '--json']);
    expect(code).toBe(0);
    const dump = JSON.parse(out);
    expect(dump).toMatchObject({ schema: 1, operation: 'list', status: 'ok', repository: root });
    expect(dump.sessions[0]).toMatchObject({
      id: 'a',
      location: join(root, 'a.session'),
      verdict: { kind: 'resumable', reason: 'incomplete', code: null, message: null },
      bytes: expect.any(Number),
      content: {
        version: 11,
        title: 'laptop-quick',
        app_id: 'checkbox',
        test_plan: 'com.example.laptop::quick',
        flags: ['incomplete', 'strict_template_expansion'],
        done: 11,
        total: 14,
        last_job: 'com.example.laptop::power/stress',
      },
    });
    expect(dump.sessions[2]).toMatchObject({
      verdict: { kind: 'damaged', code: 'gzip-truncated', message: 'Cannot decompress session data' },
      content: null,
    });
  });

  it('lets no text of a session steer the terminal', async () => {
    const session = forge({ metadata: { title: '\x1b[2J\nx', running_job_name: 'a\x07b' } });
    const { out } = await cli(['list', makeDirectory({ 'a.session/session': session })], { columns: 80 });
    expect(out).toContain('\\x1b[2J\\nx');
    expect(out).toContain('a\\x07b');
    expect(out.trim().split('\n')).toHaveLength(2);
  });

  it('says when there is nothing', async () => {
    const root = makeDirectory();
    expect(await cli(['list', root])).toMatchObject({ code: 0, out: `no sessions in ${root}\n` });
    expect(await cli(['list', 'gone'], { cwd: root })).toMatchObject({ code: 3, out: '' });
  });

  it('leads from one session to `show`', async () => {
    const { code, err } = await cli(['list', SAMPLE]);
    expect([code, err]).toEqual([0, 'warning: this is one session: `show` prints it\n']);
  });
});
