/** Contradictions between the tables and lists of a document. */

import { pyRepr } from '../python/repr.js';
import type { PyValue } from '../python/value.js';
import type { DormantSession, Problem } from './dormant-session.js';
import { type Finding, finding } from './finding.js';

/** Everything that is wrong inside the document, then what is odd about it. */
export function diagnoseDocument(session: DormantSession): Finding[] {
  const rejected = new Set(session.metadata.rejectedJobs);
  return [
    ...session.problems.map((problem) => asFinding(problem, session, rejected)),
    ...jobsWithoutResults(session),
    ...wantedWithoutChecksum(session),
    ...repeatedMandatoryJobs(session),
  ];
}

function asFinding(problem: Problem, session: DormantSession, rejected: ReadonlySet<PyValue>): Finding {
  const { code, message, path, offset, jobId } = problem;
  const facts = { checkbox: message, path, offset, jobId };
  if (jobId !== undefined && isMissingChecksum(problem, session)) {
    const { wholeHistory, metadataFirst } = session.format;
    const id = pyRepr(jobId);
    if (wholeHistory && session.results.has(jobId)) {
      const text = `job ${id} has results, but no checksum`;
      return finding('error', 'history-without-checksum', text, facts);
    }
    if (metadataFirst && rejected.has(jobId)) {
      const text = `job ${id} is rejected, but has no checksum`;
      return finding('error', 'rejected-without-checksum', text, facts);
    }
  }
  return finding('error', code, message, facts);
}

/** Whether a job is missing in a table that is there; without `jobs` the cause is another one. */
function isMissingChecksum({ code, path }: Problem, { document }: DormantSession): boolean {
  const jobs = document.get('jobs');
  return code === 'missing-key' && jobs?.kind === 'object' && path === jobs.path;
}

/** Until version 3 every job in the one table is in the other. */
function jobsWithoutResults({ format, jobs, results, document }: DormantSession): Finding[] {
  const table = document.get('results');
  if (format.wholeHistory || table?.kind !== 'object') return [];
  const missing = [...jobs.keys()].filter((id) => !results.has(id));
  return missing.map((jobId) => {
    const text = `job ${pyRepr(jobId)} has a checksum, but no results`;
    return finding('note', 'checksum-without-results', text, {
      path: table.path,
      offset: table.offset,
      jobId,
    });
  });
}

function wantedWithoutChecksum({
  document,
  jobs,
  desiredJobList,
  mandatoryJobList,
}: DormantSession): Finding[] {
  const table = document.get('jobs');
  if (table?.kind !== 'object') return [];
  const missing = new Set([...mandatoryJobList, ...desiredJobList].filter((id) => !jobs.has(id)));
  // A checksum of the wrong type is a problem already.
  return [...missing]
    .filter((id) => table.get(id) === undefined)
    .map((jobId) => {
      const text = `job ${pyRepr(jobId)} is wanted, but has no checksum`;
      return finding('note', 'wanted-without-checksum', text, {
        path: table.path,
        offset: table.offset,
        jobId,
      });
    });
}

/** What the reference's reader does to the desired list at every cycle. */
function repeatedMandatoryJobs({ document, desiredJobList, mandatoryJobList }: DormantSession): Finding[] {
  if (mandatoryJobList.length === 0) return [];
  const isCopy = (id: string, index: number, start: number) => id === desiredJobList[start + index];
  let copies = 0;
  while (mandatoryJobList.every((id, index) => isCopy(id, index, copies * mandatoryJobList.length))) copies++;
  if (copies < 2) return [];
  const list = document.get('desired_job_list')!;
  const text = `the mandatory jobs stand in front of the desired list ${copies} times`;
  return [finding('note', 'repeated-mandatory-jobs', text, { path: list.path, offset: list.offset })];
}
