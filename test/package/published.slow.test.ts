/** What is published, judged by those who judge packages for a living. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { here, program, run } from './run.js';

const project = inject('project');
const tarball = inject('tarball');

it('has nothing that publint would say', async () => {
  expect(await run(program('publint'), ['run', tarball, '--strict'], project)).toContain('All good!');
});

it('has types that fit its modules, by arethetypeswrong', async () => {
  const raw = ['wasm', 'wasm/scalar'];
  const options = ['--profile', 'esm-only', '--exclude-entrypoints', ...raw];
  expect(await run(program('attw'), [tarball, ...options], project)).toContain('"plainbox-session/units"');
});

it('runs nothing when it is installed, nor do its dependencies', async () => {
  const lock: { readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean }>> } =
    JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8'));
  const packages = Object.entries(lock.packages);
  expect(packages.map(([path]) => path)).toContain('node_modules/plainbox-session');
  expect(packages.filter(([, { hasInstallScript }]) => hasInstallScript)).toStrictEqual([]);
});

it('holds what was built, the documentation, schemas, the licence, the description, and no more', async () => {
  const listed = await run('tar', ['tzf', tarball], project);
  const others = listed
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''))
    .filter((path) => !/^dist\/.+\.(?:js|d\.ts)$/.test(path));
  const documents = (await readdir(here('../../docs'))).filter((name) => name.endsWith('.md'));
  expect(others.sort()).toStrictEqual(
    [
      'LICENSE',
      'README.md',
      'dist/inspector.html',
      'dist/kernel-simd.wasm',
      'dist/kernel.wasm',
      ...documents.map((name) => `docs/${name}`),
      'docs/schemas/index-row.schema.json',
      'docs/schemas/report-line.schema.json',
      'docs/schemas/submission.schema.json',
      'package.json',
    ].sort(),
  );
});
