/** Reading `session.metadata` (spec `resume.md` 5.3). */

import type { JsonValue } from '../document/json-value.js';
import { asciiBytes, decodeBase64 } from '../python/base64.js';
import { isPyList } from '../python/value.js';
import { SessionMetaData } from '../session/metadata.js';
import { attempt, corrupted, type OnFault, requireMember, requireValue, stringOf } from './validate.js';
import type { FormatVersion, MetadataField } from './versions.js';

/** Reads one field of the object `from` into the metadata. */
type FieldReader = (from: JsonValue, into: SessionMetaData) => void;

const READERS: Readonly<Record<MetadataField, FieldReader>> = {
  title(from, into) {
    into.title = nullableString(from, 'title');
  },
  flags(from, into) {
    const list = requireMember(from, 'flags', { type: 'list' });
    into.flags = new Set();
    for (const flag of list.items()) {
      into.flags.add(requireValue(flag, { type: 'str', typeMessage: 'Each flag must be a string' }).string!);
    }
  },
  running_job_name(from, into) {
    into.runningJobName = nullableString(from, 'running_job_name');
  },
  app_blob(from, into) {
    into.appBlob = readBlob(from);
  },
  app_id(from, into) {
    into.appId = nullableString(from, 'app_id');
  },
  custom_joblist(from, into) {
    into.customJoblist = boolean(from, 'custom_joblist');
  },
  rejected_jobs(from, into) {
    const list = requireMember(from, 'rejected_jobs', { type: 'list' }).toPython();
    if (isPyList(list)) into.rejectedJobs = list;
  },
  last_job_start_time(from, into) {
    const value = requireMember(from, 'last_job_start_time', { type: 'float', nullable: true });
    into.lastJobStartTime = value === null ? null : (value.toPython() as number);
  },
  remaining_todo_jobs(from, into) {
    into.remainingTodoJobs = boolean(from, 'remaining_todo_jobs');
  },
};

/**
 * Reads the fields that the version has, in their order, into `metadata`.
 *
 * @param session the member `session` of the document
 * @throws CorruptedSessionError for the first fault, unless `onFault` lets it pass: the field then keeps its
 *   default
 */
export function readMetadata(
  session: JsonValue,
  fields: readonly MetadataField[],
  metadata: SessionMetaData,
  onFault: OnFault,
): void {
  const from = attempt(onFault, undefined, () => requireMember(session, 'metadata', { type: 'dict' }));
  if (from === undefined) return;
  for (const field of fields) attempt(onFault, undefined, () => READERS[field](from, metadata));
}

/**
 * Reads the metadata as peek does: of versions 7 and 8 the reference never looked at `last_job_start_time`, so
 * there it counts when it is valid and is ignored otherwise (spec `deviations.md` B).
 */
export function peekMetadata(session: JsonValue, format: FormatVersion, onFault: OnFault): SessionMetaData {
  const metadata = new SessionMetaData();
  const strict = format.metadataFields.filter(
    (field) => format.strictPeek || field !== 'last_job_start_time',
  );
  readMetadata(session, strict, metadata, onFault);
  if (!format.strictPeek) readMetadata(session, ['last_job_start_time'], metadata, () => {});
  return metadata;
}

function nullableString(from: JsonValue, key: string): string | null {
  return stringOf(requireMember(from, key, { type: 'str', nullable: true }));
}

function boolean(from: JsonValue, key: string): boolean {
  return requireMember(from, key, { type: 'bool' }).toPython() === true;
}

function readBlob(from: JsonValue): Uint8Array | null {
  const value = requireMember(from, 'app_blob', { type: 'str', nullable: true });
  const text = stringOf(value);
  if (value === null || text === null) return null;
  const encoded = asciiBytes(text);
  if (encoded === undefined) throw corrupted('app_blob is not ASCII', value, { code: 'not-ascii' });
  const blob = decodeBase64(encoded);
  if (blob === undefined) throw corrupted('Cannot base64 decode app_blob', value, { code: 'bad-base64' });
  return blob;
}
