/**
 * plainbox-session/node: sessions in the files of a machine.
 *
 * @packageDocumentation
 */

export {
  type ArchiveKind,
  type ArchiveLimits,
  archiveKind,
  type FoundSession,
  openArchive,
} from './files/archive.js';
export { NodeDirectoryFiles, type NodeDirectoryOptions } from './files/node-directory.js';
export type { FileStat, SessionFiles } from './files/session-files.js';
export { type OpenedSessionPath, openSessionPath } from './files/session-path-node.js';
export { type DiagnoseOptions, type Diagnosis, diagnose } from './formats/diagnose.js';
export type { Finding, FindingCode, Severity } from './formats/finding.js';
export type { LeftOverSave } from './formats/left-over-save.js';
export { judgeRepository, type RepositorySession } from './storage/candidates.js';
export { type DoctorOptions, doctor, type ExaminedSession } from './storage/doctor.js';
export { listRepository, type StoredSession } from './storage/repository.js';
export type { SaveOutcome } from './storage/save-checkpoint.js';
export { defaultRepository } from './storage/session-layout.js';
export { type CreateOptions, SessionStorage } from './storage/session-storage.js';
export { LockedStorageError, StorageError, type StorageErrorCode } from './storage/storage-error.js';
export {
  type JudgedSession,
  type JudgeOptions,
  judgeCheckpoint,
  type Verdict,
  type VerdictKind,
  type VerdictReason,
} from './storage/verdict.js';
export { type LoadedProvider, loadProvider, loadUnitFiles, type UnitPath } from './units/load-node.js';
export type { ProviderFacts } from './units/provider.js';
