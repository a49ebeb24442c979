/** What unit definitions tell about the jobs of a session: names, categories, kinds. */

import { SessionResumeError } from '../errors.js';
import { runSteps } from '../files/maybe-promise.js';
import type { DormantSession } from '../formats/dormant-session.js';
import { FLAG_IGNORE_JOB_CHECKSUMS, FLAG_REWRITE_LOG_PATHNAMES } from '../formats/flags.js';
import { resumeDocument } from '../formats/resume.js';
import type { LogPlace } from '../formats/stored-logs.js';
import type { SessionState } from '../session/state.js';
import { Category } from '../units/category.js';
import { readable } from '../units/field-errors.js';
import { Job } from '../units/job.js';
import { TestPlan } from '../units/test-plan.js';
import type { Unit } from '../units/unit.js';

/** What a report wants to know about the definition of a job. */
export interface DefinedJob {
  readonly summary: string | null;
  /** `shell`, `resource`, `attachment`, `manual`, … */
  readonly plugin: string | null;
  /** Qualified. */
  readonly categoryId: string;
  readonly certificationStatus: string;
  readonly templateId: string | null;
}

export interface UnitFactsOfSession {
  /** By job id; jobs that no definition knows are not in it. */
  readonly jobs: ReadonlyMap<string, DefinedJob>;
  /** Category id -> name. */
  readonly categories: ReadonlyMap<string, string>;
}

export const NO_UNIT_FACTS: UnitFactsOfSession = {
  jobs: /* @__PURE__ */ new Map(),
  categories: /* @__PURE__ */ new Map(),
};

/**
 * The facts for one session. Jobs that templates made are found by resuming it as far as it can be resumed:
 * changed, missing and broken definitions cost no more than their own names.
 *
 * @param testPlanId the plan whose overrides count; undefined when it is not known
 */
export async function unitFactsOf(
  session: DormantSession,
  units: readonly Unit[],
  place: LogPlace,
  testPlanId: string | undefined,
): Promise<UnitFactsOfSession> {
  const jobs = new Map<string, DefinedJob>();
  const categories = new Map<string, string>();
  for (const unit of units) {
    if (unit instanceof Job) addJob(jobs, unit);
    else if (unit instanceof Category) readable(() => addCategory(categories, unit));
  }
  const state = await resumed(session, units, place);
  const plan = testPlanOf(units, testPlanId);
  if (state !== undefined && plan !== undefined) readable(() => state.setTestPlanList([plan]));
  for (const { job, effectiveCategoryId, effectiveCertificationStatus } of state?.jobStateMap.values() ??
    []) {
    addJob(jobs, job, {
      categoryId: effectiveCategoryId,
      certificationStatus: effectiveCertificationStatus,
    });
  }
  return { jobs, categories };
}

function testPlanOf(units: readonly Unit[], id: string | undefined): TestPlan | undefined {
  if (id === undefined) return undefined;
  for (const unit of units) if (unit instanceof TestPlan && readable(() => unit.id) === id) return unit;
  return undefined;
}

async function resumed(
  session: DormantSession,
  units: readonly Unit[],
  { files, location }: LogPlace,
): Promise<SessionState | undefined> {
  const context = {
    units,
    flags: [FLAG_IGNORE_JOB_CHECKSUMS, FLAG_REWRITE_LOG_PATHNAMES],
    location: location ?? null,
    ...(files === undefined ? {} : { files }),
  };
  try {
    return await runSteps(
      resumeDocument({ format: session.format, session: session.document }, context, () => {}),
    );
  } catch (error) {
    // The definitions contradict each other: what each of them says alone has to do.
    if (error instanceof SessionResumeError) return undefined;
    throw error;
  }
}

function addJob(jobs: Map<string, DefinedJob>, job: Job, effective: Partial<DefinedJob> = {}): void {
  readable(() => {
    if (job.id === null) return;
    jobs.set(job.id, {
      summary: readable(() => job.summary) ?? null,
      plugin: readable(() => job.plugin) ?? null,
      categoryId: job.categoryId,
      certificationStatus: job.certificationStatus,
      templateId: job.templateId,
      ...effective,
    });
  });
}

function addCategory(categories: Map<string, string>, { id, name }: Category): void {
  if (id !== null && name !== null) categories.set(id, name);
}
