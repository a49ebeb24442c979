/** Sessions for reports: of a damaged file, what can be salvaged. */

import { CorruptedSessionError } from '../errors.js';
import type { DormantSession, Problem } from '../formats/dormant-session.js';
import { open } from '../formats/open.js';
import { type Salvage, salvage } from '../formats/salvage.js';
import type { CommonOptions } from '../input.js';

const NOWHERE = { path: undefined, offset: undefined, jobId: undefined };

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
    const salvaged = salvage(bytes);
    if (salvaged.session === undefined) throw error;
    return { session: await open(salvaged.session), problems: problemsOf(error, salvaged) };
  }
}

/** What is not packed is something else than a session; limits are the user's will. */
function mayBeSalvaged({ code }: CorruptedSessionError): boolean {
  return code !== 'gzip-not-gzip' && code !== 'limit-input' && code !== 'limit-text';
}

function problemsOf({ code }: CorruptedSessionError, { report }: Salvage): Problem[] {
  const { damage, losses, filledIn, version } = report;
  const lost = (path: string, message: string) => ({ ...NOWHERE, code, path, message });
  return [
    ...damage.map((one) => ({ ...NOWHERE, ...one })),
    ...losses.map(({ path, text }) => lost(path, text)),
    ...(version === undefined || version.isStored
      ? []
      : [lost('$.version', `lost; ${version.number} is the lowest that holds what is left`)]),
    ...filledIn.map(({ path, value }) => lost(path, `lost; ${value}, the default, stands for it`)),
  ];
}
