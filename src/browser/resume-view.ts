/** A try to resume a session, as plain data. */

import type { UnitDefinitionError } from '../errors.js';
import type { SessionFiles } from '../files/session-files.js';
import type { DormantSession } from '../formats/dormant-session.js';
import { explainResume, type ResumeReason } from '../formats/explain.js';
import type { JobState } from '../session/job-state.js';
import type { SessionState } from '../session/state.js';
import { readable } from '../units/field-errors.js';
import type { LoadedUnits } from '../units/load.js';
import type { ResumeView, RunListRow } from './queries.js';

export interface ResumePlace {
  readonly flags: readonly string[];
  readonly files: SessionFiles;
  readonly location: string | null;
}

export async function viewResume(
  session: DormantSession,
  { units, problems }: LoadedUnits,
  { flags, files, location }: ResumePlace,
): Promise<ResumeView> {
  // Without a place to look for logs none is missing.
  const place = location === null ? {} : { files };
  const { reasons, newJobs, state } = await explainResume(session, { units, flags, location, ...place });
  return {
    reasons: reasons.map(plainReason),
    newJobs,
    runList: state === undefined ? [] : runListOf(state),
    unitProblems: problems.map(describeProblem),
    unitCount: units.length,
  };
}

function plainReason({ expected: _expected, actual: _actual, ...reason }: ResumeReason) {
  return reason;
}

function describeProblem({ message, file, line }: UnitDefinitionError): string {
  return `${file ?? 'unit file'}${line === undefined ? '' : `, line ${line}`}: ${message}`;
}

function runListOf(state: SessionState): RunListRow[] {
  return state.runList.flatMap(({ id }) => {
    const known = id === null ? undefined : state.jobStateMap.get(id);
    return known === undefined || id === null ? [] : [rowOf(id, known)];
  });
}

function rowOf(id: string, { job, result, readinessInhibitors }: JobState): RunListRow {
  return {
    id,
    summary: readable(() => job.summary) ?? id,
    outcome: result.outcome,
    inhibitors: readinessInhibitors.map(({ text }) => text),
    estimate: readable(() => job.estimatedDuration) ?? null,
    needsOperator: readable(() => job.automated) === false,
  };
}
