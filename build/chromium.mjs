// Ensures the Chromium of the browser tests: Debian's, installed when it is missing and the user is root.
// CHROMIUM names another one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const path = process.env.CHROMIUM ?? '/usr/bin/chromium';
const install = ['chromium', 'fonts-liberation'];

function aptGet(...args) {
  return spawnSync('apt-get', args, { stdio: 'inherit' }).status === 0;
}

if (!existsSync(path) && process.env.CHROMIUM === undefined && process.getuid?.() === 0) {
  if (aptGet('update')) aptGet('install', '-y', '--no-install-recommends', ...install);
}
if (!existsSync(path)) {
  console.error(
    `no Chromium at ${path}: install it (apt-get install ${install.join(' ')}), or name it in CHROMIUM`,
  );
  process.exit(1);
}
