/** Where things are (spec `storage.md` 1). */

import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The end of the names of session directories. */
export const SESSION_SUFFIX = '.session';
/** The last checkpoint. */
export const SESSION_FILE = 'session';
/** The checkpoint while it is written, and the lock. */
export const NEXT_FILE = 'session.next';
/** Directories inside of a session directory: shared by the jobs, and of the logs. */
export const SUBDIRECTORIES = ['session-share', 'io-logs'];

/** Where Checkbox keeps its sessions on this machine. */
export function defaultRepository(): string {
  // The temporary directory that outlives a restart.
  return join(process.platform === 'win32' ? tmpdir() : '/var/tmp', 'checkbox-ng', 'sessions');
}
