/** What the package adds to a page: measured, written to docs/size.md, and held below limits. */

import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, inject, it } from 'vitest';
import { here, program, run } from './run.js';

const project = inject('project');

interface Use {
  readonly name: string;
  /** What the page imports. */
  readonly imports: string;
  /** Gzipped bytes; a little more than it is. */
  readonly limit: number;
}

const USES: readonly Use[] = [
  {
    name: '`peek` and `open`',
    imports: "export { open, peek } from 'plainbox-session';",
    limit: 68_000,
  },
  {
    name: '`resume` with unit files',
    imports: "export { resume } from 'plainbox-session'; export { loadUnits } from 'plainbox-session/units';",
    limit: 139_000,
  },
  {
    name: '`open` and reports',
    imports: "export { open } from 'plainbox-session'; export * from 'plainbox-session/report';",
    limit: 127_000,
  },
  {
    name: '`openInWorker`, the page alone',
    imports: "export { openInWorker } from 'plainbox-session/browser';",
    limit: 1_500,
  },
  {
    name: 'everything that runs in a browser',
    imports: ['', '/units', '/report', '/browser', '/plainbox']
      .map((entry, index) => `export * as entry${index} from 'plainbox-session${entry}';`)
      .join('\n'),
    limit: 197_000,
  },
];

interface Size {
  readonly minified: number;
  readonly gzipped: number;
}

/** As esbuild makes it of a file with these imports. */
async function measure({ imports }: Use, index: number): Promise<Size> {
  const entry = join(project, `size-${index}.js`);
  await writeFile(entry, imports);
  const bundle = await run(program('esbuild'), [entry, '--bundle', '--minify', '--format=esm'], project);
  return { minified: Buffer.byteLength(bundle), gzipped: gzipSync(bundle, { level: 9 }).length };
}

/** Bytes that README.md promises of each WebAssembly module as it is, neither embedded nor compressed. */
const MODULE_LIMIT = 36_000;

const sizes: Size[] = [];

beforeAll(async () => {
  for (const [index, use] of USES.entries()) sizes.push(await measure(use, index));
  await writeFile(here('../../docs/size.md'), document());
});

const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);

function document(): string {
  const rows = USES.map(({ name, limit }, index) => {
    const { minified, gzipped } = sizes[index]!;
    return `| ${name} | ${kilobytes(minified)} | ${kilobytes(gzipped)} | ${kilobytes(limit)} |`;
  });
  return `# Size

What the package adds to a page, dependencies and the embedded WebAssembly modules included: bundled and minified by esbuild, in kB (1,000 bytes). \`npm run test:package\` writes this table, and fails when a limit is passed.

| imported | minified | gzipped | limit, gzipped |
|---|---|---|---|
${rows.join('\n')}
`;
}

it.each(USES.map((use, index) => [use.name, use, index] as const))(
  '%s stays below its limit',
  (_name, { limit }, index) => {
    expect(sizes[index]!.gzipped).toBeLessThanOrEqual(limit);
  },
);

it.each(['kernel-simd.wasm', 'kernel.wasm'])('%s has less than 36 KB', async (name) => {
  const { size } = await stat(join(project, 'node_modules/plainbox-session/dist', name));
  expect(size).toBeLessThan(MODULE_LIMIT);
});
