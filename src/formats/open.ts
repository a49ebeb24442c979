/** Opening: everything that a session stores, readable without unit definitions. */

import { openDocument, openDocumentSync } from '../envelope.js';
import { SessionResumeError } from '../errors.js';
import type { CommonOptions, Input } from '../input.js';
import { DormantSession } from './dormant-session.js';

/**
 * Opens a session. The whole document is checked as gzip, UTF-8 and JSON; what is wrong with its content is
 * collected in `problems` instead of being thrown.
 *
 * Bytes given as input must not change while the session is used: large parts are inflated from them again when
 * they are read.
 *
 * @throws CorruptedSessionError when it is no gzip, UTF-8 or JSON, or lacks `version` or `session`
 * @throws IncompatibleSessionError when its version is unknown
 */
export async function open(input: Input, options: CommonOptions = {}): Promise<DormantSession> {
  return new DormantSession((await openDocument(input, options)).root);
}

/** {@link open} for callers to whom a refusal is an answer. */
export async function tryOpen(
  input: Input,
  options: CommonOptions,
): Promise<DormantSession | SessionResumeError> {
  try {
    return await open(input, options);
  } catch (error) {
    if (error instanceof SessionResumeError) return error;
    throw error;
  }
}

/** The synchronous twin of {@link open}, for bytes in memory. */
export function openSync(input: Uint8Array | ArrayBuffer, options: CommonOptions = {}): DormantSession {
  return new DormantSession(openDocumentSync(input, options).root);
}
