import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DoctorOptions, doctor } from '../../src/storage/doctor.js';
import { makeDirectory } from '../files/directories.js';
import { copySample, emptySession, SAMPLE, setAge } from './sessions.js';

/** Path to the codes of what was found there. */
async function found(path: string, options?: DoctorOptions): Promise<[string, string[]][]> {
  const all: [string, string[]][] = [];
  for await (const { path: place, diagnosis } of doctor(path, options)) {
    all.push([place, diagnosis.findings.map(({ code }) => code)]);
  }
  return all;
}

describe('doctor', () => {
  it('takes a relative path', async () => {
    expect(await found('laptop-quick.session', { cwd: join(SAMPLE, '..') })).toEqual([[SAMPLE, []]]);
  });

  it('examines a directory that lost its checkpoint', async () => {
    const root = makeDirectory({ 'a.session/io-logs/x': '', 'b/session.next': emptySession() });
    expect(await found(join(root, 'a.session'))).toEqual([[join(root, 'a.session'), ['no-checkpoint']]]);
    expect(await found(join(root, 'b'))).toEqual([[join(root, 'b'), ['no-checkpoint', 'left-over-save']]]);
  });

  it('examines a repository, whatever is wrong with single sessions', async () => {
    const root = makeDirectory({
      'a.session/session/x': '',
      'c.session/session': emptySession({}, 12),
      other: '',
    });
    copySample(join(root, 'b.session'));
    ['a', 'b', 'c'].forEach((name, age) => {
      setAge(join(root, `${name}.session`), age * 100);
    });
    expect(await found(root)).toEqual([
      [join(root, 'a.session'), ['unreadable-file']],
      [join(root, 'b.session'), []],
      [join(root, 'c.session'), ['version-from-the-future']],
    ]);
  });

  it('goes on when a session vanishes', async () => {
    const root = makeDirectory({ 'a.session/session': emptySession(), 'b.session/session': emptySession() });
    setAge(join(root, 'b.session'), 100);
    const places: string[] = [];
    for await (const { path } of doctor(root)) {
      places.push(path);
      rmSync(join(root, 'b.session'), { recursive: true });
    }
    expect(places).toEqual([join(root, 'a.session')]);
  });

  it('examines a file with what lies around it', async () => {
    const location = copySample(join(makeDirectory(), 'x'));
    writeFileSync(join(location, 'session.next'), '');
    const path = join(location, 'session');
    expect(await found(path)).toEqual([[path, ['left-over-save']]]);
  });

  it('refuses what is neither', async () => {
    await expect(found(makeDirectory({ 'a/b': '' }))).rejects.toMatchObject({ code: 'not-a-session' });
    await expect(found(join(makeDirectory(), 'gone'))).rejects.toMatchObject({ code: 'missing-file' });
  });
});
