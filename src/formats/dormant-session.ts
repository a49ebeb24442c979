/** The stored facts of a session, as far as they can be read, without unit definitions. */

// The published types need it, whatever library the importing project has.
/// <reference lib="esnext.disposable" preserve="true" />

import type { JsonValue } from '../document/json-value.js';
import type { ErrorCode, SessionResumeError } from '../errors.js';
import type { KernelName, Member } from '../kernel/kernel.js';
import { pyRepr } from '../python/repr.js';
import type { JobResult } from '../results/job-result.js';
import { SessionMetaData } from '../session/metadata.js';
import { peekMetadata, readMetadata } from './metadata.js';
import { readResult } from './results.js';
import { measureSizes, type SizeEntry } from './sizes.js';
import { readSystemInformation } from './system-information.js';
import { attempt, corrupted, type OnFault, requireMember, requireValue } from './validate.js';
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
    const metadata = read((note) => peekMetadata(session, format, note));
    this.metadata = metadata.value;
    this.#metadataFaults = metadata.faults;
    const table = read((note) =>
      attempt(note, undefined, () => requireMember(session, 'results', { type: 'dict' })),
    );
    this.results = new StoredResults(table.value);
    this.#resultsFaults = table.faults;
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
    this.#jobs ??= read((note) => readJobs(this.document, note));
    return this.#jobs;
  }

  #readMandatoryJobList(): Reading<readonly string[]> {
    this.#mandatoryJobList ??= read((note) =>
      this.format.metadataFirst ? readIds(this.document, 'mandatory_job_list', note) : [],
    );
    return this.#mandatoryJobList;
  }

  #readDesiredJobList(): Reading<readonly string[]> {
    this.#desiredJobList ??= read((note) => readIds(this.document, 'desired_job_list', note));
    return this.#desiredJobList;
  }

  /** Everything that is wrong, in the order of the document's parts. The first access reads all results. */
  get problems(): readonly Problem[] {
    this.#problems ??= this.#findProblems().map(({ code, message, path, offset, jobId }) => ({
      code,
      message,
      path,
      offset,
      jobId,
    }));
    return this.#problems;
  }

  #findProblems(): SessionResumeError[] {
    const faults = [
      ...this.#metadataFaults,
      ...this.#readJobs().faults,
      ...this.#resultsFaults,
      ...this.#readMandatoryJobList().faults,
      ...this.#readDesiredJobList().faults,
    ];
    const note: OnFault = (fault) => faults.push(fault);
    // A checksum that is there and faulty has been told of.
    const table = this.document.get('jobs');
    const hasChecksum = (id: string) => table?.get(id) !== undefined;
    if (!this.format.strictPeek) this.#checkStartTime(note);
    for (const id of this.results.keys()) {
      if (!hasChecksum(id)) note(withoutChecksum(this.document, id));
      this.results.get(id);
      for (const fault of this.results.faultsOf(id)) note(fault);
    }
    for (const id of this.#rejectedIds(note)) {
      if (!hasChecksum(id) && !this.results.has(id)) note(withoutChecksum(this.document, id));
    }
    if (this.format.systemInformation) {
      attempt(note, undefined, () => readSystemInformation(this.document, note));
    }
    return faults;
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
  readonly #faults = new Map<string, SessionResumeError[]>();

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

  /** The history of a job, oldest first; undefined when the document has none. */
  get(id: string): readonly JobResult[] | undefined {
    const stored = this.#histories.get(id);
    if (stored !== undefined || this.#table === undefined || !this.has(id)) return stored;
    const history: JobResult[] = [];
    const faults: SessionResumeError[] = [];
    const note: OnFault = (fault) => faults.push(fault);
    const list = attempt(note, undefined, () => requireMember(this.#table!, id, { type: 'list' }));
    for (const item of list?.items() ?? []) {
      const result = attempt(note, undefined, () => readResult(item, note));
      if (result !== undefined) history.push(result);
    }
    this.#histories.set(id, history);
    if (faults.length > 0) this.#faults.set(id, faults);
    return history;
  }

  /** What was wrong with a history that has been read. @internal */
  faultsOf(id: string): readonly SessionResumeError[] {
    return this.#faults.get(id) ?? [];
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

function read<T>(reader: (note: OnFault) => T): Reading<T> {
  const faults: SessionResumeError[] = [];
  return { value: reader((fault) => faults.push(fault)), faults };
}

function readJobs(session: JsonValue, onFault: OnFault): ReadonlyMap<string, string> {
  const jobs = new Map<string, string>();
  const table = attempt(onFault, undefined, () => requireMember(session, 'jobs', { type: 'dict' }));
  for (const id of table?.members().keys() ?? []) {
    const checksum = attempt(onFault, undefined, () => requireMember(table!, id, { type: 'str' }));
    if (checksum !== undefined) jobs.set(id, checksum.string!);
  }
  return jobs;
}

function readIds(session: JsonValue, key: string, onFault: OnFault): readonly string[] {
  const ids: string[] = [];
  const list = attempt(onFault, undefined, () => requireMember(session, key, { type: 'list' }));
  for (const item of list?.items() ?? []) {
    const id = attempt(onFault, undefined, () =>
      requireValue(item, { type: 'str', typeMessage: 'Each job id must be a string' }),
    );
    if (id !== undefined) ids.push(id.string!);
  }
  return ids;
}

function withoutChecksum(session: JsonValue, id: string): SessionResumeError {
  const place = session.get('jobs') ?? session;
  return corrupted(`Missing value for key ${pyRepr(id)}`, place, {
    code: 'missing-key',
    expected: id,
    jobId: id,
  });
}
