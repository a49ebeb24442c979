/**
 * What can be asked of a session that was opened elsewhere. Every answer is plain data: it can be sent from a
 * worker as it is, and is as large as what was asked for, however large the session is.
 */

import type { JsonKind } from '../document/reader.js';
import type { Problem } from '../formats/dormant-session.js';
import type { ResumeReason } from '../formats/explain.js';
import type { SizeEntry } from '../formats/sizes.js';
import type { VersionNumber } from '../formats/versions.js';
import type { KernelName, Member } from '../kernel/kernel.js';
import type { UnitText } from '../units/load.js';

export interface SessionOverview {
  readonly version: VersionNumber;
  /** Which kernel read the session. */
  readonly kernel: KernelName;
  /** Why WebAssembly was not used although the session is large enough; for example a content security policy. */
  readonly wasmRefusal: string | undefined;
  /** Seconds from the first byte to the answers. */
  readonly openSeconds: number;
  readonly title: string | null;
  readonly appId: string | null;
  /** As Checkbox leaves them in the application's blob. */
  readonly testPlanId: string | undefined;
  readonly description: string | undefined;
  readonly flags: readonly string[];
  /** The job that was started last, and whether it has no result. */
  readonly lastJobId: string | null;
  readonly isLastJobRunning: boolean;
  /** Seconds since the epoch, like {@link savedAt}. */
  readonly lastJobStartTime: number | null;
  readonly savedAt: number | undefined;
  readonly jobCount: number;
  /** Jobs that are to run and did not. */
  readonly leftCount: number;
  /** Outcome to number of jobs. */
  readonly outcomes: readonly (readonly [outcome: string, count: number])[];
  readonly problemCount: number;
  readonly members: readonly Member[];
  /** Bytes. */
  readonly compressedBytes: number;
  readonly textBytes: number;
  /** Whether there is a place to look for logs; false when only the session itself was given. */
  readonly hasFiles: boolean;
  /** See {@link LocatedSession.directory}. */
  readonly directory: string | undefined;
}

/** One job, as a line of a list shows it. */
export interface JobRow {
  readonly id: string;
  readonly partialId: string;
  /** The summary of the definition, else the partial id. */
  readonly name: string;
  readonly category: string;
  readonly templateId: string | null;
  readonly plugin: string | null;
  readonly outcome: string | null;
  /** Seconds of the last run; null when unknown. */
  readonly duration: number | null;
  readonly attempts: number;
  readonly returnCode: number | null;
  readonly comments: string | null;
  readonly isDesired: boolean;
  readonly isRunning: boolean;
  readonly isRejected: boolean;
}

export interface AttemptFacts {
  readonly outcome: string | null;
  readonly duration: number | null;
  /** Text, for codes beyond the numbers. */
  readonly returnCode: string | null;
  readonly comments: string | null;
  /** JSON path of the result. */
  readonly path: string;
  /** Name of the record file; null when the log is inside the session. */
  readonly logFile: string | null;
}

export interface LogFacts {
  readonly records: number;
  /** Bytes of output. */
  readonly bytes: number;
  /** Why there may have been more, or why there is nothing. */
  readonly problem: string | undefined;
}

/** Some records of a log in few pieces. */
export interface LogPage {
  /** Index of the first record. */
  readonly from: number;
  /** Seconds from the start of the job to each record. */
  readonly times: Float64Array;
  readonly streams: readonly string[];
  /** `data.subarray(ends[i - 1] ?? 0, ends[i])` is what record i of the page holds, see {@link cut}. */
  readonly ends: Uint32Array;
  readonly data: Uint8Array<ArrayBuffer>;
  /** Bytes that were left out of the page's records, from the end of each: what is shown is bounded. */
  readonly cut: Uint32Array;
}

export type JsonStep = string | number;

/** One value of the stored document. */
export interface JsonNode {
  readonly key: JsonStep;
  readonly kind: JsonKind;
  /** Members or items. */
  readonly size: number;
  /** Of text. */
  readonly bytes: number;
  /** Of its first byte in the decompressed text. */
  readonly offset: number;
  /** A scalar as text, long strings shortened; undefined for containers. */
  readonly text: string | undefined;
}

export interface ResumeRequest {
  readonly units: readonly UnitText[];
  /** `ignore-job-checksums`, `file-reference-checks`, `rewrite-log-pathnames`. */
  readonly flags: readonly string[];
}

export interface RunListRow {
  readonly id: string;
  readonly summary: string;
  readonly outcome: string | null;
  /** Why it cannot start now, one phrase each; empty when it can. */
  readonly inhibitors: readonly string[];
  /** Seconds; null when unknown. */
  readonly estimate: number | null;
  /** Whether somebody must be there. */
  readonly needsOperator: boolean;
}

export interface ResumeView {
  /** Everything in the way, see {@link ResumeReason}; without the values that are no text. */
  readonly reasons: readonly Omit<ResumeReason, 'expected' | 'actual'>[];
  readonly newJobs: readonly string[];
  /** In the order in which the jobs are to run; empty when the definitions contradict each other. */
  readonly runList: readonly RunListRow[];
  /** Files that contribute no units, one sentence each. */
  readonly unitProblems: readonly string[];
  readonly unitCount: number;
}

/** The questions. Positions are `[from, to)`; what lies beyond the end is left out. */
export interface SessionQueries {
  overview(): SessionOverview;
  jobs(from: number, to: number): readonly JobRow[];
  /** The runs of a job, oldest first; none for a job that the session does not have. */
  attempts(jobId: string): readonly AttemptFacts[];
  /** @param attempt 0 is the first run */
  log(jobId: string, attempt: number): LogFacts;
  /** @param to at most {@link LOG_PAGE_RECORDS} records are given */
  logPage(jobId: string, attempt: number, from: number, to: number): LogPage;
  /**
   * Records in which the text ends, without regard to case; it may begin in earlier ones of the same stream. At most
   * {@link FOUND_RECORDS}.
   */
  findInLog(jobId: string, attempt: number, text: string): Uint32Array;
  /** What was written, byte for byte, by default to both streams. */
  logBytes(jobId: string, attempt: number, stream?: string): Blob;
  /** Ids of the jobs whose last log has the text, without regard to case. */
  searchLogs(text: string): readonly string[];
  /** The value at a place below `$`; undefined when there is none. */
  node(path: readonly JsonStep[]): JsonNode | undefined;
  /** Members or items of that value. */
  children(path: readonly JsonStep[], from: number, to: number): readonly JsonNode[];
  /** A string, or the text of any other value, whole up to {@link VALUE_CHARACTERS}. */
  valueText(path: readonly JsonStep[]): string | undefined;
  /** The application's blob as it is stored, decoded; null when there is none. */
  appBlob(): Uint8Array<ArrayBuffer> | null;
  problems(): readonly Problem[];
  sizes(): readonly SizeEntry[];
  /** Tries to resume; {@link SessionQueries.jobs} then knows names and categories from the definitions. */
  resume(request: ResumeRequest): ResumeView;
}

/** Records of a log page at most. */
export const LOG_PAGE_RECORDS = 1000;
export const FOUND_RECORDS = 100_000;
export const VALUE_CHARACTERS = 1_000_000;

/** The same questions to a session that answers later. */
export type RemoteSession = {
  readonly [Q in keyof SessionQueries]: (
    ...question: Parameters<SessionQueries[Q]>
  ) => Promise<ReturnType<SessionQueries[Q]>>;
};
