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
interface Visit {
  readonly archived: unknown;
  readonly others: object;
}

async function visit(address: string): Promise<Visit> {
  const page = await newPage(browser);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(address);
  await page.waitForFunction(() => 'outcome' in globalThis);
  const { archived, ...others } = await page.evaluate(
    () => (globalThis as unknown as { outcome: Promise<{ archived: unknown }> }).outcome,
  );
  await page.context().close();
  return { archived, others: { ...others, complaints } };
}

const SAMPLE_FOUND = {
  facts: [expectedFacts('js'), expectedFacts('wasm-simd')],
  inWorker: { title: SAMPLE_TITLE, kernel: 'wasm-simd', jobCount: SAMPLE_JOBS },
  fetched: 'wasm',
  complaints: [],
};
const ARCHIVE_FOUND = { title: 'packed', kernel: 'wasm-simd', jobCount: 0 };

/** xz-decompress is CommonJS, which these do not load without configuration (docs/browser.md). */
const WITHOUT_XZ: readonly string[] = ['Rollup', 'the development server of Vite'];

function opens(name: string, visited: () => Visit): void {
  it('opens the sample session, on the main thread, in a worker, and with a module that is fetched', () => {
    expect(visited().others).toStrictEqual(SAMPLE_FOUND);
  });

  it('opens a tar.xz', { fails: WITHOUT_XZ.includes(name) }, () => {
    expect(visited().archived).toStrictEqual(ARCHIVE_FOUND);
  });
}

describe.each(Object.entries(BUNDLERS))('a page made by %s', (name, [path, ...args]) => {
  const directory = join(project, 'out', name);
  let visited: Visit;

  beforeAll(async () => {
    await run(path, args, project);
    if (name !== 'Vite') {
      await cp(join(project, 'index.html'), join(directory, 'index.html'));
      await cp(join(project, 'public'), directory, { recursive: true });
    }
    const server = await serve(directory);
    visited = await visit(`http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`);
    server.close();
  });

  opens(name, () => visited);
});

describe('a page of the development server of Vite', () => {
  let visited: Visit;

  beforeAll(async () => {
    const server = await createViteServer({ root: project, configFile: false, logLevel: 'error' });
    await server.listen(0);
    visited = await visit(server.resolvedUrls!.local[0]!);
    await server.close();
  });

  opens('the development server of Vite', () => visited);
});
