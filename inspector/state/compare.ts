/** The session to compare with. Kept as long as the session is open. */

import type { FileEntry, WorkerSession } from 'plainbox-session/browser';
import { type Comparison, compareSessions } from './comparison.js';
import { type OpenSession, readSession } from './session.js';
import { Store } from './store.js';

export interface Compared {
  /** What was given last; what was given before may take longer to open. */
  readonly given: readonly FileEntry[] | undefined;
  readonly other: OpenSession | Error | undefined;
  readonly comparison: Comparison | undefined;
}

const stores = new WeakMap<WorkerSession, Store<Compared>>();

export function compared({ remote }: OpenSession): Store<Compared> {
  let store = stores.get(remote);
  if (store === undefined) {
    store = new Store<Compared>({ given: undefined, other: undefined, comparison: undefined });
    stores.set(remote, store);
  }
  return store;
}

/** Opens the earlier session, takes from it what is compared, and gives its memory back. */
export async function compareWith(session: OpenSession, entries: readonly FileEntry[]): Promise<void> {
  const store = compared(session);
  store.set({ given: entries, other: undefined, comparison: undefined });
  const result = await compareTo(session, entries).catch((error: Error) => ({ other: error }));
  if (store.value.given === entries) store.set(result);
}

async function compareTo(
  session: OpenSession,
  entries: readonly FileEntry[],
): Promise<Pick<Compared, 'other' | 'comparison'>> {
  const other = await readSession(entries[0]?.[0] ?? 'other session', entries);
  const comparison = await compareSessions(other, session).finally(() => other.remote.close());
  return { other, comparison };
}
