// Writes the examples of the documentation anew: below the command of a console block stands what it prints.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const documents = ['README.md', 'docs/cli.md', 'docs/getting-started.md'];

function output(command) {
  const { stdout, stderr } = spawnSync(process.execPath, ['dist/cli/main.js', ...command.split(' ')], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return stdout + stderr;
}

for (const name of documents) {
  const path = new URL(`../${name}`, import.meta.url);
  const text = readFileSync(path, 'utf8');
  const block = /^```console\n\$ plainbox-session (.+)\n[\s\S]*?```$/gm;
  const written = text.replaceAll(block, (_, command) => {
    return `\`\`\`console\n$ plainbox-session ${command}\n${output(command)}\`\`\``;
  });
  writeFileSync(path, written);
}
