/** The documentation is complete where it lists things, and its links lead somewhere. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** The words of a union type of string literals. */
function wordsOf(file: string, type: string): string[] {
  const declaration = new RegExp(`export type ${type} =([^;]+);`).exec(read(file));
  return [...declaration![1]!.matchAll(/^ {2}\| '([^']+)'/gm)].map(([, word]) => word!);
}

describe('docs/errors.md', () => {
  const documented = new Set(
    [...read('docs/errors.md').matchAll(/`([a-z0-9-]+)`/g)].map(([, word]) => word!),
  );

  it.each([
    ['src/errors.ts', 'ErrorCode'],
    ['src/storage/storage-error.ts', 'StorageErrorCode'],
    ['src/formats/finding.ts', 'FindingCode'],
  ])('has every code of %s', (file, type) => {
    const codes = wordsOf(file, type);
    expect(codes.length).toBeGreaterThan(5);
    expect(codes.filter((code) => !documented.has(code))).toStrictEqual([]);
  });

  it('has every class of errors, and no field that there is not', () => {
    const source = read('src/errors.ts');
    const text = read('docs/errors.md');
    for (const [, name] of source.matchAll(/^export class (\w+)/gm)) expect(text).toContain(`\`${name}\``);
    for (const [, fields] of text.matchAll(/^\| (`\w+`(?:, `\w+`)*) \| .*$/gm)) {
      for (const [, field] of fields!.matchAll(/`(\w+)`/g)) expect(source).toContain(field!);
    }
  });
});

it('docs/architecture.md has every folder of sources', () => {
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const text = read('docs/architecture.md');
  expect(
    folders.filter(({ name }) => !text.includes(`\`src/${name}/\``)).map(({ name }) => name),
  ).toStrictEqual([]);
});

describe.each(documents)('%s', (document) => {
  const text = read(document);
  const links = [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, target]) => target!,
  );

  it('has links that lead somewhere', () => {
    const broken = links.filter((link) => !/^https?:/.test(link) && !leadsSomewhere(document, link));
    expect(broken).toStrictEqual([]);
  });
});

function leadsSomewhere(document: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? document : join(dirname(document), path);
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || headingsOf(read(target)).includes(anchor);
}

/** The anchors that headings get. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
