/** A session that answers {@link SessionQueries}: in a worker, or where there is none on the page itself. */

import type { DormantSession, Problem } from '../formats/dormant-session.js';
import { open } from '../formats/open.js';
import type { SizeEntry } from '../formats/sizes.js';
import type { CommonOptions } from '../input.js';
import { wasmRefusal } from '../kernel/choose.js';
import { durationOf, type ReportJob, SessionReport } from '../report/model.js';
import { loadUnits } from '../units/load.js';
import { childrenOf, nodeOf, textOf, valueAt } from './json-nodes.js';
import { LogPages } from './log-pages.js';
import { logHasText } from './log-search.js';
import type {
  AttemptFacts,
  JobRow,
  JsonNode,
  JsonStep,
  LogFacts,
  LogPage,
  RemoteSession,
  ResumeRequest,
  ResumeView,
  SessionOverview,
} from './queries.js';
import { viewResume } from './resume-view.js';
import { type BrowserSource, type LocatedSession, locateSession } from './source.js';

export class SessionHost implements RemoteSession {
  #byId: ReadonlyMap<string, ReportJob>;
  /** The log that was asked for last. */
  #log: { readonly key: string; readonly pages: Promise<LogPages> } | undefined;

  private constructor(
    private readonly dormant: DormantSession,
    private readonly place: LocatedSession,
    private report: SessionReport,
    private readonly openSeconds: number,
  ) {
    this.#byId = new Map(report.jobs.map((job) => [job.id, job]));
  }

  /** @throws as `open`, and as {@link locateSession} */
  static async open(source: BrowserSource, options: CommonOptions = {}): Promise<SessionHost> {
    const start = performance.now();
    const place = await locateSession(source);
    const session = await open(place.session, options);
    const { files, location } = place;
    const report = await SessionReport.of({ session, files, location });
    return new SessionHost(session, place, report, (performance.now() - start) / 1000);
  }

  async overview(): Promise<SessionOverview> {
    const { dormant, report } = this;
    const { metadata, envelope, kernel } = dormant;
    const { runningJobName } = metadata;
    return {
      version: dormant.version,
      kernel,
      wasmRefusal: kernel === 'js' ? wasmRefusal() : undefined,
      openSeconds: this.openSeconds,
      title: metadata.title,
      appId: metadata.appId,
      testPlanId: report.testPlanId,
      description: report.description,
      flags: [...metadata.flags].sort(),
      lastJobId: runningJobName,
      isLastJobRunning: runningJobName !== null && this.#byId.get(runningJobName)?.isRunning === true,
      lastJobStartTime: metadata.lastJobStartTime,
      savedAt: report.savedAt,
      jobCount: report.jobs.length,
      leftCount: report.left.length,
      outcomes: report.counts.flatMap(([{ value }, count]) =>
        value === null ? [] : [[value, count] as const],
      ),
      problemCount: this.#problems.length,
      members: envelope.members,
      compressedBytes: envelope.compressedBytes,
      textBytes: envelope.textBytes,
      hasFiles: this.place.location !== null,
      directory: this.place.directory,
    };
  }

  async jobs(from: number, to: number): Promise<readonly JobRow[]> {
    return this.report.jobs.slice(from, to).map(rowOf);
  }

  async attempts(jobId: string): Promise<readonly AttemptFacts[]> {
    return (this.#byId.get(jobId)?.attempts ?? []).map(({ result, path }) => ({
      outcome: result.outcome,
      duration: result.executionDuration,
      returnCode: result.returnCode === null ? null : String(result.returnCode),
      comments: result.comments,
      path,
      logFile: result.ioLogFilename,
    }));
  }

  async log(jobId: string, attempt: number): Promise<LogFacts> {
    return (await this.#pagesOf(jobId, attempt)).facts;
  }

  async logPage(jobId: string, attempt: number, from: number, to: number): Promise<LogPage> {
    return (await this.#pagesOf(jobId, attempt)).page(from, to);
  }

  async findInLog(jobId: string, attempt: number, text: string): Promise<Uint32Array> {
    return (await this.#pagesOf(jobId, attempt)).find(text);
  }

  async logBytes(jobId: string, attempt: number, stream?: string): Promise<Blob> {
    return (await this.#pagesOf(jobId, attempt)).bytes(stream);
  }

  async searchLogs(text: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (const job of this.report.jobs) {
      if (logHasText(await this.report.openLog(job), text)) found.push(job.id);
    }
    return found;
  }

  async node(path: readonly JsonStep[]): Promise<JsonNode | undefined> {
    const value = valueAt(this.#root, path);
    return value === undefined ? undefined : nodeOf(value);
  }

  async children(path: readonly JsonStep[], from: number, to: number): Promise<readonly JsonNode[]> {
    const value = valueAt(this.#root, path);
    return value === undefined ? [] : childrenOf(value, from, to);
  }

  async valueText(path: readonly JsonStep[]): Promise<string | undefined> {
    const value = valueAt(this.#root, path);
    return value === undefined ? undefined : textOf(value);
  }

  async appBlob(): Promise<Uint8Array<ArrayBuffer> | null> {
    const { appBlob } = this.dormant.metadata;
    return appBlob === null ? null : Uint8Array.from(appBlob);
  }

  async problems(): Promise<readonly Problem[]> {
    return this.#problems;
  }

  async sizes(): Promise<readonly SizeEntry[]> {
    return this.dormant.sizes();
  }

  async resume({ units: texts, flags }: ResumeRequest): Promise<ResumeView> {
    const { dormant: session, place } = this;
    const loaded = loadUnits(texts);
    const { files, location } = place;
    const view = await viewResume(session, loaded, { flags, files, location });
    this.report = await SessionReport.of({ session, units: loaded.units, files, location });
    this.#byId = new Map(this.report.jobs.map((job) => [job.id, job]));
    return view;
  }

  /** Where only the session itself is there, nobody misses logs. */
  get #problems(): readonly Problem[] {
    return this.place.location === null ? this.dormant.problems : this.report.problems;
  }

  get #root() {
    return this.dormant.document.document.root;
  }

  #pagesOf(jobId: string, attempt: number): Promise<LogPages> {
    const key = `${attempt} ${jobId}`;
    if (this.#log?.key !== key) this.#log = { key, pages: this.#readPages(jobId, attempt) };
    return this.#log.pages;
  }

  #readPages(jobId: string, attempt: number): Promise<LogPages> {
    const found = this.#byId.get(jobId)?.attempts[attempt];
    if (found === undefined) throw new RangeError(`no attempt ${attempt} of the job ${jobId}`);
    return LogPages.of(found.readAgain(), this.dormant, this.place);
  }
}

function rowOf(job: ReportJob): JobRow {
  const { id, partialId, name, category, templateId, plugin, outcome, result, attempts } = job;
  const { isDesired, isRunning, isRejected } = job;
  const code = result?.returnCode ?? null;
  return {
    id,
    partialId,
    name,
    category,
    templateId,
    plugin,
    outcome,
    duration: durationOf(job) ?? null,
    attempts: attempts.length,
    returnCode: code === null ? null : Number(code),
    comments: result?.comments ?? null,
    isDesired,
    isRunning,
    isRejected,
  };
}
