/** The metadata in another version of the format (spec `format.md` 2.2). */

import type { JsonValue } from '../document/json-value.js';
import { pyEquals } from '../python/equality.js';
import type { PyValue } from '../python/value.js';
import { SessionMetaData } from '../session/metadata.js';
import { type ConversionStep, copyOf, firstVersionWith, objectOf, type ValueWriter } from './conversion.js';
import { readMetadata } from './metadata.js';
import { requireMember, throwFault } from './validate.js';
import { formatOfVersion, LATEST_VERSION, type MetadataField } from './versions.js';

/** What a reader assumes of a field that its version does not have, as the format writes it. */
export const METADATA_DEFAULTS: Readonly<Record<MetadataField, PyValue>> = {
  title: null,
  flags: [],
  running_job_name: null,
  app_blob: '',
  app_id: null,
  custom_joblist: false,
  rejected_jobs: [],
  last_job_start_time: null,
  remaining_todo_jobs: false,
};

/** The one flag that decides what becomes of the results. */
const STRICT_FLAG = 'strict_template_expansion';

/**
 * Fields of both versions and members of neither stay as they are.
 *
 * @param session the member `session` of the document
 * @throws CorruptedSessionError when a field of the stored version is missing or malformed
 */
export function convertMetadata(session: JsonValue, step: ConversionStep): ValueWriter {
  const stored = requireMember(session, 'metadata', { type: 'dict' });
  const metadata = new SessionMetaData();
  readMetadata(session, step.from.metadataFields, metadata, throwFault);
  if (step.from.metadataFirst !== step.to.metadataFirst && metadata.flags.has(STRICT_FLAG)) {
    const since = firstVersionWith((format) => format.metadataFirst);
    step.lose(
      stored.get('flags')!,
      `${STRICT_FLAG} stays, but results are restored in its light since version ${since} only`,
    );
  }
  const members = new Map<string, ValueWriter>();
  for (const [key, value] of stored.members()) members.set(key, copyOf(value));
  for (const field of formatOfVersion(LATEST_VERSION).metadataFields) {
    const known = step.from.metadataFields.includes(field);
    const wanted = step.to.metadataFields.includes(field);
    const value = stored.get(field);
    if (known && !wanted) {
      members.delete(field);
      if (!pyEquals(value!.toPython(), METADATA_DEFAULTS[field])) step.lose(value!, droppedText(field));
    }
    if (wanted && !known) {
      members.set(field, (writer) => writer.value(METADATA_DEFAULTS[field]));
      if (value !== undefined) step.lose(value, ignoredText(step));
    }
  }
  return objectOf(members);
}

function droppedText(field: MetadataField): string {
  const since = firstVersionWith((format) => format.metadataFields.includes(field));
  return `dropped: the format has it since version ${since}`;
}

/** For a member that the stored version does not have, but the new one: to keep it would give it a meaning. */
export function ignoredText({ from }: ConversionStep): string {
  return `replaced by the default: readers of version ${from.version} ignore it`;
}
