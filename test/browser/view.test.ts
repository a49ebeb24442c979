/** `plainbox-session view`: the server by itself, and the whole way from the command to the page. */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ViewServer } from '../../src/cli/view-server.js';
import { launchChromium, newPage } from './chromium.js';
import { SAMPLE } from './sample.js';

const PROGRAM = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

describe('the server', () => {
  let server: ViewServer;
  const page = new TextEncoder().encode('<!doctype html>the page');

  beforeAll(async () => {
    server = await ViewServer.start(page, { name: 's.tar', content: async () => new Uint8Array([1, 2, 3]) });
  });

  afterAll(() => server.close());

  const at = (path: string) => new URL(path, server.url.replace(/\?.*/, ''));

  it('has an address on loopback with a token', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/\?url=s\.tar$/);
  });

  it('serves the page and the session', async () => {
    expect(await (await fetch(server.url)).text()).toContain('the page');
    const session = await fetch(at('s.tar'));
    expect([...new Uint8Array(await session.arrayBuffer())]).toEqual([1, 2, 3]);
    expect(session.headers.get('Cache-Control')).toBe('no-store');
  });

  it.each(['/', '/s.tar', '/00000000000000000000000000000000/', '/etc/passwd', 'other', '../', '%2e%2e/x'])(
    'serves nothing at %s',
    async (path) => {
      expect((await fetch(at(path))).status).toBe(404);
    },
  );

  it('serves nothing to another host name, and takes nothing', async () => {
    const { port, pathname } = at('');
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      request({ port, path: pathname, headers: { Host: `evil.example:${port}` } }, ({ statusCode }) =>
        resolve(statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(404);
    expect((await fetch(at(''), { method: 'POST' })).status).toBe(404);
  });
});

describe('the verb', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser.close());

  it('shows the session with its logs, and stops on Ctrl-C', async () => {
    if (!existsSync(PROGRAM)) throw new Error('the program is not built: npm run build');
    const child = spawn(process.execPath, [PROGRAM, 'view', SAMPLE, '--no-open']);
    const ended = new Promise((resolve) => child.once('close', resolve));
    try {
      const url = await new Promise<string>((resolve, reject) => {
        child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
        child.stderr.once('data', (line: Buffer) => reject(new Error(line.toString())));
        void ended.then((code) => reject(new Error(`it ended with ${code}`)));
      });
      await expectSample(await newPage(browser), url);
      child.kill('SIGINT');
      expect(await ended).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
  });

  async function expectSample(page: Page, url: string): Promise<void> {
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(url);
    await page.locator('.failed-job', { hasText: 'below 8000 MB/s' }).waitFor();
    expect(await page.locator('.file-name').innerText()).toBe('laptop-quick.session.tar');
    expect(complaints).toEqual([]);
    // The policy lets through the session that the address names, and nothing beside it.
    const other = await page.evaluate(() =>
      fetch('./').then(
        () => 'served',
        () => 'refused',
      ),
    );
    expect(other).toBe('refused');
  }
});
