import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeRepository, type RepositorySession } from '../../src/storage/candidates.js';
import { listRepository } from '../../src/storage/repository.js';
import { SessionStorage } from '../../src/storage/session-storage.js';
import { type JudgeOptions, judgeCheckpoint } from '../../src/storage/verdict.js';
import { makeDirectory } from '../files/directories.js';
import { changedSample, copySample, emptySession, pack, setAge } from './sessions.js';

const idsIn = async (repository: string) =>
  (await listRepository(repository)).map(({ storage }) => storage.id);

describe('listRepository', () => {
  it('gives sessions, youngest first', async () => {
    const repository = makeDirectory();
    for (const [name, age] of [
      ['a', 30],
      ['b', 10],
      ['c', 20],
    ] as const) {
      mkdirSync(join(repository, `${name}.session`));
      setAge(join(repository, `${name}.session`), age);
    }
    expect(await idsIn(repository)).toEqual(['b', 'c', 'a']);
    await new SessionStorage(join(repository, 'a.session')).save(Buffer.from('x'));
    expect(await idsIn(repository)).toEqual(['a', 'b', 'c']);
  });

  it('orders those of the same age by their names', async () => {
    const repository = makeDirectory();
    for (const name of ['x-2', 'x-1', 'x-3']) {
      mkdirSync(join(repository, `${name}.session`));
      setAge(join(repository, `${name}.session`), 1000);
    }
    expect(await idsIn(repository)).toEqual(['x-3', 'x-2', 'x-1']);
  });

  it('leaves out what is no session, and links', async () => {
    const repository = makeDirectory({
      'a.session/session': '',
      'file.session': '',
      'other/x': '',
      '.b.session/x': '',
    });
    symlinkSync(join(repository, 'a.session'), join(repository, 'link.session'));
    symlinkSync('/nowhere', join(repository, 'dangling.session'));
    symlinkSync('/nowhere', join(repository, 'dangling'));
    expect(await idsIn(repository)).toEqual(['a']);
  });

  it('is empty without a repository', async () => {
    expect(await idsIn(join(makeDirectory(), 'gone'))).toEqual([]);
  });

  it('tells when the repository cannot be read', async () => {
    const file = join(makeDirectory({ file: '' }), 'file');
    await expect(listRepository(file)).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});

async function judged(repository: string, options?: JudgeOptions): Promise<RepositorySession[]> {
  const sessions: RepositorySession[] = [];
  for await (const session of judgeRepository(repository, options)) sessions.push(session);
  return sessions;
}

describe('judgeRepository', () => {
  it('has a verdict for every session, whatever is wrong with the others', async () => {
    const truncated = emptySession().subarray(0, 100);
    const repository = makeDirectory({
      'a.session/session': emptySession(),
      'b.session/session': truncated,
      'c.session/session': emptySession({}, 12),
      'd.session/session': '',
      'f.session/session/oops': '',
      'g.session/session': emptySession({ flags: ['submitted'] }),
      'h.session/session': emptySession({ flags: ['setting_up', 'other'] }),
    });
    mkdirSync(join(repository, 'e.session'));
    symlinkSync('/nowhere', join(repository, 'z.session'));
    const verdicts = (await judged(repository)).map(({ storage, verdict }) => [
      storage.id,
      `${verdict.kind}: ${verdict.reason}`,
      verdict.fault?.message,
    ]);
    const place = join(repository, 'f.session', 'session');
    expect(Object.fromEntries(verdicts.map(([id, ...rest]) => [id, rest]))).toEqual({
      a: ['resumable: incomplete', undefined],
      b: ['damaged: refused', 'Cannot decompress session data'],
      c: ['incompatible: unsupported-version', 'Unsupported version 12'],
      d: ['damaged: no-checkpoint', undefined],
      e: ['damaged: no-checkpoint', undefined],
      f: ['damaged: unreadable-file', `not a file: ${place}`],
      g: ['finished: neither-flag', undefined],
      h: ['resumable: setting_up', undefined],
    });
  });

  it('gives the sessions of one application to it', async () => {
    const repository = makeDirectory({
      'a.session/session': emptySession({ app_id: 'checkbox' }),
      'b.session/session': emptySession({ app_id: 'other' }),
      'c.session/session': emptySession({ app_id: null }),
    });
    const sessions = await judged(repository, { appId: 'checkbox' });
    const kinds = new Map(sessions.map(({ storage, verdict }) => [storage.id, verdict.kind]));
    expect(Object.fromEntries(kinds)).toEqual({ a: 'resumable', b: 'foreign', c: 'foreign' });
  });

  it('leaves out a session that vanishes meanwhile', async () => {
    const repository = makeDirectory({
      'a.session/session': emptySession(),
      'b.session/session': emptySession(),
    });
    setAge(join(repository, 'a.session'), 10);
    const ids: string[] = [];
    for await (const { storage } of judgeRepository(repository)) {
      ids.push(storage.id);
      rmSync(join(repository, 'a.session'), { recursive: true });
    }
    expect(ids).toEqual(['b']);
  });

  it('lets the document be read', async () => {
    const repository = makeDirectory();
    copySample(join(repository, 'sample.session'));
    for await (const { session, verdict } of judgeRepository(repository)) {
      expect(verdict).toEqual({ kind: 'resumable', reason: 'incomplete' });
      expect(session?.metadata.title).toBe('laptop-quick');
      expect(session?.results.size).toBe(11);
    }
  });
});

describe('judgeCheckpoint', () => {
  it('finds what a peek does not see', () => {
    const bytes = changedSample(({ results }) => {
      results['com.example.laptop::cpu/info']![0]!.outcome = 'great';
    });
    expect(judgeCheckpoint(bytes).verdict).toMatchObject({
      kind: 'damaged',
      reason: 'refused',
      fault: { code: 'not-allowed', jobId: 'com.example.laptop::cpu/info' },
    });
  });

  it('takes no file for more than it is', () => {
    for (const bytes of [pack([]), pack({}), pack({ session: null, version: 3 }), Buffer.from('text')]) {
      expect(judgeCheckpoint(bytes).verdict).toMatchObject({ kind: 'damaged', reason: 'refused' });
    }
  });
});

it('a repository is not changed by looking at it', async () => {
  const repository = makeDirectory({ 'a.session/session': emptySession(), 'a.session/session.next': 'x' });
  writeFileSync(join(repository, 'a.session', 'io-logs'), 'a file');
  const before = await listRepository(repository);
  await judged(repository);
  expect(await listRepository(repository)).toEqual(before);
});
