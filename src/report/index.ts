/**
 * `plainbox-session/report`: reports from dormant sessions alone, without the device. Runs anywhere.
 *
 * @packageDocumentation
 */

export type { Attempt } from './attempts.js';
export {
  type DiffOptions,
  diffSessions,
  type OutcomeChange,
  type SessionDiff,
  type SlowerJob,
} from './diff.js';
export type { CollectorDiff, FactDifference } from './environment-diff.js';
export { REPORT_FORMATS, type ReportFormat, reportText, writeReport } from './formats.js';
export type { JobLog } from './job-logs.js';
export { type MergedSession, mergeSessions } from './merge.js';
export type { MergedFile, MergeSource } from './merged-results.js';
export { type ReportJob, type ReportSource, SessionReport } from './model.js';
