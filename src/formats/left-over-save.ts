/** A file `session.next`, which a save that was interrupted leaves beside the session (spec `storage.md` 4). */

import { BrokenReferenceToExternalFileError, DataError, SessionResumeError } from '../errors.js';
import { joinPath } from '../files/lexical-path.js';
import type { SessionFiles } from '../files/session-files.js';
import type { CommonOptions } from '../input.js';
import type { DormantSession } from './dormant-session.js';
import { type Finding, finding } from './finding.js';
import { tryOpen } from './open.js';

export interface LeftOverSave {
  /** Why it cannot be read; undefined when it is whole. */
  readonly fault: SessionResumeError | undefined;
  /** Whether it was begun after `session` was saved. */
  readonly isNewer: boolean;
}

const NEXT_FILE = 'session.next';

/**
 * Looks for a left-over save.
 *
 * @param session what the file `session` holds; undefined when that cannot be read
 * @param location the session directory, empty in an archive
 */
export async function findLeftOverSave(
  session: DormantSession | undefined,
  files: SessionFiles,
  location: string,
  options: CommonOptions,
): Promise<LeftOverSave | undefined> {
  const path = joinPath(location, NEXT_FILE);
  if ((await files.stat(path))?.kind !== 'file') return undefined;
  let bytes: Uint8Array;
  try {
    bytes = await files.read(path);
  } catch (fault) {
    if (!(fault instanceof BrokenReferenceToExternalFileError)) throw fault;
    return { fault, isNewer: true };
  }
  const next = await tryOpen(bytes, options);
  if (next instanceof SessionResumeError) return { fault: next, isNewer: true };
  const isNewer = session === undefined || !isOlder(next, session);
  next.dispose();
  return { fault: undefined, isNewer };
}

/** By the time stamps of the envelopes; where one has none, a save began after the last one had ended. */
function isOlder(next: DormantSession, session: DormantSession): boolean {
  const [ofNext, ofSession] = [timeOf(next), timeOf(session)];
  return ofNext !== 0 && ofSession !== 0 && ofNext < ofSession;
}

function timeOf({ envelope }: DormantSession): number {
  return envelope.members[0]?.mtime ?? 0;
}

export function describeLeftOver({ fault, isNewer }: LeftOverSave, isSessionWhole: boolean): Finding {
  const state =
    fault === undefined
      ? `whole and ${isNewer ? 'newer' : 'older'} than \`session\`, which is ${isSessionWhole ? 'whole, too' : 'not whole'}`
      : `not whole (${reasonOf(fault)}), \`session\` is ${isSessionWhole ? 'whole' : 'not whole either'}`;
  return finding('warning', 'left-over-save', `\`session.next\` of an interrupted save is ${state}`, {
    // What the next save says; Checkbox then removes the file.
    checkbox: 'LockedStorageError',
    file: NEXT_FILE,
  });
}

function reasonOf({ cause, message }: SessionResumeError): string {
  return cause instanceof DataError ? cause.message : message;
}
