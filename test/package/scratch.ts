/** Packs the package, and installs it in a project of its own, as anyone would. */

import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { here, run } from './run.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The project that has the package installed, and the files of `consumer/`. */
    readonly project: string;
    readonly tarball: string;
  }
}

const RESOURCE_LOG = 'laptop-quick.session/io-logs/com.example.laptop__disk.record.gz';
const root = here('../../');

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'plainbox-session-package-'));
  const packed = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', directory],
    root,
  );
  const [{ filename }] = JSON.parse(packed) as [{ readonly filename: string }];
  const project = join(directory, 'project');
  await cp(here('consumer'), project, { recursive: true });
  const examples = join(project, 'public');
  await cp(join(root, 'examples'), examples, { recursive: true });
  // Under another name: servers take `.gz` for an encoding, and the browser then unpacks it.
  await cp(join(examples, RESOURCE_LOG), join(examples, 'resource-log'));
  await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  // Without --ignore-scripts: were there an install script, it would run here as it would for anyone.
  await run('npm', ['install', '--no-audit', '--no-fund', join(directory, filename)], project);
  await cp(join(root, 'test/files/session.tar.xz'), join(examples, 'session.tar.xz'));
  const raw = join(project, 'node_modules/plainbox-session/dist/kernel.wasm');
  await cp(raw, join(examples, 'kernel.wasm'));
  provide('project', project);
  provide('tarball', join(directory, filename));
  return () => rm(directory, { recursive: true });
}
