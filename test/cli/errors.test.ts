import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reportError } from '../../src/cli/error-report.js';
import { Terminal } from '../../src/cli/terminal.js';
import { SessionResumeError } from '../../src/errors.js';
import { makeDirectory } from '../files/directories.js';
import { cli, SAMPLE } from './cli.js';
import { forge, pack, result } from './sessions.js';

const sampleBytes = readFileSync(`${SAMPLE}/session`);

async function showing(stdin: Uint8Array): Promise<string> {
  const { code, out, err } = await cli(['show', '-'], { stdin });
  expect({ code, out }).toStrictEqual({ code: 1, out: '' });
  return err;
}

describe('errors', () => {
  it('tell class, message, code, place, cause and advice', async () => {
    expect(await showing(sampleBytes.subarray(0, 1000))).toBe(`\
error: Cannot decompress session data
  class   CorruptedSessionError, code gzip-truncated
  where   byte 1000 of the file
  cause   input ends at byte 1000, inside the deflate data of the gzip member
          that begins at byte 0
  advice  The file is cut off, as by a full disk: \`salvage\` rescues what is
          there; look for \`session.next\` beside it, too.
`);
    const { err } = await cli(['peek', '-'], { stdin: forge({ metadata: { flags: [1] } }) });
    expect(err).toBe(`\
error: Each flag must be a string
  class     CorruptedSessionError, code wrong-type
  where     $.session.metadata.flags[0], byte 119 of the unpacked text
  expected  str
  found     int
  advice    The rest may be fine: \`show\` reads all that is intact, \`salvage\`
            writes a session of it.
`);
  });

  it('count the bytes of a limit on the input in the file', () => {
    const error = new SessionResumeError('too long', { code: 'limit-input', offset: 7 });
    const terminal = new Terminal({ isTTY: false, columns: undefined, write: async () => {} }, {});
    expect(reportError(error, undefined, terminal)).toContain('  where  byte 7 of the file');
  });

  it('know the version from the future and files that are no sessions', async () => {
    expect(await showing(pack({ version: 12, session: {} }))).toMatch(
      /Unsupported version 12\n(.|\n)*update\s+plainbox-session/,
    );
    expect(await showing(Buffer.from('{"session": {}}'))).toContain('looks like JSON');
    expect(await showing(Buffer.from('\n<html>'))).toContain('looks like a report');
    expect(await showing(Buffer.from('\xfd7zXZ\0...', 'latin1'))).toContain('xz archive');
    expect(await showing(new Uint8Array())).toContain('The file is empty');
    expect(await showing(Buffer.from('hello'))).toContain('the file named `session`');
    expect(await showing(pack([1]))).toContain('This is JSON, but no session.');
  });

  it('lead from a record file, a repository and an empty directory to the session', async () => {
    const recordFile = await cli(['show', 'io-logs/com.example.laptop__disk.record.gz'], { cwd: SAMPLE });
    expect(recordFile.code).toBe(1);
    expect(recordFile.err).toMatch(/name the session directory, `log DIRECTORY\s+JOB` prints it/);
    const repository = makeDirectory({ 'a.session/session': sampleBytes, 'b.session/session': sampleBytes });
    const several = await cli(['show', repository]);
    expect(several.code).toBe(1);
    expect(several.err).toContain('(a.session, b.session)');
    expect((await cli(['show', makeDirectory()])).err).toContain('not-a-session');
  });

  it('are JSON where JSON is wanted', async () => {
    const { code, out, err } = await cli(['jobs', '-', '--json'], {
      stdin: pack({ version: 12, session: {} }),
    });
    expect({ code, err }).toStrictEqual({ code: 1, err: '' });
    expect(JSON.parse(out)).toStrictEqual({
      schema: 1,
      operation: 'jobs',
      status: 'error',
      error: {
        class: 'IncompatibleSessionError',
        message: 'Unsupported version 12',
        code: 'version-from-the-future',
        path: '$.version',
        offset: 11,
        expected: '1 to 11',
        actual: 12,
      },
    });
  });

  it('keep long messages short', async () => {
    const stdin = forge({ desired: Array.from({ length: 500 }, (_, index) => `a::job-${index}`) });
    const { err } = await cli(['resume', '-', '--units', '/dev/null'], { stdin });
    expect(err).toContain('Unknown jobs remaining: a::job-0,');
    expect(err.length).toBeLessThan(2_000);
  });
});

