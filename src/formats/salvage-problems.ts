/** What a salvage lost, as problems of the session that it saved. */

import type { CorruptedSessionError } from '../errors.js';
import type { Problem } from './dormant-session.js';
import type { Salvage } from './salvage.js';

const NOWHERE = { path: undefined, offset: undefined, jobId: undefined };

/**
 * The damage, then everything that is not in the new session, then everything that got a default. Of a problem of
 * the bytes, `offset` is what `Damage` says.
 *
 * @param error what the damaged session was refused with: its code is that of everything that was lost
 */
export function salvageProblems({ code }: CorruptedSessionError, { report }: Salvage): Problem[] {
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
