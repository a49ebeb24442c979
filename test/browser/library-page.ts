/** The library in a bundle, on a page served from loopback. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';
import type {} from './page/main.js';

const entry = fileURLToPath(new URL('page/main.ts', import.meta.url));
const PAGE =
  '<!doctype html><meta charset="utf-8"><title>library</title><script type="module" src="/main.js"></script>';

export interface LibraryPage {
  /** Ends with a slash. */
  readonly url: string;
  /** Serves bytes below that. */
  readonly content: Map<string, Uint8Array | string>;
  close(): void;
}

/**
 * Bundles and serves it.
 *
 * @param policy content security policy of the page and all it loads
 */
export async function serveLibrary(policy?: string): Promise<LibraryPage> {
  const content = new Map<string, Uint8Array | string>([['', PAGE]]);
  for (const file of await bundle()) {
    content.set(file.fileName, file.type === 'chunk' ? file.code : file.source);
  }
  const server = createServer(({ url = '/' }, response) => {
    const body = content.get(url.slice(1));
    if (body === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', typeOf(url));
    if (policy !== undefined) response.setHeader('Content-Security-Policy', policy);
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${portOf(server)}/`, content, close: () => server.close() };
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

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function typeOf(url: string): string {
  if (url.endsWith('.js')) return 'text/javascript';
  return url === '/' ? 'text/html' : 'application/octet-stream';
}
