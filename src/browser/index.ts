/**
 * plainbox-session/browser: sessions from what a browser can open, off the main thread.
 *
 * @packageDocumentation
 */

export { BlobFiles, type FileEntry } from './blob-files.js';
export { DirectoryHandleFiles } from './directory-handle.js';
export { chosenFiles, droppedFiles } from './dropped.js';
export type { ErrorMessage } from './error-message.js';
export { openInWorker, type WorkerOptions, type WorkerSession } from './open-in-worker.js';
export type { FromWorker, OpenMessage, QueryMessage, QueryName, ToWorker } from './protocol.js';
export {
  type AttemptFacts,
  FOUND_RECORDS,
  type JobRow,
  type JsonNode,
  type JsonStep,
  LOG_PAGE_RECORDS,
  type LogFacts,
  type LogPage,
  type RemoteSession,
  type ResumeRequest,
  type ResumeView,
  type RunListRow,
  type SessionOverview,
  type SessionQueries,
  VALUE_CHARACTERS,
} from './queries.js';
export { serveSession, type WorkerScope } from './serve.js';
export { SessionHost } from './session-host.js';
export { type BrowserSource, type LocatedSession, locateSession } from './source.js';
