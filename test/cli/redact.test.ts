import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSync } from '../../src/formats/open.js';
import { cli, SAMPLE } from './cli.js';
import { forge, result } from './sessions.js';

const cwd = mkdtempSync(join(tmpdir(), 'redact-'));
afterAll(() => rmSync(cwd, { recursive: true }));
const open = (name: string) => openSync(readFileSync(join(cwd, name)));

const stdin = forge({
  metadata: { title: 'on lab-17', app_blob: 'YWJj', flags: ['lab-17'] },
  results: {
    'x::a': [result('pass', [['stdout', 'lab-17: SN-1 SN-22\n']])],
    'x::b': [result('pass', [['stdout', 'quiet\n']])],
  },
});

describe('redact', () => {
  it('writes a session without the texts, and prints where they were', async () => {
    const args = [
      'redact',
      '-',
      '-o',
      'clean',
      '--app-blob',
      '--replace',
      'lab-17',
      '--replace-regex',
      'SN-\\d+',
    ];
    const { code, out, err } = await cli([...args, '--with', 'gone'], { stdin, cwd });
    expect(code).toBe(0);
    expect(out).toBe(`\
removed  rule           where
      1  app-blob       $.session.metadata.app_blob
      1  replacement 1  $.session.metadata.title
      1  replacement 1  $.session.results["x::a"][0].io_log
      2  replacement 2  $.session.results["x::a"][0].io_log
`);
    expect(err.replaceAll(/\s+/g, ' ')).toBe(
      'warning: $.session.metadata.flags[0] stays: it is the name of a job or a flag ',
    );
    const session = open('clean');
    expect(session.metadata).toMatchObject({ title: 'on gone', appBlob: new Uint8Array(0) });
    const log = session.results.get('x::a')![0]!.readLog(undefined as never);
    expect(Buffer.from((log as { bytes(): Uint8Array }).bytes()).toString()).toBe('gone: gone gone\n');
  });

  it('empties logs and removes collectors by glob; says what had nothing to do', async () => {
    const args = ['redact', '-', '-o', 'clean', '--log', '*::b', '--log', 'x::c', '--collector', '*'];
    const { code, out, err } = await cli(args, { stdin, cwd });
    expect(code).toBe(0);
    expect(out).toContain('      1  log   $.session.results["x::b"][0].io_log\n');
    expect(err).toBe('warning: collector has nothing to remove\n');
  });

  it('prints JSON', async () => {
    const { out, err } = await cli(['redact', '-', '-o', 'clean', '--replace', 'lab-17', '--json'], {
      stdin,
      cwd,
    });
    expect(err).toBe('');
    expect(JSON.parse(out)).toStrictEqual({
      schema: 1,
      operation: 'redact',
      status: 'ok',
      removed: [
        { path: '$.session.metadata.title', rule: 'replacement 1', count: 1 },
        { path: '$.session.results["x::a"][0].io_log', rule: 'replacement 1', count: 1 },
      ],
      left: [{ path: '$.session.metadata.flags[0]', text: 'it is the name of a job or a flag' }],
      bytes_written: readFileSync(join(cwd, 'clean')).length,
    });
  });

  it('keeps the report out of a session on standard output', async () => {
    const { bytes, err } = await cli(['redact', '-', '-o', '-', '--app-blob'], { stdin, cwd });
    expect(openSync(bytes).metadata.appBlob).toHaveLength(0);
    expect(err).toContain('app-blob');
  });

  it.each([
    [['redact', SAMPLE, '-o', 'x']],
    [['redact', SAMPLE, '--app-blob']],
    [['redact', SAMPLE, '-o', 'x', '--replace', '']],
    [['redact', SAMPLE, '-o', 'x', '--replace-regex', '(']],
    [['redact', SAMPLE, '-o', '-', '--app-blob', '--json']],
  ])('%j is refused', async (args) => {
    const before = readdirSync(cwd);
    expect(await cli(args, { cwd })).toMatchObject({ code: 2, out: '' });
    expect(readdirSync(cwd)).toStrictEqual(before);
  });
});
