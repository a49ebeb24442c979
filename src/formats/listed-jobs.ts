/** The jobs that a dormant session speaks of. */

import type { DormantSession } from './dormant-session.js';

export interface ListedJob {
  readonly id: string;
  /** Whether somebody asked for it; other jobs run because they are needed, or are just known. */
  readonly isDesired: boolean;
  readonly isRejected: boolean;
  readonly wasStartedLast: boolean;
}

/** The mandatory and desired ones in the order of their lists, then the others as they are stored. */
export function listedJobs(session: DormantSession): ListedJob[] {
  const { metadata, results } = session;
  const desired = new Set([...session.mandatoryJobList, ...session.desiredJobList]);
  const rejected = new Set(metadata.rejectedJobs.filter((id) => typeof id === 'string'));
  const ids = new Set([...desired, ...session.jobs.keys(), ...results.keys(), ...rejected]);
  const last = metadata.runningJobName;
  if (last !== null) ids.add(last);
  return Array.from(ids, (id) => ({
    id,
    isDesired: desired.has(id),
    isRejected: rejected.has(id),
    wasStartedLast: id === last,
  }));
}
