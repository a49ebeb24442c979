/** The side of the worker. */

import { packError } from './error-message.js';
import type { FromWorker, OpenMessage, QueryMessage, ToWorker } from './protocol.js';
import { SessionHost } from './session-host.js';

/** What of a worker's global scope is used. */
export interface WorkerScope {
  postMessage(message: FromWorker): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}

type Answer = (...question: QueryMessage['question']) => Promise<unknown>;

/** Answers the messages of a page; the worker file of this package, and any of an application's own, calls it. */
export function serveSession(scope: WorkerScope): void {
  let host: Promise<SessionHost> | undefined;
  const openSession = async (message: OpenMessage): Promise<undefined> => {
    const { source, kernel, limits } = message;
    host = SessionHost.open(source, {
      kernel,
      limits,
      onProgress: (progress) => scope.postMessage({ type: 'progress', progress }),
    });
    await host;
  };
  const ask = async ({ query, question }: QueryMessage): Promise<unknown> => {
    if (host === undefined) throw new TypeError('no session was opened');
    const session = await host;
    return (session[query] as Answer).apply(session, question);
  };
  scope.addEventListener('message', async ({ data }) => {
    try {
      const answer = await (data.type === 'open' ? openSession(data) : ask(data));
      scope.postMessage({ type: 'answer', id: data.id, answer });
    } catch (error) {
      scope.postMessage({ type: 'error', id: data.id, error: packError(error) });
    }
  });
}
