/** A session of a repository in one line, and as JSON. */

import { record } from '../dump/dump-value.js';
import { sortCodePoints } from '../python/text.js';
import type { PyDict } from '../python/value.js';
import type { RepositorySession } from '../storage/candidates.js';
import type { Verdict } from '../storage/verdict.js';
import { blobText, readBlob } from './app-blob.js';
import { isLeft, jobFacts } from './job-facts.js';

export interface ListedSession {
  readonly id: string;
  readonly location: string;
  readonly verdict: Verdict;
  /** When it was last saved, seconds since the epoch; undefined when that is not known. */
  readonly modified: number | undefined;
  /** Bytes of all files in the session directory; undefined when they cannot be counted. */
  readonly size: number | undefined;
  /** What the document says; undefined when it cannot be read. */
  readonly content: ListedContent | undefined;
}

export interface ListedContent {
  readonly version: number;
  readonly title: string | null;
  readonly appId: string | null;
  /** Id, from the blob of the application. */
  readonly testPlan: string | undefined;
  /** By code point. */
  readonly flags: readonly string[];
  /** Jobs that have an outcome, and those together with the jobs that are left. */
  readonly done: number;
  readonly total: number;
  /** Id of the job that was started last. */
  readonly lastJob: string | null;
}

/** Takes out of a session what is listed of it. */
export function listedSession(stored: RepositorySession, size: number | undefined): ListedSession {
  const { storage, modified, verdict, session } = stored;
  const { id, location } = storage;
  if (session === undefined) return { id, location, verdict, modified, size, content: undefined };
  const { metadata, version } = session;
  const jobs = jobFacts(session);
  const done = jobs.filter(({ outcome }) => outcome !== null).length;
  const content = {
    version,
    title: metadata.title,
    appId: metadata.appId,
    testPlan: blobText(readBlob(metadata.appBlob), 'testplan_id'),
    flags: sortCodePoints([...metadata.flags]),
    done,
    total: done + jobs.filter(isLeft).length,
    lastJob: metadata.runningJobName,
  };
  return { id, location, verdict, modified, size, content };
}

export function dumpListed({ id, location, verdict, modified, size, content }: ListedSession): PyDict {
  return record({
    id,
    location,
    verdict: dumpVerdict(verdict),
    modified: modified ?? null,
    bytes: size === undefined ? null : BigInt(size),
    content: content === undefined ? null : dumpContent(content),
  });
}

function dumpVerdict({ kind, reason, fault }: Verdict): PyDict {
  const code = fault !== undefined && 'code' in fault ? String(fault.code) : null;
  return record({ kind, reason, code, message: fault?.message ?? null });
}

function dumpContent({
  version,
  title,
  appId,
  testPlan,
  flags,
  done,
  total,
  lastJob,
}: ListedContent): PyDict {
  return record({
    version: BigInt(version),
    title,
    app_id: appId,
    test_plan: testPlan ?? null,
    flags,
    done: BigInt(done),
    total: BigInt(total),
    last_job: lastJob,
  });
}
