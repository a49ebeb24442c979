/** A page that uses the installed package, made by four bundlers without any configuration, in Chromium. */

import { cp, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Browser } from 'playwright-core';
import { createServer as createViteServer } from 'vite';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium, newPage } from '../browser/chromium.js';
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

/** What consumer/page.js has found, and what the browser complained about. */
async function visit(address: string): Promise<object> {
  const page = await newPage(browser);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(address);
  await page.waitForFunction(() => 'outcome' in globalThis);
  const found = await page.evaluate(() => (globalThis as unknown as { outcome: Promise<object> }).outcome);
  await page.context().close();
  return { ...found, complaints };
}

const FOUND = {
  facts: [expectedFacts('js'), expectedFacts('wasm-simd')],
  inWorker: { title: SAMPLE_TITLE, kernel: 'wasm-simd', jobCount: SAMPLE_JOBS },
  // A tar.xz.
  archived: { title: 'packed', kernel: 'wasm-simd', jobCount: 0 },
  fetched: 'wasm',
  complaints: [],
};

describe.each(Object.entries(BUNDLERS))('a page made by %s', (name, [path, ...args]) => {
  const directory = join(project, 'out', name);

  it('opens the sample session and an archive, on the main thread and in a worker', async () => {
    await run(path, args, project);
    if (name !== 'Vite') {
      await cp(join(project, 'index.html'), join(directory, 'index.html'));
      await cp(join(project, 'public'), directory, { recursive: true });
    }
    const server = await serve(directory);
    const found = await visit(`http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`);
    server.close();
    expect(found).toStrictEqual(FOUND);
  });
});

it('a page of the development server of Vite opens them, too', async () => {
  const server = await createViteServer({ root: project, configFile: false, logLevel: 'error' });
  await server.listen(0);
  const found = await visit(server.resolvedUrls!.local[0]!);
  await server.close();
  expect(found).toStrictEqual(FOUND);
});
