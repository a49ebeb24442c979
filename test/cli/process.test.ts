import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SAMPLE } from './cli.js';

const PROGRAM = new URL('../../dist/cli/main.js', import.meta.url).pathname;

function start(args: readonly string[]) {
  if (!existsSync(PROGRAM)) throw new Error('the program is not built: npm run build');
  return spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, FORCE_COLOR: '', NO_COLOR: '' },
  });
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

async function finish(child: ReturnType<typeof start>) {
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended]);
  return { out, err, code };
}

describe('the program', () => {
  it('prints to a pipe without colours and exits with its code', async () => {
    const shown = await finish(start(['show', SAMPLE]));
    expect(shown).toMatchObject({ code: 0, err: '', out: expect.stringContaining('7 passed, 1 failed') });
    expect(shown.out).not.toContain('\x1b');
    const missing = await finish(start(['show', 'nowhere']));
    expect(missing).toMatchObject({ code: 3, out: '', err: expect.stringContaining('nowhere') });
  });

  it('reads standard input', async () => {
    const child = start(['show', '-']);
    child.stdin.end('this is no session');
    const { code, err } = await finish(child);
    expect(code).toBe(1);
    expect(err).toContain('gzip-not-gzip');
  });

  it('stops silently when nobody reads its output', async () => {
    const child = start(['jobs', SAMPLE, '--json']);
    child.stdout.destroy();
    const ended = new Promise((resolve) => child.on('close', resolve));
    expect(await textOf(child.stderr)).toBe('');
    expect(await ended).toBe(0);
  });
});
