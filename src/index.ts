/**
 * plainbox-session: dormant test sessions of Canonical Checkbox, in Node and in browsers.
 *
 * @packageDocumentation
 */

export { type JsonDocument, JsonValue } from './document/json-value.js';
export type { JsonKind } from './document/reader.js';
export { unpackEnvelope, unpackEnvelopeSync } from './envelope.js';
export {
  BrokenReferenceToExternalFileError,
  CorruptedSessionError,
  DataError,
  type ErrorCode,
  type ErrorFacts,
  IncompatibleJobError,
  IncompatibleSessionError,
  SessionResumeError,
  UnitDefinitionError,
  type UnitFacts,
} from './errors.js';
export type { MaybePromise } from './files/maybe-promise.js';
export { MemoryFiles } from './files/memory.js';
export type { FileStat, SessionFiles } from './files/session-files.js';
export { type ConvertOptions, conversionLosses, convert, type Loss } from './formats/convert.js';
export {
  DormantSession,
  type EnvelopeFacts,
  type Problem,
  StoredResults,
} from './formats/dormant-session.js';
export { explainResume, type ResumeExplanation, type ResumeReason } from './formats/explain.js';
export {
  FLAG_FILE_REFERENCE_CHECKS,
  FLAG_IGNORE_JOB_CHECKSUMS,
  FLAG_REWRITE_LOG_PATHNAMES,
} from './formats/flags.js';
export { open, openSync } from './formats/open.js';
export { peek, peekSync } from './formats/peek.js';
export {
  type LeftInPlace,
  type RedactedSession,
  type Redaction,
  type RedactionRules,
  type Replacement,
  redact,
} from './formats/redact.js';
export type { RuleName } from './formats/redaction-rules.js';
export { type ResumeContext, type ResumeOptions, resume, resumeSync } from './formats/resume.js';
export { type Salvage, type SalvageOptions, salvage } from './formats/salvage.js';
export type { SalvagedMember, TextCheck } from './formats/salvage-envelope.js';
export { salvageProblems } from './formats/salvage-problems.js';
export type {
  Damage,
  FilledIn,
  SalvageCounts,
  SalvageLoss,
  SalvageReport,
  Tally,
  VersionFinding,
} from './formats/salvage-report.js';
export { salvageResumable } from './formats/salvage-resumable.js';
export type { SizeEntry } from './formats/sizes.js';
export type { LogPlace } from './formats/stored-logs.js';
export { type SuspendOptions, suspend } from './formats/suspend.js';
export {
  type FormatVersion,
  LATEST_VERSION,
  type MetadataField,
  type VersionNumber,
} from './formats/versions.js';
export type { CommonOptions, Input, Progress } from './input.js';
export { type KernelChoice, setKernel } from './kernel/choose.js';
export type {
  Kernel,
  KernelName,
  Limits,
  Member,
  RecordTable,
  ResolvedLimits,
  Scan,
  ScannedText,
  ScanOptions,
  ScanProgress,
  SpanIndex,
  TextSource,
} from './kernel/kernel.js';
export type { ModuleSource } from './kernel/wasm-module.js';
export type { PyDict, PyValue } from './python/value.js';
export { type BuilderFields, JobResultBuilder } from './results/builder.js';
export { IOLog, type IOLogRecord, type StoredRecordHead } from './results/io-log.js';
export {
  DiskJobResult,
  type DiskResultMembers,
  JobResult,
  MemoryJobResult,
  type MemoryResultMembers,
  type ResultMembers,
  type ReturnCode,
} from './results/job-result.js';
export { type OutcomeInfo, outcomeInfo } from './results/outcomes.js';
export { rawOutputBase64, rawOutputImageType } from './results/raw-output.js';
export { DamagedRecordFileError, type RecordFault, type RecordFileLimits } from './results/record-file.js';
export { flatText, textAttachment } from './results/text.js';
export type {
  DependencyCycleProblem,
  DependencyProblem,
  DependencyType,
  MissingDependencyProblem,
  UnknownJobProblem,
} from './session/dependency-problems.js';
export { InhibitionCause, type InhibitorSubject, JobReadinessInhibitor } from './session/inhibitors.js';
export { JobState, type Override } from './session/job-state.js';
export { Manifest } from './session/manifest.js';
export { SessionMetaData } from './session/metadata.js';
export type { JobQualifier } from './session/qualifiers.js';
export type { Listener, Signal } from './session/signals.js';
export { type SkipOutcome, skipOutcome } from './session/skip-outcome.js';
export {
  type RecomputeOptions,
  type ResultOptions,
  type SessionLogLine,
  SessionState,
} from './session/state.js';
export {
  type CommonOutcome,
  categoryMap,
  categoryOutcomes,
  certificationStatusMap,
  type EstimatedDuration,
  estimatedDuration,
  outcomeStatistics,
  pluginOutcome,
  type StatisticsOptions,
} from './session/statistics.js';
export type { CollectorOutput, SystemInformation } from './session/system-information.js';
export type { ResourceExpression } from './units/languages/expression.js';
export type { Resource } from './units/languages/python-values.js';
