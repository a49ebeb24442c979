/** The stored facts of a session, as far as they can be read, without unit definitions. */

// The published types need it, whatever library the importing project has.
/// <reference lib="esnext.disposable" preserve="true" />

import type { JsonValue } from '../document/json-value.js';
import type { ErrorCode, SessionResumeError } from '../errors.js';
import type { MaybePromise } from '../files/maybe-promise.js';
import type { KernelName, Member } from '../kernel/kernel.js';
import { pyRepr } from '../python/repr.js';
import type { IOLog } from '../results/io-log.js';
import type { JobResult } from '../results/job-result.js';
import { SessionMetaData } from '../session/metadata.js';
import { peekMetadata, readMetadata } from './metadata.js';
import { readResult } from './results.js';
import { measureSizes, type SizeEntry } from './sizes.js';
import { type LogPlace, readStoredLog } from './stored-logs.js';
import { readSystemInformation } from './system-information.js';
import { attempt, corrupted, FaultCollector, type OnFault, requireMember, requireValue } from './validate.js';
import { type FormatVersion, readVersion, type VersionNumber } from './versions.js';

/** Something that Checkbox would refuse, or that is lost on it. */
export interface Problem {
  readonly code: ErrorCode;
  /** What Checkbox itself would say. */
  readonly message: string;
  readonly path: string | undefined;
  /** Byte offset into the decompressed text. */
  readonly offset: number | undefined;
  readonly jobId: string | undefined;
}

/** The envelope's facts; sizes in bytes. */
export interface EnvelopeFacts {
  readonly members: readonly Member[];
  readonly compressedBytes: number;
  readonly textBytes: number;
}

/**
 * A dormant session. Nothing of it is built before it is looked at; what is malformed is left out and told in
 * {@link problems}.
 */
export class DormantSession {
  readonly version: VersionNumber;
  readonly format: FormatVersion;
  readonly metadata: SessionMetaData;
  readonly results: StoredResults;
  /** The document's member of that name; undefined in versions 1 to 7. */
  readonly systemInformation: JsonValue | undefined;
  readonly envelope: EnvelopeFacts;
  /** Which kernel served the document. */
  readonly kernel: KernelName;
  /** The member `session` of the document. */
  readonly document: JsonValue;
  readonly #metadataFaults: readonly SessionResumeError[];
  readonly #resultsFaults: readonly SessionResumeError[];
  #jobs: Reading<ReadonlyMap<string, string>> | undefined;
  #mandatoryJobList: Reading<readonly string[]> | undefined;
  #desiredJobList: Reading<readonly string[]> | undefined;
  #problems: readonly Problem[] | undefined;

  /**
   * @throws CorruptedSessionError when the document is no object or has no `session`
   * @throws IncompatibleSessionError for an unknown version
   */
  constructor(root: JsonValue) {
    const { format, session } = readVersion(root);
    const { scanned } = root.document;
    const last = scanned.members.at(-1);
    this.version = format.version;
    this.format = format;
    this.document = session;
    this.kernel = scanned.kernel;
    this.envelope = {
      members: scanned.members,
      compressedBytes: last === undefined ? 0 : last.offset + last.memberBytes,
      textBytes: scanned.text.length,
    };
    const metadataFaults = new FaultCollector();
    this.metadata = peekMetadata(session, format, metadataFaults.note);
    this.#metadataFaults = metadataFaults.faults;
    const resultsFaults = new FaultCollector();
    this.results = new StoredResults(
      attempt(resultsFaults.note, undefined, () => requireMember(session, 'results', { type: 'dict' })),
    );
    this.#resultsFaults = resultsFaults.faults;
    this.systemInformation = format.systemInformation ? session.get('system_information') : undefined;
  }

  /** Job id to checksum. */
  get jobs(): ReadonlyMap<string, string> {
    return this.#readJobs().value;
  }

  get mandatoryJobList(): readonly string[] {
    return this.#readMandatoryJobList().value;
  }

  get desiredJobList(): readonly string[] {
    return this.#readDesiredJobList().value;
  }

