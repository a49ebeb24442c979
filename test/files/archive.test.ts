import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { SessionResumeError } from '../../src/errors.js';
import { archiveKind, openArchive } from '../../src/files/archive.js';
import { peekSync } from '../../src/formats/peek.js';
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

  it('refuses names that are very long or very deep', async () => {
    for (const name of [`${'a/'.repeat(256)}session`, `${'a'.repeat(4096)}/session`]) {
      await expect(open({ session: 's', [name]: 's' })).rejects.toThrow(refused('bad-archive'));
    }
    const deep = `${'a/'.repeat(255)}b`;
    expect((await open({ session: 's', [deep]: 'x' })).files.read(deep)).toHaveLength(1);
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

/** Made by Python: its `tarfile` and `lzma`. */
const fixture = (name: string) => new Uint8Array(readFileSync(new URL(name, import.meta.url)));

describe('tar.xz', () => {
  const packed = fixture('session.tar.xz');

  it('gives the session with the files around it', async () => {
    expect(archiveKind(packed)).toBe('tar.xz');
    const { session, files, directory } = await openArchive(packed, 'tar.xz');
    expect(directory).toBe('x.session');
    expect(peekSync(session).title).toBe('packed');
    expect(files.read('io-logs/a.record.gz')).toHaveLength(1200);
  });

  it('says what it is if it holds no session', async () => {
    const submission = openArchive(fixture('submission.tar.xz'), 'tar.xz');
    await expect(submission).rejects.toThrow(refused('not-a-session'));
    await expect(submission).rejects.toThrow(
      'no file named session in the archive: it is a submission, the reports of a finished run',
    );
    const text = openArchive(fixture('text.xz'), 'tar.xz');
    await expect(text).rejects.toThrow('cannot read tar.xz archive: no tar inside');
    await expect(text).rejects.toThrow(refused('bad-archive'));
  });

  it('stops at the limit, and goes on with the next archive', async () => {
    const limited = openArchive(packed, 'tar.xz', { contentBytes: 1000 });
    await expect(limited).rejects.toThrow(refused('limit-text'));
    await expect(openArchive(packed, 'tar.xz')).resolves.toBeDefined();
  });

  it('gives a documented error wherever it is cut off', async () => {
    for (let length = 6; length < packed.length; length++) {
      const cut = openArchive(packed.subarray(0, length), 'tar.xz');
      await expect(cut, `${length} bytes`).rejects.toThrow('cannot read tar.xz archive: cut off');
      await expect(cut).rejects.toThrow(refused('bad-archive'));
    }
  });

  it('gives a documented error wherever a bit is wrong that matters', async () => {
    let accepted = 0;
    for (let bit = 0; bit < packed.length * 8; bit++) {
      const damaged = packed.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      const outcome = await openArchive(damaged, 'tar.xz').catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toEqual(refused('bad-archive'));
      else accepted++;
    }
    // Reserved bits of the footer, and the size that it repeats.
    expect(accepted).toBeLessThan(16);
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
