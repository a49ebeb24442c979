/** A page that uses the installed package, made by four bundlers without any configuration, in Chromium. */

import { cp, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Browser } from 'playwright-core';
import { createServer as createViteServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium } from '../browser/chromium.js';
import { program, run } from './run.js';
import { expectedFacts, SAMPLE_JOBS, SAMPLE_TITLE } from './sample.js';

const project = inject('project');
const vite = join(import.meta.dirname, '../../node_modules/.bin/vite');

/**
 * Command lines. webpack and Vite find the worker of `openInWorker` by themselves; for esbuild and Rollup it is
 * named beside the page.
 */
const BUNDLERS: Readonly<Record<string, readonly [path: string, ...args: string[]]>> = {
  esbuild: [
    program('esbuild'),
    'page.js',
    'worker.js',
    '--bundle',
    '--format=esm',
    '--minify',
    '--outdir=out/esbuild',
  ],
  Rollup: [
    program('rollup'),
    'page.js',
    'worker.js',
    '--plugin',
    'node-resolve',
    '--format',
    'es',
    '--dir',
    'out/Rollup',
    '--silent',
  ],
  webpack: [
    program('webpack'),
    'build',
    './page.js',
    '--mode',
    'production',
    '--output-path',
    'out/webpack',
    '--output-filename',
    'page.js',
  ],
  Vite: [vite, 'build', '--outDir', 'out/Vite', '--logLevel', 'error'],
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Serves a directory. The policy shows that no bundle evaluates text, or starts what is no file of the page. */
async function serve(directory: string): Promise<Server> {
  const server = createServer(async ({ url = '/' }, response) => {
    const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
    response.setHeader('Content-Security-Policy', "default-src 'self' 'wasm-unsafe-eval' data:");
    response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
    try {
      response.end(await readFile(join(directory, path)));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

/** Opens a page that runs consumer/page.js, and expects it to find what is in the sample. */
async function expectPage(address: string): Promise<void> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(address);
  await page.waitForFunction(() => 'outcome' in globalThis);
  const found = await page.evaluate(() => (globalThis as unknown as { outcome: Promise<object> }).outcome);
  await page.close();
  expect({ ...found, complaints }).toStrictEqual({
    facts: [expectedFacts('js'), expectedFacts('wasm-simd')],
    inWorker: { title: SAMPLE_TITLE, kernel: 'wasm-simd', jobCount: SAMPLE_JOBS },
    fetched: 'wasm',
    complaints: [],
  });
}

describe.each(Object.entries(BUNDLERS))('%s', (name, [path, ...args]) => {
  const directory = join(project, 'out', name);
  let server: Server;

  beforeAll(async () => {
    await run(path, args, project);
    if (name !== 'Vite') {
      await cp(join(project, 'index.html'), join(directory, 'index.html'));
      await cp(join(project, 'public'), directory, { recursive: true });
    }
    server = await serve(directory);
  });

  afterAll(() => server?.close());

  it('makes a page that opens the sample session, on its main thread and in a worker', async () => {
    await expectPage(`http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`);
  });
});

describe('the development server of Vite', () => {
  let server: ViteDevServer;

  beforeAll(async () => {
    server = await createViteServer({ root: project, configFile: false, logLevel: 'error' });
    await server.listen(0);
  });

  afterAll(() => server?.close());

  it('serves a page that opens the sample session, on its main thread and in a worker', async () => {
    await expectPage(server.resolvedUrls!.local[0]!);
  });
});
