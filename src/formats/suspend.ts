/** Suspending: from the live state to the bytes of a session (spec `format.md` 1.4, 2 and 3). */

import type { PyValue } from '../python/value.js';
import type { JobState } from '../session/job-state.js';
import type { SessionState } from '../session/state.js';
import type { CollectorOutput } from '../session/system-information.js';
import type { Job } from '../units/job.js';
import { type FormatVersion, formatOfVersion, LATEST_VERSION, type VersionNumber } from './versions.js';
import { DocumentWriter, type MemberWriter } from './write-document.js';
import { writeMetadata } from './write-metadata.js';
import { type LogNaming, writeResult } from './write-results.js';

export interface SuspendOptions {
  /** Version of the format; the latest one by default. */
  readonly version?: VersionNumber;
  /**
   * The session directory: from version 5 on log names are stored as seen from there. Without it they are
   * stored as they are.
   */
  readonly location?: string | null;
}

/**
 * Writes a session. Equal sessions give equal bytes. What the version does not know is not written;
 * {@link conversionLosses} of a session written as the latest version tells what that is.
 *
 * Facts about the machine that nobody has collected are written as an empty object: a library collects nothing,
 * where version 8 of the reference would.
 *
 * @throws SessionResumeError `not-representable` for a lone surrogate in a string, and from version 5 on, with a
 *   location, for a log on disk without a name; the path says where
 * @throws RangeError when there is no such version
 */
export function suspend(session: SessionState, options: SuspendOptions = {}): Uint8Array {
  const format = formatOfVersion(options.version ?? LATEST_VERSION);
  const naming: LogNaming = { format, location: options.location ?? null };
  const writer = new DocumentWriter();
  writer.object([
    ['session', () => writer.object(sessionMembers(writer, session, naming))],
    ['version', () => writer.value(BigInt(format.version))],
  ]);
  return writer.finish();
}

function sessionMembers(writer: DocumentWriter, session: SessionState, naming: LogNaming): MemberWriter[] {
  const { format } = naming;
  const members: MemberWriter[] = [
    ['desired_job_list', () => writer.value(session.desiredJobList.map(idOf))],
    ['jobs', () => writer.value(checksumsOf(storedJobs(session, format)))],
    ['mandatory_job_list', () => writer.value(session.mandatoryJobList.map(idOf))],
    ['metadata', () => writeMetadata(writer, session.metadata, format.metadataFields)],
    ['results', () => writer.object(resultMembers(writer, session, naming))],
  ];
  if (format.systemInformation) {
    const collected = [...(session.systemInformation ?? [])];
    const outputs = collected.map(
      ([name, output]): MemberWriter => [name, () => writeCollector(writer, output)],
    );
    members.push(['system_information', () => writer.object(outputs)]);
  }
  return members;
}

/** The jobs that the table `jobs` lists (spec `format.md` 3, `deviations.md` C). */
function storedJobs(session: SessionState, format: FormatVersion): Iterable<JobState> {
  const all = session.jobStateMap;
  const listsAll = !format.wholeHistory || (format.allJobsWhileSettingUp && session.metadata.settingUp);
  if (listsAll) return all.values();
  const wanted = new Set<PyValue>(session.runList.map(idOf));
  if (format.metadataFields.includes('rejected_jobs')) {
    for (const id of session.metadata.rejectedJobs) wanted.add(id);
  }
  const hasRun = ({ result, resultHistory }: JobState) => !result.isHollow || resultHistory.length > 0;
  return [...all].filter(([id, state]) => wanted.has(id) || hasRun(state)).map(([, state]) => state);
}

function checksumsOf(states: Iterable<JobState>): PyValue {
  return new Map(Array.from(states, ({ job }) => [idOf(job), job.checksum]));
}

/** Versions 1 to 3 keep the current result of every job, also a hollow one; the others what ever came out. */
function resultMembers(writer: DocumentWriter, session: SessionState, naming: LogNaming): MemberWriter[] {
  const members: MemberWriter[] = [];
  for (const [id, { result, resultHistory }] of session.jobStateMap) {
    const stored = naming.format.wholeHistory ? resultHistory : [result];
    if (stored.length === 0) continue;
    members.push([id, () => writer.array(stored, (item) => writeResult(writer, item, naming))]);
  }
  return members;
}

function writeCollector(writer: DocumentWriter, { outputs, success, toolVersion }: CollectorOutput): void {
  writer.object([
    ['outputs', () => writer.value(outputs)],
    ['success', () => writer.value(success)],
    ['tool_version', () => writer.value(toolVersion)],
  ]);
}

/** A session has no jobs without an id. */
function idOf(job: Job): string {
  return job.id!;
}