  #readJobs(): Reading<ReadonlyMap<string, string>> {
    this.#jobs ??= read(new Map<string, string>(), (jobs, note) => readJobs(this.document, jobs, note));
    return this.#jobs;
  }

  #readMandatoryJobList(): Reading<readonly string[]> {
    this.#mandatoryJobList ??= read([] as string[], (ids, note) => {
      if (this.format.metadataFirst) readIds(this.document, 'mandatory_job_list', ids, note);
    });
    return this.#mandatoryJobList;
  }

  #readDesiredJobList(): Reading<readonly string[]> {
    this.#desiredJobList ??= read([] as string[], (ids, note) =>
      readIds(this.document, 'desired_job_list', ids, note),
    );
    return this.#desiredJobList;
  }

  /**
   * What is wrong, in the order in which a resume reads the parts of the document. The first access reads all
   * results. Behind 10,000 problems there is one of the code `more-problems`, and what comes after is not read.
   */
  get problems(): readonly Problem[] {
    if (this.#problems !== undefined) return this.#problems;
    const found = new FaultCollector();
    found.collect(() => this.#findProblems(found.note));
    this.#problems = found.faults.map(({ code, message, path, offset, jobId }) => ({
      code,
      message,
      path,
      offset,
      jobId,
    }));
    return this.#problems;
  }

  #findProblems(note: OnFault): void {
    const tell = (faults: readonly SessionResumeError[]) => faults.forEach(note);
    const { metadataFirst, strictPeek, systemInformation } = this.format;
    if (metadataFirst) tell(this.#metadataFaults);
    if (!strictPeek) this.#checkStartTime(note);
    tell(this.#readJobs().faults);
    tell(this.#resultsFaults);
    // A checksum that is there and faulty has been told of.
    const table = this.document.get('jobs');
    const hasChecksum = (id: string) => table?.get(id) !== undefined;
    for (const id of this.results.keys()) {
      if (!hasChecksum(id)) note(withoutChecksum(this.document, id));
      this.results.tellFaults(id, note);
    }
    for (const id of this.#rejectedIds(note)) {
      if (!hasChecksum(id) && !this.results.has(id)) note(withoutChecksum(this.document, id));
    }
    if (!metadataFirst) tell(this.#metadataFaults);
    tell(this.#readMandatoryJobList().faults);
    tell(this.#readDesiredJobList().faults);
    if (systemInformation) attempt(note, undefined, () => readSystemInformation(this.document, note));
  }

  /** A resume demands what the peek of these versions overlooks. */
  #checkStartTime(note: OnFault): void {
    if (this.document.get('metadata')?.kind !== 'object') return;
    readMetadata(this.document, ['last_job_start_time'], new SessionMetaData(), note);
  }

  #rejectedIds(note: OnFault): ReadonlySet<string> {
    const ids = new Set<string>();
    if (!this.format.metadataFields.includes('rejected_jobs')) return ids;
    for (const item of this.document.get('metadata')?.get('rejected_jobs')?.items() ?? []) {
      const id = attempt(note, undefined, () => requireValue(item, { type: 'str' }));
      if (id !== undefined) ids.add(id.string!);
    }
    return ids;
  }

  /**
   * The log of one of the {@link results}, read at every call when it is in a file of its own: the file that the
   * result names, or the one in the session's directory when that has moved since.
   *
   * @param place what lies around the session; not needed for logs inside of it
   * @throws BrokenReferenceToExternalFileError (or rejects with it) when the record file cannot be read
   * @throws DamagedRecordFileError when it can be read only in part; the error has that part
   */
  readLog(result: JobResult, place: LogPlace = {}): MaybePromise<IOLog> {
    return readStoredLog(result, this.version, place);
  }

  /** Where the bytes of the document went, largest first. */
  sizes(): readonly SizeEntry[] {
    return measureSizes(this);
  }

  /** Gives the memory of the document back early; reading afterwards is an error. */
  dispose(): void {
    this.document.document.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** The results by job id; a job's history is built when it is first asked for. */
export class StoredResults implements Iterable<[id: string, history: readonly JobResult[]]> {
  readonly #table: JsonValue | undefined;
  readonly #histories = new Map<string, readonly JobResult[]>();
  /** Ids of the jobs whose history is not as it should be; the faults would be too many to keep. */
  readonly #faulty = new Set<string>();

  constructor(table: JsonValue | undefined) {
    this.#table = table;
  }

  get size(): number {
    return this.#table?.size ?? 0;
  }

  keys(): Iterable<string> {
    return this.#table?.members().keys() ?? [];
  }

  has(id: string): boolean {
    return this.#table?.get(id) !== undefined;
  }

  /**
   * The history of a job, oldest first; undefined when the document has none. What is malformed is left out, and
   * behind 10,000 faults the rest.
   */
  get(id: string): readonly JobResult[] | undefined {
    const stored = this.#histories.get(id);
    if (stored !== undefined || !this.has(id)) return stored;
    const history: JobResult[] = [];
    const found = new FaultCollector();
    found.collect(() => this.#read(id, history, found.note));
    this.#histories.set(id, history);
    if (found.faults.length > 0) this.#faulty.add(id);
    return history;
  }

  /** Notes what is wrong with a history. @internal */
  tellFaults(id: string, note: OnFault): void {
    this.get(id);
    if (this.#faulty.has(id)) this.#read(id, [], note);
  }

  #read(id: string, history: JobResult[], note: OnFault): void {
    const list = attempt(note, undefined, () => requireMember(this.#table!, id, { type: 'list' }));
    for (const item of list?.items() ?? []) {
      const result = attempt(note, undefined, () => readResult(item, note));
      if (result !== undefined) history.push(result);
    }
  }

  *[Symbol.iterator](): Iterator<[id: string, history: readonly JobResult[]]> {
    for (const id of this.keys()) yield [id, this.get(id)!];
  }
}

/** A part of the document as far as it could be read, and what was wrong with the rest. */
interface Reading<T> {
  readonly value: T;
  readonly faults: readonly SessionResumeError[];
}

function read<T>(value: T, fill: (value: T, note: OnFault) => void): Reading<T> {
  const found = new FaultCollector();
  found.collect(() => fill(value, found.note));
  return { value, faults: found.faults };
}

function readJobs(session: JsonValue, jobs: Map<string, string>, onFault: OnFault): void {
  const table = attempt(onFault, undefined, () => requireMember(session, 'jobs', { type: 'dict' }));
  for (const id of table?.members().keys() ?? []) {
    const checksum = attempt(onFault, undefined, () => requireMember(table!, id, { type: 'str' }));
    if (checksum !== undefined) jobs.set(id, checksum.string!);
  }
}

function readIds(session: JsonValue, key: string, ids: string[], onFault: OnFault): void {
  const list = attempt(onFault, undefined, () => requireMember(session, key, { type: 'list' }));
  for (const item of list?.items() ?? []) {
    const id = attempt(onFault, undefined, () =>
      requireValue(item, { type: 'str', typeMessage: 'Each job id must be a string' }),
    );
    if (id !== undefined) ids.push(id.string!);
  }
}

function withoutChecksum(session: JsonValue, id: string): SessionResumeError {
  const place = session.get('jobs') ?? session;
  return corrupted(`Missing value for key ${pyRepr(id)}`, place, {
    code: 'missing-key',
    expected: id,
    jobId: id,
  });
}
