/** Trying to resume: the definitions that were given, and what came of it. Kept as long as the session is open. */

import type { FileEntry, ResumeView, WorkerSession } from 'plainbox-session/browser';
import { type OpenSession, refreshJobs } from './session.js';
import { Store } from './store.js';
import { readUnitFiles, type UnitFile, unitTexts } from './unit-files.js';

export interface ResumeTry {
  readonly files: readonly UnitFile[];
  /** Of the units; empty for none. */
  readonly namespace: string;
  readonly flags: readonly string[];
  readonly answer: ResumeView | Error | undefined;
}

const tries = new WeakMap<WorkerSession, Store<ResumeTry>>();

export function resumeTry({ remote, names }: OpenSession): Store<ResumeTry> {
  let store = tries.get(remote);
  if (store === undefined) {
    store = new Store<ResumeTry>({
      files: [],
      namespace: names.namespace ?? '',
      flags: [],
      answer: undefined,
    });
    tries.set(remote, store);
  }
  return store;
}

/** Adds definitions and tries again. */
export async function addUnits(session: OpenSession, entries: readonly FileEntry[]): Promise<void> {
  const given = await readUnitFiles(entries);
  const paths = new Set(given.map(({ path }) => path));
  const kept = resumeTry(session).value.files.filter(({ path }) => !paths.has(path));
  await changeTry(session, { files: [...kept, ...given] });
}

/** Changes what is tried, and tries again. */
export async function changeTry(
  session: OpenSession,
  changes: Partial<Omit<ResumeTry, 'answer'>>,
): Promise<void> {
  const store = resumeTry(session);
  store.set(changes);
  const { files, namespace, flags } = store.value;
  if (files.length === 0) return store.set({ answer: undefined });
  const answer = await session.remote
    .resume({ units: unitTexts(files, namespace), flags })
    .catch((error: Error) => error);
  // The answer to an older question may come last.
  const { value } = store;
  if (value.files !== files || value.namespace !== namespace || value.flags !== flags) return;
  store.set({ answer });
  if (!(answer instanceof Error)) await refreshJobs(session);
}
