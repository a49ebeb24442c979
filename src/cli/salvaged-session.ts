/** Sessions for reports: of a damaged file, what can be salvaged. */

import { CorruptedSessionError } from '../errors.js';
import type { DormantSession, Problem } from '../formats/dormant-session.js';
import { open } from '../formats/open.js';
import { salvage } from '../formats/salvage.js';
import { salvageProblems } from '../formats/salvage-problems.js';
import type { CommonOptions } from '../input.js';

export interface ReadableSession {
  readonly session: DormantSession;
  /** What was lost, when it had to be salvaged. */
  readonly problems: readonly Problem[];
}

/**
 * Opens a session, or what can be salvaged of it.
 *
 * @throws SessionResumeError as `open`, when nothing can
 */
export async function openOrSalvage(bytes: Uint8Array, options: CommonOptions): Promise<ReadableSession> {
  try {
    return { session: await open(bytes, options), problems: [] };
  } catch (error) {
    if (!(error instanceof CorruptedSessionError) || !mayBeSalvaged(error)) throw error;
    const salvaged = salvage(bytes, options);
    if (salvaged.session === undefined) throw error;
    const session = await open(salvaged.session, options);
    return { session, problems: salvageProblems(error, salvaged) };
  }
}

/** What is not packed is something else than a session; limits are the user's will. */
function mayBeSalvaged({ code }: CorruptedSessionError): boolean {
  return code !== 'gzip-not-gzip' && code !== 'limit-input' && code !== 'limit-text';
}
