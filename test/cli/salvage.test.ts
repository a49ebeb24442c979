import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeDirectory } from '../files/directories.js';
import { cli, SAMPLE, UNITS } from './cli.js';
import { forge, result } from './sessions.js';

const sample = readFileSync(`${SAMPLE}/session`);

/** A directory with a file `cut`: the sample without its end. */
function withCut(bytes: number): string {
  return makeDirectory({ cut: sample.subarray(0, bytes) });
}

describe('salvage', () => {
  it('writes what is left and tells what is lost', async () => {
    const cwd = withCut(1500);
    const { code, out, err } = await cli(['salvage', 'cut', '-o', 'rescued'], { cwd });
    expect({ code, err }).toStrictEqual({ code: 1, err: '' });
    expect(out).toMatch(/^rescued: not everything recovered\n {2}text +[\d.]+ kB unpacked/);
    expect(out).toContain('check    the checksum of the text is missing, so nothing vouches for it');
    expect(out).toContain('version  11: it is lost, but what is left can be of no other one');
    expect(out).toMatch(/kept {5}14 jobs, \d+ results\n/);
    expect(out).toMatch(/damage\n {4}input ends at byte 1500/);
    expect(out).toMatch(/lost\n {4}\$\.session\.results\S+\s+breaks off in\s+here; what followed is missing/);
    expect((await cli(['peek', 'rescued'], { cwd })).code).toBe(0);
    const least = await cli(['salvage', '-', '-o', 'least'], { cwd, stdin: sample.subarray(0, 500) });
    expect(least.out).toMatch(
      /version +1: it is lost, and of 1 to 11 this is the lowest that holds what is\s+left/,
    );
  });

  it('only tells what it would write where no file is named', async () => {
    const cwd = withCut(1500);
    const { code, out } = await cli(['salvage', 'cut'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/^nothing written without -o: not everything recovered\n/);
    const { out: json } = await cli(['salvage', 'cut', '--json'], { cwd });
    expect(JSON.parse(json)).toMatchObject({ complete: false, bytes_written: null });
  });

  it('recovers everything of a session that is whole', async () => {
    const cwd = makeDirectory({});
    const { code, out } = await cli(['salvage', SAMPLE, '-o', 'rescued', '--json'], { cwd });
    expect(code).toBe(0);
    const dump = JSON.parse(out);
    expect(dump).toMatchObject({
      schema: 1,
      operation: 'salvage',
      status: 'ok',
      complete: true,
      version: { number: 11, stored: true, lowest: 11, highest: 11 },
      members: [{ offset: 0, check: 'match' }],
      damage: [],
      counts: { jobs: { kept: 14, lost: 0 } },
      losses: [],
      filled_in: [],
    });
    const rescued = readFileSync(join(cwd, 'rescued'));
    expect(dump.bytes_written).toBe(rescued.length);
    expect(gunzipSync(rescued)).toEqual(gunzipSync(sample));
  });

  it('leaves out the jobs that the given definitions do not have', async () => {
    const cwd = makeDirectory({ session: forge({ results: { 'nowhere::a': [result('pass')] } }) });
    const units = ['--namespace', 'com.example.laptop', '--units', join(UNITS, 'laptop.pxu')];
    const { code, out } = await cli(['salvage', '.', '-o', 'rescued', ...units], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/lost +1 job, 1 result/);
    expect((await cli(['resume', 'rescued', ...units], { cwd })).code).toBe(0);
  });

  it('writes nothing where nothing is left', async () => {
    const cwd = withCut(20);
    const { code, out } = await cli(['salvage', 'cut', '-o', 'rescued'], { cwd });
    expect(code).toBe(1);
    expect(out).toContain('nothing written: nothing recovered');
    expect(existsSync(join(cwd, 'rescued'))).toBe(false);
  });

  it('replaces a file only by force', async () => {
    const cwd = withCut(1500);
    writeFileSync(join(cwd, 'rescued'), 'precious');
    const refused = await cli(['salvage', 'cut', '-o', 'rescued'], { cwd });
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('rescued is there already');
    expect(readFileSync(join(cwd, 'rescued'), 'utf8')).toBe('precious');
    expect((await cli(['salvage', 'cut', '-o', 'rescued', '--force'], { cwd })).code).toBe(1);
    expect(readFileSync(join(cwd, 'rescued')).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  });

  it('reads and writes pipes', async () => {
    const { code, bytes, err } = await cli(['salvage', '-', '-o', '-'], { stdin: sample.subarray(0, 1500) });
    expect(code).toBe(1);
    expect(gunzipSync(bytes).toString()).toMatch(/^\{"session":/);
    expect(err).toContain('not everything recovered');
    expect((await cli(['salvage', '-', '-o', '-', '--json'], { stdin: sample })).code).toBe(2);
  });

  it('tells what cannot be read, and what nobody knows', async () => {
    const cwd = makeDirectory({ session: forge({ version: 12 }) });
    expect((await cli(['salvage', 'nowhere', '-o', 'x'], { cwd })).code).toBe(3);
    const { code, err } = await cli(['salvage', '.', '-o', 'x'], { cwd });
    expect(code).toBe(1);
    expect(err).toContain('Unsupported version 12');
  });
});
