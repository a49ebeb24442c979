/** The sessions of a repository with what can be done with them (spec `storage.md` 8). */

import { isSystemError } from '../files/node-directory.js';
import { listRepository, type StoredSession } from './repository.js';
import { defaultRepository } from './session-layout.js';
import {
  type JudgedSession,
  type JudgeOptions,
  judgeCheckpoint,
  type Verdict,
  verdictOfLoading,
} from './verdict.js';

export interface RepositorySession extends StoredSession, JudgedSession {}

/**
 * All sessions of a repository, youngest first, each with its verdict: those of kind `resumable` are the
 * candidates that Checkbox offers. Whatever is wrong with one of them, the others follow.
 *
 * One session at a time is held in memory: what `session` gives must be read before the next one is asked for.
 *
 * @throws Error of the file system when the repository itself cannot be read
 */
export async function* judgeRepository(
  repository: string = defaultRepository(),
  options: JudgeOptions = {},
): AsyncGenerator<RepositorySession, void, void> {
  for (const stored of await listRepository(repository)) {
    const judged = await judgeStored(stored, options);
    if (judged === undefined) continue;
    try {
      yield { ...stored, ...judged };
    } finally {
      judged.session?.dispose();
    }
  }
}

/** Undefined when the session has vanished meanwhile. */
async function judgeStored(
  { storage }: StoredSession,
  options: JudgeOptions,
): Promise<JudgedSession | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await storage.load();
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    const verdict: Verdict | undefined = verdictOfLoading(error);
    if (verdict === undefined) throw error;
    return { verdict, session: undefined };
  }
  return judgeCheckpoint(bytes, options);
}
