import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSync } from '../../src/formats/open.js';
import { cli, SAMPLE } from './cli.js';
import { forge, result } from './sessions.js';

const cwd = mkdtempSync(join(tmpdir(), 'convert-'));
afterAll(() => rmSync(cwd, { recursive: true }));
const open = (name: string) => openSync(readFileSync(join(cwd, name)));

const stdin = forge({
  metadata: { remaining_todo_jobs: true },
  results: { a: [result('fail'), result('pass')] },
});

describe('convert', () => {
  it('writes a session in another version', async () => {
    const { code, out, err } = await cli(['convert', '-', '--to', '10', '--force', '-o', 'ten'], {
      stdin,
      cwd,
    });
    expect(code).toBe(0);
    expect(out).toMatch(/^ten: version 10, \d+ B, 1 loss\n$/);
    expect(err.replaceAll(/\s+/g, ' ')).toBe(
      'warning: $.session.metadata.remaining_todo_jobs: dropped: the format has it since version 11 ',
    );
    expect(open('ten').version).toBe(10);
    expect(readdirSync(cwd)).toStrictEqual(['ten']);
  });

  it('writes nothing where something would be lost', async () => {
    const { code, out, err } = await cli(['convert', '-', '--to', '3', '-o', 'three'], { stdin, cwd });
    expect(code).toBe(1);
    expect(out).toBe('version 3: 2 losses, nothing written without --force\n');
    expect(err).toContain('$.session.results.a');
    expect(readdirSync(cwd)).not.toContain('three');
  });

  it('only tells what would be lost without -o', async () => {
    expect(await cli(['convert', '-', '--to', '4', '--force'], { stdin, cwd })).toMatchObject({
      code: 0,
      out: 'version 4: 1 loss, nothing written\n',
    });
  });

  it('prints JSON', async () => {
    const { code, out, err } = await cli(['convert', '-', '--to', '3', '--json'], { stdin, cwd });
    expect(code).toBe(1);
    expect(err).toBe('');
    expect(JSON.parse(out)).toStrictEqual({
      schema: 1,
      operation: 'convert',
      status: 'ok',
      from: 11,
      to: 3,
      losses: [
        {
          path: '$.session.metadata.remaining_todo_jobs',
          text: 'dropped: the format has it since version 11',
        },
        {
          path: '$.session.results.a',
          text: 'the earlier result is dropped: version 3 keeps the last one only',
        },
      ],
      bytes_written: null,
    });
  });

  it('writes to standard output, but not to a terminal', async () => {
    const args = ['convert', '-', '--to', '11', '-o', '-'];
    const { code, bytes } = await cli(args, { stdin, cwd });
    expect(code).toBe(0);
    expect(openSync(bytes).version).toBe(11);
    expect(await cli(args, { stdin, cwd, columns: 80 })).toMatchObject({ code: 2, out: '' });
    expect(await cli([...args, '--json'], { stdin, cwd })).toMatchObject({ code: 2, out: '' });
  });

  it('replaces the file that it read', async () => {
    writeFileSync(join(cwd, 'mine'), stdin);
    expect((await cli(['convert', 'mine', '--to', '9', '--force', '-o', 'mine'], { cwd })).code).toBe(0);
    expect(open('mine').version).toBe(9);
  });

  it('names logs from the directory of the session, or from another one', async () => {
    const { io_log: _, ...facts } = result('pass') as Record<string, unknown>;
    writeFileSync(join(cwd, 'disk'), forge({ results: { a: [{ ...facts, io_log_filename: 'io-logs/x' }] } }));
    const nameWith = async (...args: string[]) => {
      expect((await cli(['convert', 'disk', '--to', '4', '-o', 'four', ...args], { cwd })).code).toBe(0);
      return open('four').results.get('a')?.[0]?.ioLogFilename;
    };
    expect(await nameWith()).toBe(join(cwd, 'io-logs/x'));
    expect(await nameWith('--location', '/var/s')).toBe('/var/s/io-logs/x');
    expect(await cli(['convert', 'disk', '--to', '4', '--location', 'here'], { cwd })).toMatchObject({
      code: 2,
    });
  });

  it.each([
    [['convert', SAMPLE], 2],
    [['convert', SAMPLE, '--to', '12'], 2],
    [['convert', SAMPLE, '--to', '1.5'], 2],
    [['convert', SAMPLE, '--to', '11', '-o', 'no/such/directory'], 3],
    [['convert', 'no-such-file', '--to', '11'], 3],
  ])('%j ends with %i', async (args, expected) => {
    const { code, err } = await cli(args, { cwd });
    expect(code).toBe(expected);
    expect(err).not.toBe('');
    expect(readdirSync(cwd).filter((name) => name.endsWith('.part'))).toStrictEqual([]);
  });

  it('takes the sample to every version', async () => {
    for (let version = 1; version <= 11; version++) {
      const { code } = await cli(['convert', SAMPLE, '--to', `${version}`, '--force', '-o', 'sample'], {
        cwd,
      });
      expect(code).toBe(0);
      expect(open('sample')).toMatchObject({ version, problems: [] });
    }
  });
});
