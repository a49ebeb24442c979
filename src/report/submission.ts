/**
 * The report `json`: the shape of Checkbox's `submission.json`, with two members of our own, `session` and
 * `problems`. Its schema is `docs/schemas/submission.schema.json`.
 */

import type { Problem } from '../formats/dormant-session.js';
import { sortCodePoints } from '../python/text.js';
import { flatTextPieces, textAttachmentPieces } from '../results/text.js';
import { collectorsOf } from './collectors.js';
import { jsonNumber, jsonStringPieces, jsonText, plainJson, storedJsonPieces } from './json-pieces.js';
import type { ReportJob, SessionReport } from './model.js';

/** The lists of results, and which kinds of jobs each one has. */
const LISTS = [
  { member: 'results', type: 'test', plugin: undefined },
  { member: 'resource-results', type: 'resource', plugin: 'resource' },
  { member: 'attachment-results', type: 'attachment', plugin: 'attachment' },
] as const;

type ResultType = (typeof LISTS)[number]['type'];

/** Writes the report piece by piece; logs are whole, however long they are. */
export async function* writeSubmission(report: SessionReport): AsyncGenerator<string, void, void> {
  const { session, title, description, testPlanId } = report;
  yield `{\n"title":${plainJson(title ?? '')}`;
  if (description !== undefined) yield `,\n"description":${plainJson(description)}`;
  yield `,\n"testplan_id":${plainJson(testPlanId ?? null)}`;
  yield `,\n"custom_joblist":${session.metadata.customJoblist}`;
  for (const { member, type } of LISTS) {
    yield `,\n"${member}":[`;
    let separator = '\n';
    for (const job of report.finished) {
      if (typeOf(job) !== type) continue;
      yield separator;
      yield* writeResult(report, job);
      separator = ',\n';
    }
    yield '\n]';
  }
  yield `,\n"rejected-jobs":[${report.rejected.map((job) => `\n${rejectedJob(job)}`).join(',')}\n]`;
  yield `,\n"category_map":${jsonText(categoryMap(report))}`;
  yield ',\n"system_information":';
  yield* systemInformationPieces(report);
  yield `,\n"session":${sessionFacts(report)}`;
  // At last: reading the logs may have found more of them.
  yield `,\n"problems":[${report.problems.map((problem) => `\n${problemJson(problem)}`).join(',')}\n]\n}\n`;
}

/** One entry of the lists of results. */
async function* writeResult(report: SessionReport, job: ReportJob): AsyncGenerator<string, void, void> {
  const type = typeOf(job);
  yield `{${identity(job)}`;
  yield `,"status":${plainJson(job.info.reportValue)},"outcome":${plainJson(job.outcome)}`;
  yield `,"comments":${plainJson(job.result?.comments ?? null)},"io_log":`;
  const log = await report.openLog(job);
  yield* jsonStringPieces(type === 'attachment' ? textAttachmentPieces(log) : flatTextPieces(log));
  yield `,"type":"${type}","project":"certification"`;
  yield `,"duration":${jsonNumber(job.result?.executionDuration ?? null)}`;
  yield `,"plugin":${plainJson(job.plugin)},"template_id":${plainJson(job.templateId)}}`;
}

/** A problem as one JSON object. */
export function problemJson({ code, message, path, offset, jobId }: Problem): string {
  return plainJson({
    code,
    message,
    path: path ?? null,
    offset: offset ?? null,
    job_id: jobId ?? null,
  });
}

function typeOf({ plugin }: ReportJob): ResultType {
  return LISTS.find((list) => list.plugin !== undefined && list.plugin === plugin)?.type ?? 'test';
}

function identity(job: ReportJob): string {
  return [
    `"id":${plainJson(job.partialId)}`,
    `"full_id":${plainJson(job.id)}`,
    `"name":${plainJson(job.name)}`,
    `"certification_status":${plainJson(job.certificationStatus)}`,
    `"category":${plainJson(job.category)}`,
    `"category_id":${plainJson(job.categoryId)}`,
  ].join(',');
}

function rejectedJob(job: ReportJob): string {
  return `{${identity(job)},"plugin":${plainJson(job.plugin)}}`;
}

function categoryMap({ finished }: SessionReport): ReadonlyMap<string, string> {
  return new Map(finished.map(({ categoryId, category }) => [categoryId, category]));
}

/** What our own member `session` says, as one JSON object. */
export function sessionFacts({ session, title, testPlanId, savedAt, left }: SessionReport): string {
  const { metadata, version } = session;
  return plainJson({
    title,
    testplan_id: testPlanId ?? null,
    format_version: version,
    app_id: metadata.appId,
    flags: sortCodePoints([...metadata.flags]),
    saved_at: savedAt ?? null,
    running_job: metadata.runningJobName,
    jobs_left: left.map(({ id }) => id),
  });
}

function* systemInformationPieces({ session }: SessionReport): Generator<string, void, void> {
  let separator = '\n';
  yield '{';
  for (const { name, success, toolVersion, outputs } of collectorsOf(session)) {
    yield `${separator}${plainJson(name)}:{"tool_version":`;
    yield* storedJsonPieces(toolVersion);
    yield `,"success":${success},"outputs":`;
    yield* storedJsonPieces(outputs);
    yield '}';
    separator = ',\n';
  }
  yield '\n}';
}
