/** The library in a bundle, on a page served from loopback. */

import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';
import type {} from './page/main.js';
import { type ServedContent, serveContent } from './server.js';

const entry = fileURLToPath(new URL('page/main.ts', import.meta.url));
const PAGE =
  '<!doctype html><meta charset="utf-8"><title>library</title><script type="module" src="/main.js"></script>';

/**
 * Bundles and serves it.
 *
 * @param policy content security policy of the page and all it loads
 */
export async function serveLibrary(policy?: string): Promise<ServedContent> {
  const files = (await bundle()).map(
    (file) => [file.fileName, file.type === 'chunk' ? file.code : file.source] as const,
  );
  return serveContent([['', PAGE], ...files], policy);
}

async function bundle(): Promise<Rollup.RollupOutput['output']> {
  const outputs = await build({
    configFile: false,
    logLevel: 'error',
    base: '/',
    worker: { format: 'es' },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: { input: entry, output: { entryFileNames: 'main.js' } },
    },
  });
  return (outputs as Rollup.RollupOutput).output;
}
