/** The session that is open, and opening another one. */

import type { Progress } from 'plainbox-session';
import {
  type BrowserSource,
  type JobRow,
  openInWorker,
  type SessionOverview,
  type WorkerSession,
} from 'plainbox-session/browser';
import { JobNames } from '../../src/wording/job-names.js';
import SessionWorker from '../session.worker.js?worker&inline';
import { nearMiss } from '../text/near-miss.js';
import { visible } from '../text/visible.js';
import { Store, useStore } from './store.js';

export interface OpenSession {
  /** What was opened, as the user knows it. */
  readonly name: string;
  readonly remote: WorkerSession;
  readonly overview: SessionOverview;
  readonly jobs: readonly JobRow[];
  readonly byId: ReadonlyMap<string, JobRow>;
  readonly names: JobNames;
}

export type SessionState =
  | { readonly phase: 'empty' }
  | { readonly phase: 'opening'; readonly name: string; readonly progress: Progress | undefined }
  | {
      readonly phase: 'failed';
      readonly name: string;
      readonly error: Error;
      readonly hint: string | undefined;
    }
  | { readonly phase: 'open'; readonly session: OpenSession };

/** Rows that are fetched at once: what the page takes in without a pause that one could notice. */
const ROWS = 2000;

const sessions = new Store<{ state: SessionState }>({ state: { phase: 'empty' } });
let opening: AbortController | undefined;

export const useSessionState = (): SessionState => useStore(sessions).state;
export const sessionState = (): SessionState => sessions.value.state;

/** Opens a source in place of the current session. */
export async function openSource(
  name: string,
  source: BrowserSource | Promise<BrowserSource>,
): Promise<void> {
  opening?.abort();
  const controller = new AbortController();
  opening = controller;
  if (sessions.value.state.phase === 'open') sessions.value.state.session.remote.close();
  const show = (state: SessionState) => {
    if (opening === controller) sessions.set({ state });
  };
  show({ phase: 'opening', name, progress: undefined });
  let given: BrowserSource | undefined;
  try {
    given = await source;
    const session = await readSession(name, given, {
      signal: controller.signal,
      onProgress: (progress) => show({ phase: 'opening', name, progress }),
    });
    show({ phase: 'open', session });
  } catch (error) {
    const file = Array.isArray(given) && given.length === 1 ? given[0][1] : given;
    const hint = file instanceof Blob ? await nearMiss(file) : undefined;
    show({ phase: 'failed', name, error: error instanceof Error ? error : new Error(String(error)), hint });
  }
}

export async function readSession(
  name: string,
  source: BrowserSource,
  options: { signal?: AbortSignal; onProgress?: (progress: Progress) => void } = {},
): Promise<OpenSession> {
  const remote = await openInWorker(source, { worker: new SessionWorker(), ...options });
  return withJobs(name, remote);
}

/** Fetches the jobs again: definitions have told their names and categories. */
export async function refreshJobs(session: OpenSession): Promise<void> {
  const fresh = await withJobs(session.name, session.remote);
  const { state } = sessions.value;
  if (state.phase === 'open' && state.session.remote === session.remote) {
    sessions.set({ state: { phase: 'open', session: fresh } });
  }
}

export function closeSession(): void {
  opening?.abort();
  if (sessions.value.state.phase === 'open') sessions.value.state.session.remote.close();
  sessions.set({ state: { phase: 'empty' } });
}

async function withJobs(name: string, remote: WorkerSession): Promise<OpenSession> {
  const overview = await remote.overview();
  const jobs: JobRow[] = [];
  while (jobs.length < overview.jobCount) {
    const rows = await remote.jobs(jobs.length, jobs.length + ROWS);
    if (rows.length === 0) break;
    jobs.push(...rows);
  }
  const byId = new Map(jobs.map((job) => [job.id, job]));
  return { name, remote, overview, jobs, byId, names: new JobNames(byId.keys(), visible) };
}
