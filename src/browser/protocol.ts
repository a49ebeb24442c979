/** The messages between a page and the worker that holds a session. One worker holds one session. */

import type { Limits, Progress } from '../index.js';
import type { ErrorMessage } from './error-message.js';
import type { SessionQueries } from './queries.js';
import type { BrowserSource } from './source.js';

export type QueryName = keyof SessionQueries;

/** The first message; it is answered like a query, with nothing. */
export interface OpenMessage {
  readonly type: 'open';
  readonly id: number;
  readonly source: BrowserSource;
  readonly kernel: 'auto' | 'wasm' | 'js';
  readonly limits: Limits;
}

export interface QueryMessage {
  readonly type: 'query';
  readonly id: number;
  readonly query: QueryName;
  readonly question: Parameters<SessionQueries[QueryName]>;
}

export type ToWorker = OpenMessage | QueryMessage;

export type FromWorker =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorMessage };

/** All of {@link QueryName}: a session elsewhere has a method for each. */
export const QUERIES: readonly QueryName[] = [
  'overview',
  'jobs',
  'attempts',
  'log',
  'logPage',
  'findInLog',
  'logBytes',
  'searchLogs',
  'node',
  'children',
  'valueText',
  'appBlob',
  'problems',
  'sizes',
  'resume',
];
