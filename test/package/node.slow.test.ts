/** The installed package in every version of Node that it promises to run in. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { here, NODES, run } from './run.js';
import { expectedFacts, SAMPLE_TITLE } from './sample.js';

const project = inject('project');

interface Printed {
  readonly node: string;
  readonly exported: Readonly<Record<string, readonly string[]>>;
  readonly facts: readonly object[];
  readonly raw: readonly string[];
  readonly fromDirectory: number;
}

describe.each(NODES)('Node %i', (version, node) => {
  it('imports every entry point, and reads the sample session with every kernel', async () => {
    const printed: Printed = JSON.parse(await run(node, ['in-node.js'], project));
    expect(printed.node).toMatch(new RegExp(`^v${version}\\.`));
    for (const names of Object.values(printed.exported)) expect(names).not.toHaveLength(0);
    expect(printed.facts).toStrictEqual([expectedFacts('js'), expectedFacts('wasm-simd')]);
    expect(printed.raw).toStrictEqual(['wasm-simd', 'wasm']);
    expect(printed.fromDirectory).toBeGreaterThan(0);
  });

  it('runs the program', async () => {
    const program = join(project, 'node_modules/plainbox-session/dist/cli/main.js');
    const shown = await run(node, [program, 'show', 'public/laptop-quick.session'], project);
    expect(shown).toContain(SAMPLE_TITLE);
  });
});

it.each(['README.md', 'docs/getting-started.md'])('runs the examples of %s', async (document) => {
  const text = await readFile(here(`../../${document}`), 'utf8');
  const blocks = (kind: string) =>
    [...text.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))]
      .map(([, block]) => block)
      .join('');
  await writeFile(join(project, 'example.js'), blocks('js'));
  const printed = await run(process.execPath, ['../example.js'], join(project, 'public'));
  expect(printed).toBe(blocks('text'));
});

it('runs as npx plainbox-session', async () => {
  const shown = await run('npx', ['plainbox-session', 'show', 'public/laptop-quick.session'], project);
  expect(shown).toContain(SAMPLE_TITLE);
});
