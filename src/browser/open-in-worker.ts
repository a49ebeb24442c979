/** Opening a session off the main thread. */

import type { Limits, Progress } from '../index.js';
import { unpackError } from './error-message.js';
import { type FromWorker, QUERIES, type ToWorker } from './protocol.js';
import type { RemoteSession } from './queries.js';
import type { BrowserSource } from './source.js';

export interface WorkerOptions {
  /**
   * A worker that imports `plainbox-session/browser/worker` and nothing else; by default one that is started from
   * the file `worker.js` beside this one, where bundlers find it.
   */
  readonly worker?: Worker;
  readonly kernel?: 'auto' | 'wasm' | 'js';
  readonly limits?: Limits;
  /** Ends the worker at any time; what was asked is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** A session in a worker. */
export interface WorkerSession extends RemoteSession {
  /** Ends the worker, and gives all memory of the session back. */
  close(): void;
}

interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Opens a session in a worker of its own; the page is never blocked, however large the session is.
 *
 * @throws (rejects with) the errors of `open`, with class and facts; SessionResumeError `not-a-session`,
 *   `several-sessions` or `bad-archive` for directories and archives; Error when the worker cannot be started
 */
export async function openInWorker(
  source: BrowserSource,
  options: WorkerOptions = {},
): Promise<WorkerSession> {
  const { kernel = 'auto', limits = {}, signal, onProgress } = options;
  signal?.throwIfAborted();
  const connection = new Connection(options.worker ?? startWorker(), onProgress);
  signal?.addEventListener('abort', () => connection.end(signal.reason), { once: true });
  try {
    await connection.ask((id) => ({ type: 'open', id, source, kernel, limits }));
  } catch (error) {
    connection.end(error);
    throw error;
  }
  return connection.session();
}

/** Written so that bundlers make a file of the worker. */
function startWorker(): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}

class Connection {
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  /** Why nothing can be asked any more. */
  #ended: { readonly reason: unknown } | undefined;

  constructor(
    private readonly worker: Worker,
    onProgress: WorkerOptions['onProgress'],
  ) {
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === 'progress') return onProgress?.(data.progress);
      const pending = this.#pending.get(data.id);
      this.#pending.delete(data.id);
      if (data.type === 'answer') pending?.resolve(data.answer);
      else pending?.reject(unpackError(data.error));
    });
    worker.addEventListener('error', (event) => {
      this.end(new Error(`the worker of the session failed: ${event.message || 'it could not be started'}`));
    });
    worker.addEventListener('messageerror', () => this.end(new Error('a message of the worker was lost')));
  }

  ask(message: (id: number) => ToWorker): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended.reason);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.worker.postMessage(message(id));
    });
  }

  end(reason: unknown): void {
    this.#ended ??= { reason };
    this.worker.terminate();
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }

  session(): WorkerSession {
    const methods = QUERIES.map((query) => [
      query,
      (...question: never[]) =>
        this.ask((id) => ({ type: 'query', id, query, question: question as unknown as [] })),
    ]);
    const close = () => this.end(new Error('the session was closed'));
    return { ...(Object.fromEntries(methods) as RemoteSession), close };
  }
}
