/**
 * `plainbox-session/report`: reports from a dormant session alone, without the device. Runs anywhere.
 *
 * @packageDocumentation
 */

export type { Attempt } from './attempts.js';
export { REPORT_FORMATS, type ReportFormat, reportText, writeReport } from './formats.js';
export type { JobLog } from './job-logs.js';
export { type ReportJob, type ReportSource, SessionReport } from './model.js';
