import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openSessionPath } from '../../src/files/session-path-node.js';
import { tar, zip } from './archives.js';
import { makeDirectory } from './directories.js';

const SESSION = new Uint8Array(gzipSync('{"session":{},"version":1}'));
const LOG = 'log';
const FILES = { 'x.session/session': SESSION, 'x.session/io-logs/a': LOG };
const refused = (code: string) => expect.objectContaining({ name: 'SessionResumeError', code });

describe('openSessionPath', () => {
  it.each(['x.session', 'x.session/', 'x.session/session'])('opens %s in a directory', async (name) => {
    const root = makeDirectory(FILES);
    const { session, files, location } = await openSessionPath(name, { cwd: root });
    expect(new Uint8Array(session)).toEqual(SESSION);
    expect(location).toBe(join(root, 'x.session'));
    expect(await files.read(`${location}/io-logs/a`)).toHaveLength(LOG.length);
  });

  it.each([
    ['x.tar', () => tar(FILES)],
    ['x.tar.gz', async () => new Uint8Array(gzipSync(await tar(FILES)))],
    ['x.zip', async () => zip(FILES)],
    ['session', async () => zip(FILES)],
  ])('opens an archive called %s', async (name, pack) => {
    const root = makeDirectory({ [name]: await pack() });
    const { session, files, location } = await openSessionPath(join(root, name));
    expect(new Uint8Array(session)).toEqual(SESSION);
    expect(location).toBe('');
    expect(await files.read('io-logs/a')).toHaveLength(LOG.length);
  });

  it('leaves other data to the reader of sessions', async () => {
    const root = makeDirectory({ junk: 'junk', empty: '', 'session.next': SESSION });
    expect((await openSessionPath(join(root, 'junk'))).session).toHaveLength(4);
    expect((await openSessionPath(join(root, 'empty'))).session).toHaveLength(0);
    expect((await openSessionPath(join(root, 'session.next'))).location).toBe(root);
  });

  it('says that nothing is there', async () => {
    const root = makeDirectory({ file: '' });
    const gone = openSessionPath('gone', { cwd: root });
    await expect(gone).rejects.toThrow(refused('missing-file'));
    await expect(gone).rejects.toThrow('no such file or directory: gone');
    await expect(openSessionPath(join(root, 'file/x'))).rejects.toThrow(refused('missing-file'));
    await expect(openSessionPath('nul\0name')).rejects.toThrow(refused('missing-file'));
    await expect(openSessionPath('/dev/null')).rejects.toThrow(refused('missing-file'));
  });

  it('says that the directory has no session', async () => {
    const root = makeDirectory({ 'a/notes.txt': '', 'b/session.next': SESSION });
    await expect(openSessionPath('a', { cwd: root })).rejects.toThrow(
      'no file named session in the directory: a',
    );
    await expect(openSessionPath('b', { cwd: root })).rejects.toThrow(
      'no file named session in the directory, but session.next of an interrupted save: b',
    );
    await expect(openSessionPath('b', { cwd: root })).rejects.toThrow(refused('not-a-session'));
  });

  it('says that the directory is a repository', async () => {
    const root = makeDirectory();
    for (const name of ['d', 'b', 'c', 'a']) mkdirSync(join(root, `${name}.session`));
    const opening = openSessionPath('.', { cwd: root });
    await expect(opening).rejects.toThrow(
      'a repository of 4 sessions (a.session, b.session, c.session, …): .',
    );
    await expect(opening).rejects.toThrow(refused('several-sessions'));
  });

  it('says that the file is a record file', async () => {
    const record = new Uint8Array(gzipSync('[0.1,"stdout","YQ=="]\n'));
    const named = Uint8Array.of(
      0x1f,
      0x8b,
      8,
      8,
      ...record.subarray(4, 10),
      ...bytes('a.record\0'),
      ...record.subarray(10),
    );
    const root = makeDirectory({ 'a.record.gz': record });
    writeFileSync(join(root, 'renamed'), named);
    for (const name of ['a.record.gz', 'renamed']) {
      const opening = openSessionPath(name, { cwd: root });
      await expect(opening).rejects.toThrow(refused('not-a-session'));
      await expect(opening).rejects.toThrow(`a record file, not a session: ${name}`);
    }
  });
});

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
