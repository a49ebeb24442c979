/**
 * Sessions of the same definitions as one: the union of their jobs and results, the results of the newest session
 * last. Where everything comes from stays in the document: members that Checkbox does not know it ignores
 * (spec `format.md` 2.1).
 */

import type { JsonValue } from '../document/json-value.js';
import { IncompatibleJobError } from '../errors.js';
import { copyOf, objectOf, type ValueWriter } from '../formats/conversion.js';
import type { DormantSession } from '../formats/dormant-session.js';
import { formatOfVersion, LATEST_VERSION } from '../formats/versions.js';
import { DocumentWriter } from '../formats/write-document.js';
import { writeMetadata } from '../formats/write-metadata.js';
import { SessionMetaData } from '../session/metadata.js';
import { count } from '../wording/figures.js';
import { type Collector, collectorsOf } from './collectors.js';
import { problemText } from './figures.js';
import { type MergedFile, MergedResults, type MergeSource } from './merged-results.js';

export interface MergedSession {
  /** The bytes of the file `session`, in the latest format. */
  readonly session: Uint8Array;
  /** What belongs beside it: the record files and raw outputs that the results name. */
  readonly files: readonly MergedFile[];
  /** Names of the sources, oldest first. */
  readonly order: readonly string[];
  readonly jobs: number;
  readonly results: number;
  /** Results that several sources have, as a session and its continuation do; each is kept once. */
  readonly shared: number;
  /** Everything that did not go into the session as it was, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Merges sessions. The newest one, by the time of its saving, gives the metadata and wins where collectors
 * disagree; without known times the order of the arguments counts.
 *
 * @throws IncompatibleJobError `changed-job` when the sources do not agree on the definition of a job
 * @throws SessionResumeError `not-representable` for what no session can hold
 */
export async function mergeSessions(sources: readonly MergeSource[]): Promise<MergedSession> {
  const notes: string[] = [];
  const ordered = byAge(sources, notes);
  for (const { name, session } of ordered) {
    for (const problem of session.problems) notes.push(`${name}: ${problemText(problem)}`);
  }
  const checksums = mergeJobs(ordered);
  const results = new MergedResults(notes);
  for (const [index, source] of ordered.entries()) await results.add(source, index);
  const metadata = mergeMetadata(ordered, results);
  const collectors = mergeCollectors(ordered, notes);
  const writer = new DocumentWriter();
  objectOf([
    ['version', (target) => target.value(BigInt(LATEST_VERSION))],
    ['merged_from', (target) => target.array(ordered, (source) => writeSource(target, source))],
    [
      'session',
      objectOf([
        ['desired_job_list', (target) => target.value(union(ordered, (session) => session.desiredJobList))],
        ['jobs', (target) => target.value(checksums)],
        [
          'mandatory_job_list',
          (target) => target.value(union(ordered, (session) => session.mandatoryJobList)),
        ],
        [
          'metadata',
          (target) => writeMetadata(target, metadata, formatOfVersion(LATEST_VERSION).metadataFields),
        ],
        ['results', results.writer()],
        ['system_information', objectOf(collectors)],
      ]),
    ],
  ])(writer);
  return {
    session: writer.finish(),
    files: results.files,
    order: ordered.map(({ name }) => name),
    jobs: checksums.size,
    results: results.size,
    shared: results.shared,
    notes,
  };
}

/** Oldest first. */
function byAge(sources: readonly MergeSource[], notes: string[]): readonly MergeSource[] {
  const times = new Map(sources.map((source) => [source, savedAt(source.session)]));
  if ([...times.values()].includes(undefined)) {
    notes.push(
      'not every session says when it was saved: the order of the arguments counts, the last is newest',
    );
    return sources;
  }
  return [...sources].sort((a, b) => times.get(a)! - times.get(b)!);
}

/** Seconds since the epoch. */
function savedAt({ envelope, metadata }: DormantSession): number | undefined {
  return envelope.members[0]?.mtime || (metadata.lastJobStartTime ?? undefined);
}

function mergeJobs(sources: readonly MergeSource[]): ReadonlyMap<string, string> {
  const checksums = new Map<string, string>();
  const changed: string[] = [];
  for (const { session } of sources) {
    for (const [id, checksum] of session.jobs) {
      const known = checksums.get(id);
      if (known === undefined) checksums.set(id, checksum);
      else if (known !== checksum) changed.push(id);
    }
  }
  if (changed.length > 0) {
    const ids = [...new Set(changed)];
    throw new IncompatibleJobError(`The sessions have different definitions of ${count(ids.length, 'job')}`, {
      code: 'changed-job',
      jobId: ids[0],
      expected: 'sessions of the same definitions',
      actual: ids,
    });
  }
  return checksums;
}

function union(
  sources: readonly MergeSource[],
  list: (session: DormantSession) => readonly string[],
): readonly string[] {
  return [...new Set(sources.flatMap(({ session }) => list(session)))];
}

/** That of the newest session. A job that one session rejected and another one ran is not rejected. */
function mergeMetadata(sources: readonly MergeSource[], results: MergedResults): SessionMetaData {
  const newest = sources.at(-1)!.session.metadata;
  const metadata = new SessionMetaData();
  metadata.title = newest.title;
  metadata.flags = new Set(newest.flags);
  metadata.runningJobName = newest.runningJobName;
  metadata.appBlob = newest.appBlob;
  metadata.appId = newest.appId;
  metadata.customJoblist = newest.customJoblist;
  metadata.lastJobStartTime = newest.lastJobStartTime;
  metadata.remainingTodoJobs = newest.remainingTodoJobs;
  const rejected = sources.flatMap(({ session }) => session.metadata.rejectedJobs);
  metadata.rejectedJobs = [...new Set(rejected)].filter((id) => typeof id === 'string' && !results.has(id));
  return metadata;
}

function mergeCollectors(sources: readonly MergeSource[], notes: string[]): ReadonlyMap<string, ValueWriter> {
  const newest = new Map<string, { source: MergeSource; collector: Collector }>();
  for (const source of sources) {
    for (const collector of collectorsOf(source.session)) {
      const older = newest.get(collector.name);
      if (older !== undefined) {
        notes.push(
          `${older.source.name}: what '${collector.name}' found out is replaced by that of ${source.name}`,
        );
      }
      newest.set(collector.name, { source, collector });
    }
  }
  return new Map(Array.from(newest, ([name, { collector }]) => [name, copyOf(storedCollector(collector))]));
}

function storedCollector({ outputs }: Collector): JsonValue {
  return outputs.parent!;
}

/** Where results come from: `merged_from` in a result has indices into this list. */
function writeSource(writer: DocumentWriter, { name, session }: MergeSource): void {
  const metadata = session.document.get('metadata');
  writer.object([
    ['name', () => writer.value(name)],
    ['saved_at', () => writer.value(savedAt(session) ?? null)],
    ['format_version', () => writer.value(BigInt(session.version))],
    ['metadata', () => (metadata === undefined ? writer.value(null) : writer.copy(metadata))],
  ]);
}