describe('exit codes', () => {
  it('are 2 for a wrong command line', async () => {
    for (const args of [
      [],
      ['nothing'],
      ['show'],
      ['log', SAMPLE],
      ['show', SAMPLE, '--nothing'],
      ['show', 'a', 'b'],
      ['help', 'nothing'],
      ['show', ''],
    ]) {
      const { code, out, err } = await cli(args);
      expect({ args, code, out }).toStrictEqual({ args, code: 2, out: '' });
      expect(err).not.toBe('');
    }
    expect((await cli(['sho', SAMPLE])).err).toContain('Did you mean show?');
    const behind = ['--units', '/dev/null', '--namespace', 'org.example'];
    expect(await cli(['why', SAMPLE, ...behind])).toMatchObject({
      code: 2,
      err: expect.stringContaining('no --units behind --namespace org.example'),
    });
    const typed = await cli(['show', '-']);
    expect(typed).toMatchObject({ code: 2, err: expect.stringContaining('cannot be typed in') });
  });

  it('are 3 for a file that cannot be read', async () => {
    const missing = await cli(['show', 'nowhere']);
    expect(missing.code).toBe(3);
    expect(missing.err).toContain('error: no such file or directory: nowhere');
    const json = await cli(['show', 'nowhere', '--json']);
    expect(json.code).toBe(3);
    expect(JSON.parse(json.out).error.code).toBe('missing-file');
    expect((await cli(['checksum', 'nowhere.pxu'])).code).toBe(3);
    const units = await cli(['resume', SAMPLE, '--units', 'nowhere.pxu']);
    expect(units).toMatchObject({ code: 3, err: 'error: no such file or directory: /nowhere.pxu\n' });
    const asJson = await cli(['resume', SAMPLE, '--units', 'nowhere.pxu', '--json']);
    expect(asJson).toMatchObject({ code: 3, err: '' });
    expect(JSON.parse(asJson.out)).toStrictEqual({
      schema: 1,
      operation: 'resume',
      status: 'error',
      error: { class: 'SystemError', message: 'no such file or directory: /nowhere.pxu', code: 'ENOENT' },
    });
    const output = await cli(['convert', SAMPLE, '--to', '11', '-o', '/nowhere/session']);
    expect(output).toMatchObject({ code: 3, err: 'error: no such file or directory: /nowhere/session\n' });
    expect((await cli(['resume', SAMPLE, '--manifest', 'nowhere.json'])).code).toBe(3);
  });

  it('are 0 when the reader has seen enough', async () => {
    const log = Array.from({ length: 5 }, () => ['stdout', 'x'.repeat(70_000)] as const);
    const stdin = forge({ results: { 'a::b': [result('pass', log)] } });
    const { code, out, err } = await cli(['log', '-', 'b'], { stdin, readerLeavesAfter: 1 });
    expect(code).toBe(0);
    expect(out).toBe('x'.repeat(70_000));
    expect(err).toBe('');
  });
});

describe('help', () => {
  it('is complete', async () => {
    const { code, out, err } = await cli(['--help'], { columns: 80 });
    expect({ code, err }).toStrictEqual({ code: 0, err: '' });
    const verbs = ['show', 'jobs', 'log', 'peek', 'resume', 'why', 'checksum', 'list', 'doctor', 'salvage'];
    for (const verb of [...verbs, 'convert', 'redact', 'diff', 'merge', 'view']) {
      expect(out).toMatch(new RegExp(`^  ${verb} `, 'm'));
      const help = await cli([verb, '--help'], { columns: 80 });
      expect(help.code).toBe(0);
      expect(help.out).toContain('Examples:\n  $ plainbox-session');
      expect(help.out).toContain('--json');
      for (const line of help.out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    }
    expect((await cli(['help', 'log'])).out).toBe((await cli(['log', '--help'])).out);
  });

  it('names the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect((await cli(['--version'])).out).toBe(`${version}\n`);
  });
});
