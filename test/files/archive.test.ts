import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { SessionResumeError } from '../../src/errors.js';
import { archiveKind, openArchive } from '../../src/files/archive.js';
import { type Content, tar, zip } from './archives.js';

const SESSION = gzipSync('{"session":{},"version":1}');
const CONTENT: Content = {
  'x.session/session': SESSION,
  'x.session/io-logs/a.record.gz': 'log'.repeat(400),
  'x.session/session-share/session': 'something else',
  'README.txt': 'hi',
};
const gzipped = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));
const refused = (code: string) => expect.objectContaining({ name: 'SessionResumeError', code });

describe.each([
  ['tar', tar],
  ['tar.gz', async (content: Content) => gzipped(await tar(content))],
  ['zip', async (content: Content) => zip(content)],
  ['zip', async (content: Content) => zip(content, 0)],
] as const)('%s', (kind, pack) => {
  const open = async (content: Content) => openArchive(await pack(content), kind);

  it('is recognised by its content', async () => {
    expect(archiveKind(await pack(CONTENT))).toBe(kind);
  });

  it('gives the session nearest to the root with the files around it', async () => {
    const { session, files, directory } = await open(CONTENT);
    expect(directory).toBe('x.session');
    expect([...session]).toEqual([...SESSION]);
    expect(files.list()).toEqual(['io-logs', 'session', 'session-share']);
    expect(files.read('io-logs/a.record.gz')).toHaveLength(1200);
    expect(files.stat('README.txt')).toBeUndefined();
  });

  it('takes a session at the root', async () => {
    expect((await open({ './session': 's', 'io-logs/a': 'b' })).directory).toBe('.');
  });

  it('says when there is no session, or more than one', async () => {
    await expect(open({ 'a/b': 'c' })).rejects.toThrow(refused('not-a-session'));
    const several = open({ 'a.session/session': '1', 'b.session/session': '2' });
    await expect(several).rejects.toThrow('2 sessions in the archive: a.session/session, b.session/session');
    await expect(several).rejects.toThrow(refused('several-sessions'));
  });

  it('refuses names that lead out of it', async () => {
    for (const name of ['../x/session', 'a/../../session', '/etc/session']) {
      await expect(open({ [name]: 's' })).rejects.toThrow(refused('bad-archive'));
    }
  });

  it('stops at the limit', async () => {
    const bytes = await pack({ session: new Uint8Array(1 << 20) });
    await expect(openArchive(bytes, kind, { contentBytes: 1000 })).rejects.toThrow(refused('limit-text'));
  });

  it('gives a documented error when it is damaged', async () => {
    const bytes = await pack(CONTENT);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), fc.boolean(), async (position, bit, cut) => {
        const damaged = cut ? bytes.slice(0, position) : bytes.slice();
        if (!cut) damaged[position]! ^= 1 << bit;
        const outcome = await openArchive(damaged, kind).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(SessionResumeError);
      }),
      { numRuns: 300 },
    );
  });
});

describe('archives', () => {
  it('are not what a session or other data is', () => {
    expect(archiveKind(SESSION)).toBeUndefined();
    expect(archiveKind(new Uint8Array(0))).toBeUndefined();
    expect(archiveKind(SESSION.subarray(0, 5))).toBeUndefined();
    expect(archiveKind(new TextEncoder().encode('PK but no archive'))).toBeUndefined();
  });

  it('do not follow links', async () => {
    const bytes = await packTar([
      { header: { name: 'session', size: 1, type: 'file' }, body: 's' },
      { header: { name: 'io-logs/a', size: 0, type: 'symlink', linkname: '/etc/passwd' } },
    ]);
    const { files } = await openArchive(bytes, 'tar');
    expect(files.list()).toEqual(['session']);
  });

  it('check what zip says of its entries', async () => {
    const bytes = zip({ session: 'hello' }, 0);
    const content = bytes.findIndex(
      (_, i) => bytes[i] === 0x68 && bytes[i + 1] === 0x65 && bytes[i + 2] === 0x6c,
    );
    bytes[content]! ^= 1;
    await expect(openArchive(bytes, 'zip')).rejects.toThrow(
      'cannot read zip archive: session fails its checks',
    );
  });
});
