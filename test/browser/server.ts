/** Serves bytes from memory on loopback. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServedContent {
  /** Ends with a slash. */
  readonly url: string;
  /** By path below that; the page itself is the empty one. May be added to at any time. */
  readonly content: Map<string, Uint8Array | string>;
  close(): void;
}

/** @param policy content security policy of everything that is served */
export async function serveContent(
  entries: Iterable<readonly [path: string, body: Uint8Array | string]>,
  policy?: string,
): Promise<ServedContent> {
  const content = new Map(entries);
  const server = createServer(({ url = '/' }, response) => {
    const body = content.get(url.slice(1).replace(/\?.*/, ''));
    if (body === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', typeOf(url));
    if (policy !== undefined) response.setHeader('Content-Security-Policy', policy);
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, content, close: () => server.close() };
}

function typeOf(url: string): string {
  if (url.endsWith('.js')) return 'text/javascript';
  return url === '/' || /\.html(?:\?|$)/.test(url) ? 'text/html' : 'application/octet-stream';
}
