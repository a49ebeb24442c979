/** Writing `session.metadata` (spec `format.md` 2.2). */

import { sortCodePoints } from '../python/text.js';
import type { SessionMetaData } from '../session/metadata.js';
import type { MetadataField } from './versions.js';
import type { DocumentWriter } from './write-document.js';

type FieldWriter = (writer: DocumentWriter, metadata: SessionMetaData) => void;

const WRITERS: Readonly<Record<MetadataField, FieldWriter>> = {
  title: (writer, { title }) => writer.value(title),
  flags: (writer, { flags }) => writer.value(sortCodePoints([...flags])),
  running_job_name: (writer, { runningJobName }) => writer.value(runningJobName),
  app_blob: (writer, { appBlob }) => (appBlob === null ? writer.value(null) : writer.base64(appBlob)),
  app_id: (writer, { appId }) => writer.value(appId),
  custom_joblist: (writer, { customJoblist }) => writer.value(customJoblist),
  rejected_jobs: (writer, { rejectedJobs }) => writer.value(rejectedJobs),
  last_job_start_time: (writer, { lastJobStartTime }) => writer.value(lastJobStartTime),
  remaining_todo_jobs: (writer, { remainingTodoJobs }) => writer.value(remainingTodoJobs),
};

/** @throws SessionResumeError `not-representable` */
export function writeMetadata(
  writer: DocumentWriter,
  metadata: SessionMetaData,
  fields: readonly MetadataField[],
): void {
  writer.object(fields.map((field) => [field, () => WRITERS[field](writer, metadata)]));
}
