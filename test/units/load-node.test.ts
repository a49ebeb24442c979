import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadProvider, loadUnitFiles } from '../../src/units/load-node.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plainbox-units-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function write(path: string, content: string | Uint8Array): Promise<string> {
  const file = join(directory, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

const job = (id: string) => `id: ${id}\nplugin: shell\ncommand: true\n`;

describe('unit files', () => {
  test('are read by path, problems beside units', async () => {
    const files = [
      { path: await write('deep/a.pxu', job('a')), namespace: 'com.example' },
      { path: await write('bad.pxu', 'nonsense'), namespace: null },
      { path: await write('latin.pxu', Uint8Array.of(0x69, 0x64, 0x3a, 0xe9)), namespace: null },
      { path: await write('b.yaml', 'id: b'), namespace: null },
    ];
    const { units, problems } = await loadUnitFiles(files);
    expect(units.map(({ id, origin }) => [id, origin.source])).toEqual([
      ['com.example::a', 'a.pxu'],
      ['b', 'b.yaml'],
    ]);
    expect(problems.map(({ code, file }) => [code, file])).toEqual([
      ['unit-syntax', 'bad.pxu'],
      ['text-not-utf8', 'latin.pxu'],
    ]);
  });

  test('keep a byte order mark, as the reference does', async () => {
    const path = await write('a.pxu', '\ufeffid: a\n');
    const { units } = await loadUnitFiles([{ path, namespace: null }]);
    expect([...units[0]!.data.keys()]).toEqual(['\ufeffid']);
  });

  test('that are missing are an error of the file system', async () => {
    await expect(loadUnitFiles([{ path: join(directory, 'no.pxu'), namespace: null }])).rejects.toMatchObject(
      {
        code: 'ENOENT',
      },
    );
  });
});

describe('providers (spec units.md 3.1)', () => {
  test('have units and jobs, each file followed by its own unit', async () => {
    await write('manage.py', "setup(name='com.example:lab', version='1')");
    await write('jobs/c.txt.in', job('c'));
    // The name of a directory may look like that of a unit file.
    await write('units/sub.pxu/b.pxu', job('b'));
    await write('units/a.pxu', job('a'));
    await write('units/ignored.in', 'nonsense');
    await write('units/readme.md', 'nonsense');
    await write('units/z.pxu', job('x').replace('shell', 'local'));
    const { namespace, facts, units, problems } = await loadProvider(directory);
    expect(namespace).toBe('com.example');
    expect(facts.version).toBe('1');
    expect(units.map((unit) => unit.id ?? `${unit.kind} ${unit.data.get('path')}`)).toEqual([
      'com.example::a',
      'file units/a.pxu',
      'com.example::b',
      'file units/sub.pxu/b.pxu',
      'com.example::c',
      'file jobs/c.txt.in',
    ]);
    expect(problems.map(({ file, field }) => [file, field])).toEqual([['units/z.pxu', 'plugin']]);
  });

  test('faulty units can be let in', async () => {
    await write('units/a.pxu', job('x').replace('shell', 'local'));
    const { units, problems } = await loadProvider(directory, undefined, { validate: false });
    expect(units.map(({ kind }) => kind)).toEqual(['job', 'file']);
    expect(problems).toEqual([]);
  });

  test('the namespace comes from the caller, or from a .provider file', async () => {
    await write('x.provider', '[PlainBox Provider]\nname = org.other:x\n');
    await write('units/a.pxu', job('a'));
    expect((await loadProvider(directory)).units[0]?.id).toBe('org.other::a');
    expect((await loadProvider(directory, 'mine')).units[0]?.id).toBe('mine::a');
  });

  test('may keep their units elsewhere', async () => {
    await write('x.provider', '[PlainBox Provider]\nname = a:b\nlocation = ./src\nunits_dir = .\n');
    await write('src/top.pxu', job('top'));
    await write('src/jobs/deep.pxu', job('deep'));
    await write('units/other.pxu', job('other'));
    const { units } = await loadProvider(directory);
    expect(units.filter(({ kind }) => kind === 'job').map(({ id, origin }) => [id, origin.source])).toEqual([
      ['a::deep', 'jobs/deep.pxu'],
      ['a::top', 'top.pxu'],
    ]);
  });

  test('without any facts have no namespace', async () => {
    await write('jobs/a.pxu', job('a'));
    const { namespace, units } = await loadProvider(directory);
    expect(namespace).toBeNull();
    expect(units[0]?.id).toBe('a');
  });

  test('that do not exist are an error of the file system', async () => {
    await expect(loadProvider(join(directory, 'no'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
