import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDirectory } from '../files/directories.js';
import { cli, SAMPLE } from './cli.js';
import { forge, result } from './sessions.js';

const RECORDS = 'io-logs/com.example.laptop__memory_bandwidth.record.gz';

describe('log', () => {
  it('writes the bytes as they are, also to a terminal', async () => {
    const log = await cli(['log', SAMPLE, 'com.example.laptop::memory/bandwidth']);
    expect(log.out).toBe(
      'copy: 11250 MB/s\nscale: 10870 MB/s\n\x1b[31mFAIL\x1b[0m triad: 1920 MB/s is below 8000 MB/s\n',
    );
    expect(log.code).toBe(0);
    const terminal = await cli(['log', SAMPLE, 'memory/bandwidth'], { columns: 80, env: { NO_COLOR: '1' } });
    expect(terminal.out).toBe(log.out);
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const raw = result('pass', [], { io_log: [[0.0, 'stdout', Buffer.from(bytes).toString('base64')]] });
    const session = forge({ results: { 'a::raw': [raw] } });
    expect((await cli(['log', '-', 'raw'], { stdin: session })).bytes).toStrictEqual(Buffer.from(bytes));
  });

  it('picks a stream', async () => {
    const { out } = await cli(['log', SAMPLE, 'memory/bandwidth', '--stream', 'stdout']);
    expect(out).toBe('copy: 11250 MB/s\nscale: 10870 MB/s\n');
    const quiet = await cli(['log', SAMPLE, 'cpu/info', '--stream', 'stderr']);
    expect(quiet).toMatchObject({ out: '', err: 'warning: nothing was written\n', code: 0 });
  });

  it('picks an attempt, by default the last one', async () => {
    const stdin = forge({
      results: { 'a::b': [result('fail', [['stdout', 'first']]), result('pass', [['stdout', 'second']])] },
    });
    expect((await cli(['log', '-', 'b'], { stdin })).out).toBe('second');
    expect((await cli(['log', '-', 'b', '--attempt', '1'], { stdin })).out).toBe('first');
    const third = await cli(['log', '-', 'b', '--attempt', '3'], { stdin });
    expect(third).toMatchObject({ code: 2, err: "error: the job 'a::b' has only 2 attempts\n" });
    expect((await cli(['log', '-', 'b', '--attempt', '0'], { stdin })).code).toBe(2);
  });

  it('gives records as JSON', async () => {
    const log = [
      ['stdout', 'a'],
      ['stderr', 'b'],
    ] as const;
    const stdin = forge({ results: { 'a::b': [result('pass', log)] } });
    const { out } = await cli(['log', '-', 'b', '--json'], { stdin });
    expect(JSON.parse(out)).toStrictEqual({
      schema: 1,
      operation: 'log',
      status: 'ok',
      job: 'a::b',
      attempt: 1,
      outcome: 'pass',
      problem: null,
      io_log: [
        [0.5, 'stdout', 'YQ=='],
        [0.5, 'stderr', 'Yg=='],
      ],
    });
    const none = await cli(['log', '-', 'b', '--json'], {
      stdin: forge({ results: { 'a::b': [result('pass')] } }),
    });
    expect(JSON.parse(none.out).io_log).toStrictEqual([]);
  });

  it('suggests ids for one that is unknown or ambiguous', async () => {
    const typo = await cli(['log', SAMPLE, 'memory/bandwith']);
    expect(typo).toMatchObject({ code: 2, out: '' });
    expect(typo.err).toBe(
      "error: no job 'memory/bandwith' in the session\nDid you mean com.example.laptop::memory/bandwidth?\n",
    );
    expect((await cli(['log', SAMPLE, 'smart'])).err).toContain('com.example.laptop::disk/smart-nvme0n1?');
    expect((await cli(['log', SAMPLE, 'xyzzy'])).err).toContain('`jobs` lists the jobs');
    const stdin = forge({ results: { 'a::same': [], 'b::same': [] } });
    const ambiguous = await cli(['log', '-', 'same'], { stdin });
    expect(ambiguous.err).toBe("error: 'same' is ambiguous\nIt may be a::same, b::same.\n");
    const todo = await cli(['log', SAMPLE, 'power/idle']);
    expect(todo).toMatchObject({
      code: 2,
      err: "error: the job 'com.example.laptop::power/idle' has no result yet\n",
    });
  });

  it('gives what is left of a damaged log, and says so', async () => {
    const directory = makeDirectory();
    mkdirSync(join(directory, 'io-logs'));
    copyFileSync(join(SAMPLE, 'session'), join(directory, 'session'));
    const records = readFileSync(join(SAMPLE, RECORDS));
    writeFileSync(join(directory, RECORDS), records.subarray(0, records.length - 30));
    const { code, out, err } = await cli(['log', directory, 'memory/bandwidth']);
    expect('copy: 11250 MB/s\nscale: 10870 MB/s\n'.startsWith(out)).toBe(true);
    expect(err).toMatch(/^warning: (.|\n)*is damaged at line/);
    expect(code).toBe(1);
    const json = JSON.parse((await cli(['log', directory, 'memory/bandwidth', '--json'])).out);
    expect(json.problem).toContain('is damaged at line');
  });

  it('tells of a missing log in both forms', async () => {
    const directory = makeDirectory({ session: readFileSync(join(SAMPLE, 'session')) });
    const path = join(directory, RECORDS);
    const { code, out, err } = await cli(['log', directory, 'memory/bandwidth']);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err.replaceAll(/\s+/g, ' ')).toContain(`error: cannot access file: '${path}'`);
    expect(err).toContain('advice');
    const json = await cli(['log', directory, 'memory/bandwidth', '--json']);
    expect(JSON.parse(json.out)).toMatchObject({
      operation: 'log',
      status: 'error',
      error: { class: 'BrokenReferenceToExternalFile', code: 'missing-file' },
    });
  });

  it('finds logs that moved with their directory', async () => {
    const old = '/home/u/.cache/plainbox/sessions/x.session/io-logs/b.record.gz';
    const { io_log: _log, ...members } = result('pass') as { io_log: unknown };
    const directory = makeDirectory({
      session: forge({ version: 4, results: { 'a::b': [{ ...members, io_log_filename: old }] } }),
      'io-logs/b.record.gz': readFileSync(join(SAMPLE, RECORDS)),
    });
    expect((await cli(['log', directory, 'b', '--stream', 'stdout'])).out).toContain('copy: 11250');
    expect((await cli(['show', directory])).out).toContain('1 record file, all there');
  });
});
