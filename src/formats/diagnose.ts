/** A thorough examination: everything that is wrong or odd about a session and the files around it. */

import { DataError, SessionResumeError } from '../errors.js';
import type { SessionFiles } from '../files/session-files.js';
import type { CommonOptions } from '../input.js';
import { diagnoseLogs } from './diagnose-logs.js';
import { diagnoseDocument } from './diagnose-tables.js';
import type { DormantSession } from './dormant-session.js';
import { type Finding, finding } from './finding.js';
import { describeLeftOver, findLeftOverSave, type LeftOverSave } from './left-over-save.js';
import { tryOpen } from './open.js';

export interface DiagnoseOptions extends CommonOptions {
  /** Where the record files are. */
  readonly files: SessionFiles;
  /** The session directory as `files` knows it, empty in an archive; null when only the document is there. */
  readonly location: string | null;
}

export interface Diagnosis {
  /** Undefined when the document cannot be read. */
  readonly session: DormantSession | undefined;
  /** What an interrupted save left beside it. */
  readonly leftOver: LeftOverSave | undefined;
  /** Worst things first, within one severity in the order of the document, then of the files. */
  readonly findings: readonly Finding[];
}

const BY_SEVERITY = ['error', 'warning', 'note'] as const;

/**
 * Examines a session; what is wrong with it is told in the findings and never thrown.
 *
 * @param checkpoint the bytes of the file `session`, none when it is missing
 */
export async function diagnose(checkpoint: Uint8Array, options: DiagnoseOptions): Promise<Diagnosis> {
  const { files, location } = options;
  const opened = await tryOpen(checkpoint, options);
  const session = opened instanceof SessionResumeError ? undefined : opened;
  const leftOver = location === null ? undefined : await findLeftOverSave(session, files, location, options);
  const findings =
    opened instanceof SessionResumeError
      ? [asFinding(opened, checkpoint)]
      : [...diagnoseDocument(opened), ...(await diagnoseLogs(opened, files, location))];
  if (leftOver !== undefined) findings.push(describeLeftOver(leftOver, session !== undefined));
  const ordered = BY_SEVERITY.flatMap((severity) => findings.filter((item) => item.severity === severity));
  return { session, leftOver, findings: ordered };
}

function asFinding(error: SessionResumeError, checkpoint: Uint8Array): Finding {
  const { code, message: checkbox, path, offset, jobId } = error;
  if (checkpoint.length === 0) {
    return finding('error', 'no-checkpoint', 'nothing was saved: the file `session` is missing or empty', {
      checkbox,
    });
  }
  const message = error.cause instanceof DataError ? error.cause.message : checkbox;
  return finding('error', code, message, { checkbox, path, offset, jobId });
}
