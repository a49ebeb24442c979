/** Converting a stored session between the eleven versions of the format, without unit definitions. */

import type { JsonValue } from '../document/json-value.js';
import { SessionResumeError } from '../errors.js';
import { isAbsolutePath } from '../files/lexical-path.js';
import {
  type ConversionStep,
  copyOf,
  firstVersionWith,
  type Loss,
  objectOf,
  type ValueWriter,
} from './conversion.js';
import { convertMetadata, ignoredText } from './convert-metadata.js';
import { convertResults } from './convert-results.js';
import type { DormantSession } from './dormant-session.js';
import { requireMember } from './validate.js';
import { formatOfVersion, type VersionNumber } from './versions.js';
import { DocumentWriter } from './write-document.js';

export type { Loss } from './conversion.js';

export interface ConvertOptions {
  readonly version: VersionNumber;
  /**
   * The session directory, absolute: until version 4 names of logs are absolute, from version 5 on they count
   * from there. Without it names stay as they are.
   */
  readonly location?: string | null;
}

/**
 * What {@link convert} would not keep, or what readers of the new version would not heed, in the order of the
 * document's parts.
 *
 * @throws as {@link convert}
 */
export function conversionLosses(session: DormantSession, options: ConvertOptions): readonly Loss[] {
  return planConversion(session, options).losses;
}

/**
 * The session as a document of another version. Values that the versions have in common are copied as they
 * stand, members that no version knows as well; what the stored version lacks gets the value that its readers
 * assume. Nothing is invented: jobs that the document does not list stay unlisted. The mandatory list, which all
 * versions write and versions 1 to 5 do not read, is kept.
 *
 * @param options with `force`, what {@link conversionLosses} lists is dropped
 * @throws SessionResumeError `not-representable` when something would be lost and `force` is not set
 * @throws CorruptedSessionError when the session lacks a part, or one that must be looked at is malformed
 * @throws RangeError when there is no such version, or for a relative location
 */
export function convert(
  session: DormantSession,
  { force = false, ...options }: ConvertOptions & { readonly force?: boolean },
): Uint8Array {
  const { losses, write } = planConversion(session, options);
  const [first] = losses;
  if (first !== undefined && !force) {
    const more = losses.length > 1 ? ` (and ${losses.length - 1} more)` : '';
    throw new SessionResumeError(
      `version ${options.version} cannot hold all of the session: ${first.path} ${first.text}${more}`,
      { code: 'not-representable', path: first.path, actual: losses.map(({ path }) => path) },
    );
  }
  const writer = new DocumentWriter();
  write(writer);
  return writer.finish();
}

interface Plan {
  readonly losses: readonly Loss[];
  readonly write: ValueWriter;
}

function planConversion(session: DormantSession, options: ConvertOptions): Plan {
  const { location = null } = options;
  if (location !== null && !isAbsolutePath(location)) {
    throw new RangeError(`location must be an absolute path, got '${location}'`);
  }
  const losses: Loss[] = [];
  const step: ConversionStep = {
    from: session.format,
    to: formatOfVersion(options.version),
    location,
    lose: ({ path }, text) => losses.push({ path, text }),
  };
  const root = membersOf(session.document.parent!);
  root.set('session', convertSession(session.document, step));
  root.set('version', (writer) => writer.value(BigInt(step.to.version)));
  return { losses, write: objectOf(root) };
}

function convertSession(session: JsonValue, step: ConversionStep): ValueWriter {
  requireMember(session, 'jobs', { type: 'dict' });
  requireMember(session, 'desired_job_list', { type: 'list' });
  const members = membersOf(session);
  members.set('metadata', convertMetadata(session, step));
  members.set('results', convertResults(session, step));
  members.set('mandatory_job_list', convertMandatoryList(session, step));
  const information = convertSystemInformation(session, step);
  if (information === undefined) members.delete('system_information');
  else members.set('system_information', information);
  return objectOf(members);
}

/** All versions write the list, but those up to 5 do not read it and so never checked it. */
function convertMandatoryList(session: JsonValue, { from, to, lose }: ConversionStep): ValueWriter {
  if (from.metadataFirst) {
    const list = requireMember(session, 'mandatory_job_list', { type: 'list' });
    if (!to.metadataFirst && list.size > 0) {
      lose(list, `stays in the file, but readers of version ${to.version} ignore it`);
    }
    return copyOf(list);
  }
  const list = session.get('mandatory_job_list');
  if (list !== undefined && (!to.metadataFirst || isListOfKnownIds(list, session))) return copyOf(list);
  if (list !== undefined) lose(list, 'replaced by an empty list: it is no list of jobs of the session');
  return (writer) => writer.value([]);
}

function isListOfKnownIds(list: JsonValue, session: JsonValue): boolean {
  if (list.kind !== 'array') return false;
  const jobs = requireMember(session, 'jobs').members();
  const desired = new Set(
    Array.from(requireMember(session, 'desired_job_list').items(), ({ string }) => string),
  );
  return [...list.items()].every(({ string: id }) => id !== undefined && (jobs.has(id) || desired.has(id)));
}

/** Undefined when the new document has no such member. */
function convertSystemInformation(session: JsonValue, step: ConversionStep): ValueWriter | undefined {
  const { from, to, lose } = step;
  if (from.systemInformation) {
    const information = requireMember(session, 'system_information', { type: 'dict' });
    if (to.systemInformation) return copyOf(information);
    const since = firstVersionWith((format) => format.systemInformation);
    if (information.size > 0) lose(information, `dropped: the format has it since version ${since}`);
    return undefined;
  }
  const ignored = session.get('system_information');
  if (!to.systemInformation) return ignored === undefined ? undefined : copyOf(ignored);
  if (ignored !== undefined) lose(ignored, ignoredText(step));
  return (writer) => writer.value(new Map());
}

function membersOf(object: JsonValue): Map<string, ValueWriter> {
  return new Map(Array.from(object.members(), ([key, value]) => [key, copyOf(value)] as const));
}
