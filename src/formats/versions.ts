/**
 * The eleven versions of the format: what each one added (spec `format.md` 2 and 3, `resume.md` 5.1), and the
 * only place where a version is looked up. `docs/formats.md` tells the same story to people.
 */

import type { JsonValue } from '../document/json-value.js';
import { IncompatibleSessionError } from '../errors.js';
import { pyStr } from '../python/repr.js';
import { isPyDict, isPyList, type PyValue } from '../python/value.js';
import { requireMember, requireValue } from './validate.js';

/** A field of `session.metadata`, in the order in which fields are read. */
export type MetadataField =
  | 'title'
  | 'flags'
  | 'running_job_name'
  | 'app_blob'
  | 'app_id'
  | 'custom_joblist'
  | 'rejected_jobs'
  | 'last_job_start_time'
  | 'remaining_todo_jobs';

export type VersionNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;

/** What a version holds and how it is read and written. */
export interface FormatVersion {
  readonly version: VersionNumber;
  /** Fields of the metadata, cumulative. */
  readonly metadataFields: readonly MetadataField[];
  /** Whether peek demands `last_job_start_time` as resume does. */
  readonly strictPeek: boolean;
  /** Whether results hold the whole history, and `jobs` only what was run or is to run. */
  readonly wholeHistory: boolean;
  /** Whether log names are relative to the session directory. */
  readonly relativeLogNames: boolean;
  /** Whether metadata is read before the results, the mandatory list is read, and rejected jobs are known. */
  readonly metadataFirst: boolean;
  /** Whether `system_information` is there. */
  readonly systemInformation: boolean;
  /** Whether `jobs` lists all known jobs while the session is being set up. */
  readonly allJobsWhileSettingUp: boolean;
}

const v1: FormatVersion = {
  version: 1,
  metadataFields: ['title', 'flags', 'running_job_name'],
  strictPeek: true,
  wholeHistory: false,
  relativeLogNames: false,
  metadataFirst: false,
  systemInformation: false,
  allJobsWhileSettingUp: false,
};

/** Applications may keep a blob of their own. */
const v2 = next(v1, { fields: ['app_blob'] });

/** The blob has an owner. */
const v3 = next(v2, { fields: ['app_id'] });

/** The whole result history is kept; `jobs` lists only jobs that have run or are on the run list. */
const v4 = next(v3, { wholeHistory: true });

/** The session directory may move: log names are relative to it. */
const v5 = next(v4, { relativeLogNames: true });

/**
 * The operator's selection is kept. Since now the rejected jobs matter when the results are read, the metadata
 * is read first; the mandatory list, which all versions write, is read at last.
 */
const v6 = next(v5, { fields: ['custom_joblist', 'rejected_jobs'], metadataFirst: true });

/** The time at which the running job began. The reference's peek forgets it in this version and the next. */
const v7 = next(v6, { fields: ['last_job_start_time'], strictPeek: false });

/** Facts about the machine; saving collects them when nobody has done so yet. */
const v8 = next(v7, { systemInformation: true });

/** Saving no longer collects. Read as version 8, but for the peek. */
const v9 = next(v8, { strictPeek: true });

/** While setup jobs run, `jobs` lists all known jobs. Read as version 9. */
const v10 = next(v9, { allJobsWhileSettingUp: true });

/** Whether jobs are left to do. */
const v11 = next(v10, { fields: ['remaining_todo_jobs'] });

/** The versions by number; a number that is not in it comes from the future, or from nowhere. */
export const FORMAT_VERSIONS: ReadonlyMap<number, FormatVersion> = new Map(
  [v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11].map((format) => [format.version, format]),
);

/** The version that is written unless another is asked for. */
export const LATEST_VERSION: VersionNumber = 11;

/**
 * A version to write.
 *
 * @throws RangeError when there is no such version
 */
export function formatOfVersion(version: number): FormatVersion {
  const format = FORMAT_VERSIONS.get(version);
  if (format === undefined) throw new RangeError(`version must be 1 to ${LATEST_VERSION}, got ${version}`);
  return format;
}

function next(
  previous: FormatVersion,
  {
    fields = [],
    ...changes
  }: Partial<Omit<FormatVersion, 'version'>> & { fields?: readonly MetadataField[] },
): FormatVersion {
  return {
    ...previous,
    ...changes,
    version: (previous.version + 1) as VersionNumber,
    metadataFields: [...previous.metadataFields, ...fields],
  };
}

/** A document whose version is known. */
export interface VersionedDocument {
  readonly format: FormatVersion;
  /** The member `session`, an object. */
  readonly session: JsonValue;
}

/**
 * Finds out the version and the session of a document (spec `resume.md` 3, steps 5 to 8).
 *
 * @throws CorruptedSessionError when the root is no object or lacks `version` or `session`
 * @throws IncompatibleSessionError for a version that is not known
 */
export function readVersion(root: JsonValue): VersionedDocument {
  requireValue(root, { type: 'dict' });
  const version = requireMember(root, 'version');
  const number = asVersionNumber(version.toPython());
  const format = number === undefined ? undefined : FORMAT_VERSIONS.get(number);
  if (format === undefined) {
    const value = version.toPython();
    const fromFuture = typeof value === 'bigint' && value > LATEST_VERSION;
    throw new IncompatibleSessionError(`Unsupported version ${pyStr(value)}`, {
      code: fromFuture ? 'version-from-the-future' : 'unsupported-version',
      path: version.path,
      offset: version.offset,
      expected: `1 to ${LATEST_VERSION}`,
      actual: version.toJS(),
    });
  }
  return { format, session: requireSession(root) };
}

/**
 * The member `session` of a document that has some version.
 *
 * @throws CorruptedSessionError when the root is no object or lacks `version` or `session`
 */
export function requireSession(root: JsonValue): JsonValue {
  requireValue(root, { type: 'dict' });
  requireMember(root, 'version');
  return requireMember(root, 'session', { type: 'dict' });
}

/** Python finds a version by equality: `1.0` and `true` are 1 as well. */
function asVersionNumber(value: PyValue): number | undefined {
  if (value === null || typeof value === 'string' || isPyList(value) || isPyDict(value)) return undefined;
  return Number(value);
}
