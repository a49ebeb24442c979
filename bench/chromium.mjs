/** The same races in headless Chromium. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { NAMESPACE } from './data/jobs.mjs';
import { sessionFiles } from './data/sets.mjs';

const bundle = fileURLToPath(new URL('../build/out/bench-page/', import.meta.url));

/** The page is isolated from others: only then the clock of a browser is finer than 0.1 ms. */
const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

async function bundlePage() {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: bundle,
      emptyOutDir: true,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('page.mjs', import.meta.url)),
        formats: ['es'],
        fileName: () => 'page.js',
      },
    },
  });
}

/** What the page may load, by path: its script, simdjson, and the generated archives. */
function contentOf(path) {
  const set = /^\/sets\/(\w+)\.(session|pxu)$/.exec(path);
  if (set !== null) {
    const files = sessionFiles(set[1]);
    return [
      set[2] === 'pxu' ? 'text/plain; charset=utf-8' : 'application/octet-stream',
      readFileSync(set[2] === 'pxu' ? files.units : files.session),
    ];
  }
  switch (path) {
    case '/':
      return [
        'text/html',
        '<!doctype html><title>benchmark</title><script type="module" src="/page.js"></script>',
      ];
    case '/page.js':
      return ['text/javascript', readFileSync(`${bundle}page.js`)];
    case '/simdjson.wasm':
      return ['application/wasm', readFileSync(new URL('simdjson/simdjson.wasm', import.meta.url))];
    default:
      return undefined;
  }
}

async function serve() {
  const server = createServer((request, response) => {
    const content = contentOf(new URL(request.url, 'http://localhost').pathname);
    if (content === undefined) response.writeHead(404).end();
    else response.writeHead(200, { ...HEADERS, 'Content-Type': content[0] }).end(content[1]);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/**
 * @param {readonly string[]} sets
 * @param {(set: string) => readonly string[]} tasksOf names of the tasks that make sense for a set
 * @param {{ roundsOf: (set: string) => number, executable: string }} options
 *   `executable`: path of the browser
 * @returns {Promise<{ version: string, rows: { set: string, task: string, timings: import('./measure.mjs').Timing[] }[] }>}
 */
export async function raceInChromium(sets, tasksOf, { roundsOf, executable }) {
  await bundlePage();
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: executable,
    args: ['--no-sandbox', '--js-flags=--expose-gc'],
  });
  try {
    const rows = [];
    for (const set of sets) {
      // A page of its own for each set: what the one before left behind is gone.
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      await page.waitForFunction(() => 'raceInPage' in window);
      const order = { set, namespace: NAMESPACE, taskNames: tasksOf(set), rounds: roundsOf(set) };
      const results = await page.evaluate((given) => window.raceInPage(given), order);
      for (const [task, timings] of Object.entries(results)) rows.push({ set, task, timings });
      await page.close();
    }
    return { version: browser.version(), rows };
  } finally {
    await browser.close();
    server.close();
  }
}
