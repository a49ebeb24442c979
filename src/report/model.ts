/** What every report is written from: the facts of a session and, on demand, its logs. */

import { DataError } from '../errors.js';
import type { SessionFiles } from '../files/session-files.js';
import type { DormantSession, Problem } from '../formats/dormant-session.js';
import { listedJobs } from '../formats/listed-jobs.js';
import { isPyDict } from '../python/value.js';
import type { JobResult } from '../results/job-result.js';
import { OUTCOMES, type OutcomeInfo, outcomeInfo } from '../results/outcomes.js';
import { parsePyJson } from '../units/json-text.js';
import type { Unit } from '../units/unit.js';
import { partialId } from '../wording/job-names.js';
import { type Attempt, attemptsOf } from './attempts.js';
import { type JobLog, JobLogs } from './job-logs.js';
import { NO_UNIT_FACTS, type UnitFactsOfSession, unitFactsOf } from './unit-facts.js';

export interface ReportSource {
  readonly session: DormantSession;
  /** Where logs on disk are read; without it they are problems of the report. */
  readonly files?: SessionFiles | undefined;
  /** The session directory, from which log names count; null when there is none. */
  readonly location?: string | null | undefined;
  /** Definitions of the jobs, for names, summaries, categories and kinds. */
  readonly units?: readonly Unit[] | undefined;
  /** What else is known to be wrong: of a salvaged session, what was lost. */
  readonly problems?: readonly Problem[] | undefined;
}

/** A job of the session as reports show it. */
export interface ReportJob {
  readonly id: string;
  /** The id without its namespace. */
  readonly partialId: string;
  /** The summary of the definition, else the partial id. */
  readonly name: string;
  /** `shell`, `resource`, `attachment`, `manual`, …; null when no definition is known. */
  readonly plugin: string | null;
  readonly categoryId: string;
  readonly category: string;
  /** `blocker` or `non-blocker`; `unspecified` when no definition is known. */
  readonly certificationStatus: string;
  readonly templateId: string | null;
  /** The runs that say something, oldest first. */
  readonly attempts: readonly Attempt[];
  /** Of the last run. */
  readonly result: JobResult | undefined;
  readonly outcome: string | null;
  /** How the outcome is shown. */
  readonly info: OutcomeInfo;
  /** Whether somebody asked for it; other jobs ran because they were needed, or are just known. */
  readonly isDesired: boolean;
  /** Whether it was started and has no result. */
  readonly isRunning: boolean;
  readonly isRejected: boolean;
}

/** Checkbox's category of jobs without one. */
const UNCATEGORISED = 'com.canonical.plainbox::uncategorised';
const UNCATEGORISED_NAME = 'Uncategorised';
/** Thirty years: damaged sessions have runs of 1e300 s, which no reader of a report takes. */
const LONGEST_SECONDS = 1e9;

/**
 * The facts of one session. It holds no log: {@link openLog} reads one at a time.
 */
export class SessionReport {
  readonly session: DormantSession;
  readonly title: string | null;
  /** Id of the test plan, and what the operator wrote about the session, as Checkbox keeps them. */
  readonly testPlanId: string | undefined;
  readonly description: string | undefined;
  /** Seconds since the epoch, from the envelope; undefined where it says nothing. */
  readonly savedAt: number | undefined;
  /** The mandatory and desired jobs in the order of their lists, then the others as they are stored. */
  readonly jobs: readonly ReportJob[];
  readonly #logs: JobLogs;
  readonly #known: readonly Problem[];

  /** Use {@link SessionReport.of}. */
  private constructor(
    session: DormantSession,
    application: ApplicationFacts,
    jobs: readonly ReportJob[],
    logs: JobLogs,
    known: readonly Problem[],
  ) {
    this.session = session;
    this.title = session.metadata.title;
    this.testPlanId = application.testPlanId;
    this.description = application.description;
    this.savedAt = session.envelope.members[0]?.mtime || undefined;
    this.jobs = jobs;
    this.#logs = logs;
    this.#known = known;
  }

  /** Collects the facts; looks whether the logs are there, without reading them. */
  static async of({
    session,
    files,
    location,
    units = [],
    problems = [],
  }: ReportSource): Promise<SessionReport> {
    const application = readApplication(session.metadata.appBlob);
    const place = { files, location };
    const facts =
      units.length === 0 ? NO_UNIT_FACTS : await unitFactsOf(session, units, place, application.testPlanId);
    const logs = new JobLogs(session, place);
    const jobs = describeJobs(session, facts);
    for (const { id, attempts } of jobs) for (const attempt of attempts) await logs.find(id, attempt);
    return new SessionReport(session, application, jobs, logs, problems);
  }

