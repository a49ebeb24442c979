import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { SessionStorage } from '../../src/storage/session-storage.js';
import { makeDirectory } from '../files/directories.js';

const KILLS = 100;
/** As many processes are started; that takes seconds, or a minute on a busy machine. */
const TIMEOUT_MS = 180_000;
/** Several pages, so that a part of a checkpoint can be on disk. */
const COPIES = 50_000;

/** One file that a bare Node runs. */
async function buildChild(): Promise<string> {
  const outDir = makeDirectory();
  const entry = fileURLToPath(new URL('kill-child.ts', import.meta.url));
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: entry, outDir, rollupOptions: { output: { entryFileNames: 'child.mjs' } } },
  });
  return join(outDir, 'child.mjs');
}

it(
  `has the previous or the new checkpoint whole after each of ${KILLS} kills, spread over all steps`,
  async () => {
    const child = await buildChild();
    const storage = new SessionStorage(makeDirectory());
    const { location } = storage;
    await storage.save(Buffer.from('start;'.repeat(COPIES)));
    let current = 'start;';
    const kept = new Set<number>();
    const replaced = new Set<number>();
    for (let kills = 0, step = 0, round = 0; kills < KILLS; round++) {
      const next = `round ${round};`;
      const run = spawnSync(process.execPath, [child, location, next, String(COPIES), String(step)]);
      const content = readFileSync(join(location, 'session'), 'utf8');
      if (run.signal === null) {
        // There is no such step: the save has ended, the next round begins at the first step again.
        expect([run.status, String(run.stderr)]).toEqual([0, '']);
        expect(content).toBe(next.repeat(COPIES));
        step = 0;
      } else {
        expect(run.signal).toBe('SIGKILL');
        const isNew = content === next.repeat(COPIES);
        if (!isNew) expect(content === current.repeat(COPIES)).toBe(true);
        (isNew ? replaced : kept).add(step);
        kills++;
        step++;
      }
      if (content === next.repeat(COPIES)) current = next;
      if (readdirSync(location).includes('session.next')) await storage.breakLock();
    }
    // Killed before the rename it keeps the old one at every step, killed after it it has the new one.
    expect(kept.size).toBeGreaterThanOrEqual(8);
    expect(replaced.size).toBeGreaterThanOrEqual(3);
    expect(Math.max(...kept)).toBeLessThan(Math.min(...replaced));
    await storage.save(Buffer.from('end'));
    expect(Buffer.from(await storage.load()).toString()).toBe('end');
  },
  TIMEOUT_MS,
);
