/** Serves the inspector and one session to this machine, and nothing else. */

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const LOOPBACK = '127.0.0.1';
/** Of the token: nobody guesses it, and only who knows it may read the session. */
const TOKEN_BYTES = 16;

export interface ServedSession {
  /** Name of the file, which the page shows; of letters that need no escape in an address. */
  readonly name: string;
  /** The bytes, made for each request: the session may go on. */
  content(): Promise<Uint8Array>;
}

const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

export class ViewServer {
  readonly #base = `/${randomBytes(TOKEN_BYTES).toString('hex')}/`;
  readonly #server: Server;

  private constructor(
    private readonly page: Uint8Array,
    private readonly session: ServedSession,
  ) {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  /** Listens on a free port of the loopback interface. */
  static async start(page: Uint8Array, session: ServedSession): Promise<ViewServer> {
    const view = new ViewServer(page, session);
    await new Promise<void>((resolve, reject) => {
      view.#server.once('error', reject).listen(0, LOOPBACK, resolve);
    });
    return view;
  }

  /** The address of the inspector with the session; whoever has it can read the session. */
  get url(): string {
    return `http://${this.#host}${this.#base}?url=${this.session.name}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get #host(): string {
    return `${LOOPBACK}:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer({ method, url = '/', headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = url.replace(/\?.*/s, '');
    // A page of the network whose name was made to lead here has another host in its requests.
    const isAllowed = method === 'GET' && headers.host === this.#host && this.#hasToken(path);
    const wanted = path.slice(this.#base.length);
    try {
      if (isAllowed && wanted === '') return send(response, 'text/html; charset=utf-8', this.page);
      if (isAllowed && wanted === this.session.name) {
        return send(response, 'application/octet-stream', await this.session.content());
      }
      response.writeHead(404, HEADERS).end();
    } catch (error) {
      response.writeHead(500, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(error instanceof Error ? error.message : String(error));
    }
  }

  #hasToken(path: string): boolean {
    const given = Buffer.from(path.slice(0, this.#base.length));
    const base = Buffer.from(this.#base);
    return given.length === base.length && timingSafeEqual(given, base);
  }
}

function send(response: ServerResponse, type: string, body: Uint8Array): void {
  response.writeHead(200, { ...HEADERS, 'Content-Type': type, 'Content-Length': body.length }).end(body);
}
