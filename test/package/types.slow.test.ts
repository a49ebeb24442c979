/** The published types in projects with their own settings; the types of the package itself are checked, too. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { here, run } from './run.js';

const project = inject('project');
const compiler = here('../../node_modules/.bin/tsc');
const nodeTypes = here('../../node_modules/@types');

/** What is not named here is as the compiler has it by default. */
const PROJECTS: Readonly<Record<string, { readonly files: string[]; readonly compilerOptions: object }>> = {
  'a page, made by a bundler': {
    files: ['in-page.ts'],
    compilerOptions: { target: 'es2022', module: 'esnext', moduleResolution: 'bundler', types: [] },
  },
  'a program for Node': {
    files: ['in-node.ts', 'in-page.ts'],
    compilerOptions: {
      target: 'es2022',
      module: 'node16',
      moduleResolution: 'node16',
      types: ['node'],
      typeRoots: [nodeTypes],
    },
  },
};

it.each(Object.entries(PROJECTS))('compile in %s', async (name, { files, compilerOptions }) => {
  const config = join(project, `tsconfig.${name.replaceAll(/\W+/g, '-')}.json`);
  const options = { strict: true, noEmit: true, skipLibCheck: false, ...compilerOptions };
  await writeFile(config, JSON.stringify({ files, compilerOptions: options }));
  expect(await run(compiler, ['--project', config], project)).toBe('');
});
