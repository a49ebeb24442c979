/** The results of several sessions, job by job. */

import type { JsonValue } from '../document/json-value.js';
import type { SessionFiles } from '../files/session-files.js';
import { copyOf, objectOf, type ValueWriter } from '../formats/conversion.js';
import type { DormantSession } from '../formats/dormant-session.js';
import { readResult } from '../formats/results.js';
import { attempt, FaultCollector, throwFault } from '../formats/validate.js';
import { MemoryJobResult } from '../results/job-result.js';
import { rawOutputPath, recordFileName } from '../results/paths.js';
import { Attempt } from './attempts.js';
import { JobLogs } from './job-logs.js';

/** A session that is to be merged. */
export interface MergeSource {
  /** What the session is called in the provenance, for example its path. */
  readonly name: string;
  readonly session: DormantSession;
  readonly files: SessionFiles;
  /** The session directory; null when there is none. */
  readonly location: string | null;
}

/** A file that belongs into the directory of the merged session. */
export interface MergedFile {
  /** Path in that directory. */
  readonly name: string;
  /** Reads the whole file. */
  readonly read: () => Promise<Uint8Array>;
}

interface MergedResult {
  readonly stored: JsonValue;
  readonly attempt: Attempt;
  /** Indices of the sources that have it. */
  readonly sources: number[];
  /** Record file of an on-disk result. */
  readonly log: SourceFile | undefined;
}

interface SourceFile {
  readonly files: SessionFiles;
  readonly path: string;
}

/** Endings of the raw outputs beside a record file. */
const RAW_OUTPUTS = ['stdout', 'stderr'] as const;

export class MergedResults {
  readonly #histories = new Map<string, MergedResult[]>();
  /** By job, what each source that has it contributed or shares. */
  readonly #sequences = new Map<string, (readonly MergedResult[])[]>();
  /** New name by path in a source. */
  readonly #names = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #files: MergedFile[] = [];
  #shared = 0;

  /** @param notes gets a sentence for everything that is left out */
  constructor(private readonly notes: string[]) {}

  get files(): readonly MergedFile[] {
    return this.#files;
  }

  /** Number of results. */
  get size(): number {
    let size = 0;
    for (const history of this.#histories.values()) size += history.length;
    return size;
  }

  /** Number of results that more than one source has. */
  get shared(): number {
    return this.#shared;
  }

  has(jobId: string): boolean {
    return (this.#histories.get(jobId)?.length ?? 0) > 0;
  }

  /** Appends the results of a source that is newer than all before; those that are there already are marked. */
  async add(source: MergeSource, index: number): Promise<void> {
    const logs = new JobLogs(source.session, source);
    const found = new FaultCollector();
    for (const [id, list] of source.session.document.get('results')?.members() ?? []) {
      const added: MergedResult[] = [];
      for (const stored of list.items()) {
        if (found.isFull) break;
        const result = attempt(found.note, undefined, () => readResult(stored, throwFault));
        if (result === undefined || result.isHollow) continue;
        const one = new Attempt(stored, result);
        const path = await logs.find(id, one);
        const log = path === undefined ? undefined : { files: source.files, path };
        added.push({ stored, attempt: one, sources: [index], log });
      }
      await this.#append(id, index, added);
    }
    for (const { message } of logs.problems) this.notes.push(`${source.name}: ${message}`);
  }

  /** A session begins with the results of the one that it continues. */
  async #append(id: string, index: number, added: readonly MergedResult[]): Promise<void> {
    const history = this.#histories.get(id) ?? [];
    const sequences = this.#sequences.get(id) ?? [];
    let shared: readonly MergedResult[] = [];
    for (const sequence of sequences) {
      const start = await commonStart(sequence, added);
      if (start.length > shared.length) shared = start;
    }
    const fresh = added.slice(shared.length);
    for (const one of shared) one.sources.push(index);
    for (const one of fresh) if (one.log !== undefined) await this.#keepFiles(id, index, one.log);
    this.#shared += shared.length;
    this.#histories.set(id, [...history, ...fresh]);
    this.#sequences.set(id, [...sequences, [...shared, ...fresh]]);
  }

  /** Writes the table of results. */
  writer(): ValueWriter {
    return objectOf(
      Array.from(this.#histories, ([id, history]): [string, ValueWriter] => [
        id,
        (writer) => writer.array(history, (result) => this.#resultWriter(result)(writer)),
      ]),
    );
  }

  #resultWriter({ stored, log, sources }: MergedResult): ValueWriter {
    const members = new Map<string, ValueWriter>();
    for (const [key, value] of stored.members()) members.set(key, copyOf(value));
    if (log !== undefined) {
      const name = this.#names.get(keyOf(sources[0]!, log.path))!;
      members.set('io_log_filename', (writer) => writer.value(name));
    }
    members.set('merged_from', (writer) => writer.value(sources.map(BigInt)));
    return objectOf(members);
  }

  /** A record file with the raw outputs beside it, below a directory of its source. */
  async #keepFiles(jobId: string, source: number, { files, path }: SourceFile): Promise<void> {
    const key = keyOf(source, path);
    if (this.#names.has(key)) return;
    const name = this.#freeName(jobId, source);
    this.#names.set(key, name);
    this.#keep(name, files, path);
    for (const stream of RAW_OUTPUTS) {
      const raw = rawOutputPath(path).replace(/stdout$/, stream);
      if (raw === path || (await files.stat(raw))?.kind !== 'file') continue;
      this.#keep(rawOutputPath(name).replace(/stdout$/, stream), files, raw);
    }
  }

  /** Different jobs may want the same name, and a job may have several files. */
  #freeName(jobId: string, source: number): string {
    const nameIn = (directory: string) => `io-logs/${directory}/${recordFileName(jobId)}`;
    let name = nameIn(`${source + 1}`);
    for (let more = 2; this.#taken.has(name); more++) name = nameIn(`${source + 1}.${more}`);
    this.#taken.add(name);
    return name;
  }

  #keep(name: string, files: SessionFiles, path: string): void {
    this.#files.push({ name, read: async () => files.read(path) });
  }
}

function keyOf(source: number, path: string): string {
  return `${source}:${path}`;
}

/** The results with which both lists begin, as the first one has them. */
async function commonStart(
  known: readonly MergedResult[],
  added: readonly MergedResult[],
): Promise<readonly MergedResult[]> {
  let size = 0;
  while (size < known.length && size < added.length && (await isSame(known[size]!, added[size]!))) size++;
  return known.slice(0, size);
}

/** Same facts and same log; a result on disk is the same when its record file is, byte for byte. */
async function isSame(left: MergedResult, right: MergedResult): Promise<boolean> {
  const a = left.attempt.readAgain();
  const b = right.attempt.readAgain();
  if (a.type !== b.type) return false;
  if (a instanceof MemoryJobResult) return a.equals(b);
  const facts = ['outcome', 'rawComments', 'returnCode', 'executionDuration'] as const;
  if (facts.some((fact) => !Object.is(a[fact], b[fact]))) return false;
  if (left.log === undefined || right.log === undefined) return left.log === right.log;
  const [first, second] = [await read(left.log), await read(right.log)];
  return first.length === second.length && first.every((byte, index) => byte === second[index]);
}

async function read({ files, path }: SourceFile): Promise<Uint8Array> {
  return files.read(path);
}
