/** The documentation shows what the program prints. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cli } from './cli.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const BLOCK = /^```console\n\$ plainbox-session (.+)\n([\s\S]*?)```$/gm;

/** Commands of a document, with what is said to be printed. */
function examplesIn(document: string): (readonly [command: string, printed: string])[] {
  const text = readFileSync(root + document, 'utf8');
  return [...text.matchAll(BLOCK)].map(([, command, printed]) => [command!, printed!]);
}

/** node build/console-blocks.mjs writes them anew. */
describe.each(['README.md', 'docs/cli.md', 'docs/getting-started.md'])('%s', (document) => {
  it.each(examplesIn(document))('plainbox-session %s', async (command, printed) => {
    const { out, err } = await cli(command.split(' '), { cwd: root });
    expect(out + err).toBe(printed);
  });
});

it('docs/cli.md has every verb', async () => {
  const { out } = await cli(['--help']);
  const verbs = [...out.slice(out.indexOf('Commands:')).matchAll(/^ {2}([a-z]+) \[/gm)].map(
    ([, verb]) => verb!,
  );
  const documented = examplesIn('docs/cli.md').map(([command]) => command);
  expect(verbs).toContain('show');
  for (const verb of verbs) {
    if (verb !== 'help') expect(documented).toContain(`${verb} --help`);
  }
});
