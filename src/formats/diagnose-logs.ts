/** The record files of a session: present, whole, readable, named, orphaned. */

import { BrokenReferenceToExternalFileError } from '../errors.js';
import { joinPath, pathInside } from '../files/lexical-path.js';
import { cannotAccess, type SessionFiles } from '../files/session-files.js';
import { pyRepr } from '../python/repr.js';
import { LOG_DIRECTORY, recordFileName, resolveLogPath } from '../results/paths.js';
import { type RecordFault, recordsOf } from '../results/record-file.js';
import type { DormantSession } from './dormant-session.js';
import { type Finding, finding } from './finding.js';
import { type NamedLog, namedLogs } from './named-logs.js';

/** The endings of the files that one run of a job leaves. */
const LOG_ENDING = /\.(?:record\.gz|stdout|stderr)$/;

/** @param location the session directory, empty in an archive, null when only the document is there */
export async function diagnoseLogs(
  session: DormantSession,
  files: SessionFiles,
  location: string | null,
): Promise<Finding[]> {
  if (location === null) return namedLogs(session).flatMap(leavingByName);
  const findings: Finding[] = [];
  const named = new Set<string>();
  for (const log of namedLogs(session)) {
    named.add(pathInside(joinPath(location, log.name), location) ?? log.name);
    const place = await locate(log, session, files, location);
    findings.push(...place.findings);
    if (place.path === undefined) continue;
    named.add(pathInside(place.path, location) ?? place.path);
    const fault = await readThrough(log, place.path, files);
    if (fault !== undefined) findings.push(fault);
  }
  return [...findings, ...(await orphans(session, files, location, named))];
}

/** Without a directory only what leaves any directory can be told. */
function leavingByName(log: NamedLog): Finding[] {
  if (log.name.startsWith('/') || pathInside(log.name, '') !== undefined) return [];
  return [outside(log)];
}

interface LogPlace {
  /** Undefined when there is nothing to read. */
  readonly path: string | undefined;
  readonly findings: readonly Finding[];
}

async function locate(
  log: NamedLog,
  session: DormantSession,
  files: SessionFiles,
  location: string,
): Promise<LogPlace> {
  const findings: Finding[] = [];
  const onRewrite = (from: string, to: string) => {
    const text = `record file ${pyRepr(from)} is not there, but ${pyRepr(to)} is`;
    const checkbox = cannotAccess(from, 'missing-file').message;
    findings.push(finding('warning', 'moved-log', text, { ...placeOf(log), checkbox }));
  };
  const rules = { version: session.version, location, checkFiles: true, rewriteNames: true, onRewrite };
  try {
    return { path: await resolveLogPath(log.name, rules, files), findings };
  } catch (error) {
    if (!(error instanceof BrokenReferenceToExternalFileError)) throw error;
    if (error.code === 'outside-location') return { path: undefined, findings: [outside(log)] };
    const text = `record file ${pyRepr(log.name)} is missing`;
    const facts = { ...placeOf(log), checkbox: error.message };
    return { path: undefined, findings: [finding('warning', 'missing-file', text, facts)] };
  }
}

function outside(log: NamedLog): Finding {
  const text = `record file ${pyRepr(log.name)} is outside of the session directory and was not opened`;
  return finding('warning', 'outside-location', text, placeOf(log));
}

/** Reads all records of a file and keeps none. */
async function readThrough(log: NamedLog, path: string, files: SessionFiles): Promise<Finding | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await files.read(path);
  } catch (error) {
    if (!(error instanceof BrokenReferenceToExternalFileError)) throw error;
    const why = error.cause instanceof Error ? `: ${error.cause.message}` : '';
    const facts = { ...placeOf(log), checkbox: error.message };
    return finding(
      'warning',
      'unreadable-file',
      `record file ${pyRepr(log.name)} cannot be read${why}`,
      facts,
    );
  }
  const records = recordsOf(log.name, bytes);
  let step = records.next();
  while (!step.done) step = records.next();
  return step.value === undefined ? undefined : damaged(log, step.value);
}

function damaged(log: NamedLog, { message, facts, endsLog }: RecordFault): Finding {
  const code = endsLog ? 'shortened-log' : facts.code;
  // Checkbox takes the fault for the end of the log, or ends with an exception that it does not expect.
  return finding('warning', code, message, { ...placeOf(log), fileOffset: facts.offset });
}

function placeOf({ name, value, jobId }: NamedLog): Pick<Finding, 'path' | 'offset' | 'jobId' | 'file'> {
  return { path: value.path, offset: value.offset, jobId, file: name };
}

/** @param named paths of record files inside of the location, whether they are there or not */
async function orphans(
  session: DormantSession,
  files: SessionFiles,
  location: string,
  named: ReadonlySet<string>,
): Promise<Finding[]> {
  const owners = new Map([...session.jobs.keys()].map((id) => [runOf(recordFileName(id)), id]));
  const runs = new Set([...named].map(runOf));
  // The running job has no result yet that could name its files.
  const { runningJobName } = session.metadata;
  if (runningJobName !== null) runs.add(runOf(`${LOG_DIRECTORY}/${recordFileName(runningJobName)}`));
  const findings: Finding[] = [];
  for (const name of await namesIn(joinPath(location, LOG_DIRECTORY), files)) {
    const file = `${LOG_DIRECTORY}/${name}`;
    const stat = await files.stat(joinPath(location, file));
    if (stat?.kind !== 'file' || runs.has(runOf(file))) continue;
    const text = `no result names the file ${pyRepr(file)}`;
    findings.push(finding('note', 'orphaned-file', text, { file, jobId: owners.get(runOf(name)) }));
  }
  return findings;
}

/** What the names of all files of one run have in common. */
function runOf(file: string): string {
  return file.replace(LOG_ENDING, '');
}

async function namesIn(directory: string, files: SessionFiles): Promise<string[]> {
  try {
    return await files.list(directory);
  } catch (error) {
    // A session without logs need not have the directory.
    if (error instanceof BrokenReferenceToExternalFileError) return [];
    throw error;
  }
}