  /** Everything that is known to be wrong by now; reading a log may add to it. */
  get problems(): readonly Problem[] {
    return [...this.#known, ...this.session.problems, ...this.#logs.problems];
  }

  /** Opens the log of a job's attempt, by default of the last one. */
  openLog(job: ReportJob, attempt: Attempt | undefined = job.attempts.at(-1)): Promise<JobLog> {
    return attempt === undefined ? Promise.resolve([]) : this.#logs.open(job.id, attempt);
  }

  /** Jobs with an outcome. */
  get finished(): readonly ReportJob[] {
    return this.jobs.filter(({ outcome }) => outcome !== null);
  }

  /** Failed and crashed jobs. */
  get failed(): readonly ReportJob[] {
    return this.jobs.filter(({ info }) => info.reportValue === 'fail');
  }

  /** Jobs that are to run and did not: wanted, or started. */
  get left(): readonly ReportJob[] {
    return this.jobs.filter(
      ({ outcome, isDesired, isRunning }) => outcome === null && (isDesired || isRunning),
    );
  }

  /** Jobs with an outcome that neither passed nor failed. */
  get skipped(): readonly ReportJob[] {
    return this.jobs.filter(({ outcome, info }) => outcome !== null && info.reportValue === 'skip');
  }

  /** Jobs that ran or were to run. */
  get tested(): readonly ReportJob[] {
    const left = new Set(this.left);
    return this.jobs.filter((job) => job.outcome !== null || left.has(job));
  }

  get rejected(): readonly ReportJob[] {
    return this.jobs.filter(({ isRejected }) => isRejected);
  }

  /** Number of jobs by outcome, without those of none; jobs that are left come last, as the outcome null. */
  get counts(): readonly (readonly [info: OutcomeInfo, count: number])[] {
    const [notStarted, ...outcomes] = OUTCOMES;
    const counts = outcomes.map(
      (info) => [info, this.jobs.filter((job) => job.info === info).length] as const,
    );
    return [...counts, [notStarted!, this.left.length] as const].filter(([, count]) => count > 0);
  }

  /** Seconds that the last runs of all jobs took together. */
  get duration(): number {
    return this.jobs.reduce((sum, job) => sum + (durationOf(job) ?? 0), 0);
  }
}

/** Seconds of the last run; undefined when it is not known, or cannot be true. */
export function durationOf({ result }: ReportJob): number | undefined {
  const seconds = result?.executionDuration;
  return typeof seconds === 'number' && seconds >= 0 && seconds <= LONGEST_SECONDS ? seconds : undefined;
}

function describeJobs(session: DormantSession, facts: UnitFactsOfSession): ReportJob[] {
  return listedJobs(session).map(({ id, isDesired, isRejected, wasStartedLast }) => {
    const attempts = attemptsOf(session, id);
    const result = attempts.at(-1)?.result;
    const outcome = result?.outcome ?? null;
    const defined = facts.jobs.get(id);
    const categoryId = defined?.categoryId ?? UNCATEGORISED;
    return {
      id,
      partialId: partialId(id),
      name: defined?.summary || partialId(id),
      plugin: defined?.plugin ?? null,
      categoryId,
      category: facts.categories.get(categoryId) ?? nameOfCategory(categoryId),
      certificationStatus: defined?.certificationStatus ?? 'unspecified',
      templateId: defined?.templateId ?? null,
      attempts,
      result,
      outcome,
      info: outcomeInfo(outcome) ?? OUTCOMES[0]!,
      isDesired,
      isRunning: wasStartedLast && outcome === null,
      isRejected,
    };
  });
}

function nameOfCategory(id: string): string {
  return id === UNCATEGORISED ? UNCATEGORISED_NAME : partialId(id);
}

interface ApplicationFacts {
  readonly testPlanId: string | undefined;
  readonly description: string | undefined;
}

/** What Checkbox leaves in a session: a JSON object. Blobs of other applications tell nothing. */
function readApplication(blob: Uint8Array | null): ApplicationFacts {
  const members = blob === null ? null : parseBlob(blob);
  const text = (key: string) => {
    const value = members !== null && isPyDict(members) ? members.get(key) : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return { testPlanId: text('testplan_id'), description: text('description') };
}

function parseBlob(blob: Uint8Array) {
  try {
    return parsePyJson(new TextDecoder('utf-8', { fatal: true }).decode(blob));
  } catch (error) {
    // Neither UTF-8 nor JSON: the application's own affair.
    if (error instanceof DataError || error instanceof TypeError) return null;
    throw error;
  }
}
