/** Whether a session can be resumed, and why not (spec `storage.md` 8). */

import { IncompatibleSessionError, SessionResumeError } from '../errors.js';
import { isSystemError } from '../files/node-directory.js';
import type { DormantSession, Problem } from '../formats/dormant-session.js';
import { openSync } from '../formats/open.js';
import type { CommonOptions } from '../input.js';
import { StorageError } from './storage-error.js';

/**
 * - `resumable`: Checkbox offers to resume it, and nothing in the document keeps it from doing so
 * - `finished`: it is sound, but has none of the flags of a session that is to go on
 * - `foreign`: it belongs to another application
 * - `incompatible`: its version is not known
 * - `damaged`: Checkbox cannot read it, or reads its metadata and refuses to resume it
 */
export type VerdictKind = 'resumable' | 'finished' | 'foreign' | 'incompatible' | 'damaged';

export type VerdictReason =
  /** `resumable`: the flag that says so. */
  | 'incomplete'
  | 'setting_up'
  /** `finished` */
  | 'neither-flag'
  /** `foreign` */
  | 'other-application'
  /** `incompatible`, see `fault`. */
  | 'unsupported-version'
  /** `damaged`: nothing was ever saved. */
  | 'no-checkpoint'
  /** `damaged`: the system cannot read the file, see `fault`. */
  | 'unreadable-file'
  /** `damaged`: what a resume is refused for, see `fault`. */
  | 'refused';

export interface Verdict {
  readonly kind: VerdictKind;
  readonly reason: VerdictReason;
  /** The error that a reader gives, or the first thing that a resume would stumble over. */
  readonly fault?: Problem | Error;
}

export interface JudgedSession {
  readonly verdict: Verdict;
  /** What can be read of it; undefined when nothing can. */
  readonly session: DormantSession | undefined;
}

export interface JudgeOptions extends Pick<CommonOptions, 'kernel' | 'limits'> {
  /** Only sessions of this application are its to resume; default: of any. */
  readonly appId?: string | undefined;
}

/** The flags of a session that is to go on. */
const OPEN_FLAGS = ['incomplete', 'setting_up'] as const;

/** Judges the bytes of a checkpoint; never throws for what is wrong with them. */
export function judgeCheckpoint(bytes: Uint8Array, { appId, ...options }: JudgeOptions = {}): JudgedSession {
  if (bytes.length === 0) {
    return { verdict: { kind: 'damaged', reason: 'no-checkpoint' }, session: undefined };
  }
  try {
    const session = openSync(bytes, options);
    return { verdict: verdictOn(session, appId), session };
  } catch (error) {
    if (!(error instanceof SessionResumeError)) throw error;
    return { verdict: verdictOfError(error), session: undefined };
  }
}

/** Why a checkpoint could not even be loaded; undefined for an error that says nothing about the session. */
export function verdictOfLoading(error: unknown): Verdict | undefined {
  if (!(error instanceof StorageError || isSystemError(error))) return undefined;
  return { kind: 'damaged', reason: 'unreadable-file', fault: error };
}

function verdictOn({ metadata, problems }: DormantSession, appId: string | undefined): Verdict {
  if (appId !== undefined && metadata.appId !== appId)
    return { kind: 'foreign', reason: 'other-application' };
  const [fault] = problems;
  if (fault !== undefined) return { kind: 'damaged', reason: 'refused', fault };
  const flag = OPEN_FLAGS.find((name) => metadata.flags.has(name));
  return flag === undefined
    ? { kind: 'finished', reason: 'neither-flag' }
    : { kind: 'resumable', reason: flag };
}

function verdictOfError(fault: SessionResumeError): Verdict {
  return fault instanceof IncompatibleSessionError
    ? { kind: 'incompatible', reason: 'unsupported-version', fault }
    : { kind: 'damaged', reason: 'refused', fault };
}
