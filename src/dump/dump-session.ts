/** The dump of a resume (schema 1). */

import { SessionResumeError } from '../errors.js';
import { type MaybePromise, runSteps, type Steps, settled } from '../files/maybe-promise.js';
import type { SessionFiles } from '../files/session-files.js';
import { encodeBase64 } from '../python/base64.js';
import type { PyDict, PyValue } from '../python/value.js';
import type { IOLogRecord } from '../results/io-log.js';
import type { JobResult } from '../results/job-result.js';
import type { JobReadinessInhibitor } from '../session/inhibitors.js';
import type { JobState } from '../session/job-state.js';
import type { SessionState } from '../session/state.js';
import type { CollectorOutput } from '../session/system-information.js';
import { InvalidJob } from '../units/invalid-job.js';
import type { Job } from '../units/job.js';
import type { Unit } from '../units/unit.js';
import { dumpMetadata, referenceName } from './dump-metadata.js';
import { record } from './dump-value.js';
import type { ResumeRecorder } from './recorder.js';

/**
 * The dump of a resumed session; logs on disk are read.
 *
 * @param recorder an observer of the same resume
 */
export function dumpResume(
  session: SessionState,
  recorder: ResumeRecorder,
  files: SessionFiles,
): MaybePromise<PyDict> {
  return runSteps(dumpSteps(session, recorder, files));
}

function* dumpSteps(session: SessionState, recorder: ResumeRecorder, files: SessionFiles): Steps<PyDict> {
  const states: PyValue[] = [];
  for (const state of session.jobStateMap.values()) states.push(yield* dumpJobState(state, files));
  const dump: Record<string, PyValue> = {
    schema: 1n,
    operation: 'resume',
    status: 'ok',
    session: record({
      metadata: dumpMetadata(session.metadata),
      job_list: session.jobList.map(idOf),
      desired_job_list: session.desiredJobList.map(idOf),
      mandatory_job_list: session.mandatoryJobList.map(idOf),
      run_list: session.runList.map(idOf),
      job_states: states,
      resource_map: new Map(session.resourceMap),
      system_information: dumpSystemInformation(session),
      added_units: recorder.addedUnits.map(dumpUnit),
    }),
  };
  if (recorder.events !== undefined) dump.events = recorder.events;
  dump.log = session.log.map(({ level, logger, message }) => [level, logger, message]);
  return record(dump);
}

function* dumpJobState(state: JobState, files: SessionFiles): Steps<PyDict> {
  const { job, result, resultHistory } = state;
  const history: PyValue[] = [];
  for (const entry of resultHistory) history.push(yield* dumpResult(entry, files));
  const isLast = result === resultHistory.at(-1);
  const dump: Record<string, PyValue> = {
    id: job.id,
    checksum: job.checksum,
    job_class: job.jobClass,
    plugin: job.plugin,
    effective_category_id: state.effectiveCategoryId,
    effective_certification_status: state.effectiveCertificationStatus,
    effective_auto_retry: state.effectiveAutoRetry,
    attempts: BigInt(state.attempts),
    template_id: job.templateId,
    parameters: job.parameters,
    can_start: state.canStart,
    readiness_inhibitors: state.readinessInhibitors.map(dumpInhibitor),
    result: isLast ? record({ $ref: 'result_history[-1]' }) : yield* dumpResult(result, files),
    result_history: history,
  };
  if (job instanceof InvalidJob) dump.error_lines = job.errorLines;
  return record(dump);
}

function dumpInhibitor(inhibitor: JobReadinessInhibitor): PyDict {
  return record({
    cause: inhibitor.cause,
    related_job: inhibitor.relatedJob?.id ?? null,
    related_expression: inhibitor.relatedExpression?.text ?? null,
    related_manifests: inhibitor.relatedManifests,
    text: inhibitor.text,
  });
}

function* dumpResult(result: JobResult, files: SessionFiles): Steps<PyDict> {
  const { comments, rawComments, returnCode } = result;
  const dump: Record<string, PyValue> = {
    type: result.type,
    outcome: result.outcome,
    comments,
    return_code: typeof returnCode === 'number' ? BigInt(returnCode) : returnCode,
    execution_duration: result.executionDuration,
    is_hollow: result.isHollow,
  };
  if (rawComments !== comments) dump.comments_raw = rawComments;
  if (result.type === 'DiskJobResult') dump.io_log_filename = result.ioLogFilename;
  try {
    dump.io_log = Array.from(yield* settled(result.readLog(files)), dumpRecord);
  } catch (error) {
    if (!(error instanceof SessionResumeError)) throw error;
    dump.io_log_error = record({ class: referenceName(error), message: error.message, code: error.code });
  }
  return record(dump);
}

/** `[delay, stream, base64]` */
export function dumpRecord({ delay, stream, data, stored }: IOLogRecord): readonly PyValue[] {
  return [
    stored === undefined ? delay : stored.delay,
    stored === undefined ? stream : stored.stream,
    encodeBase64(data),
  ];
}

function dumpSystemInformation({ systemInformation }: SessionState): PyValue {
  if (systemInformation === null) return null;
  return new Map([...systemInformation].map(([name, output]) => [name, dumpCollector(output)]));
}

function dumpCollector({ toolVersion, success, outputs }: CollectorOutput): PyDict {
  return record({ tool_version: toolVersion, success, outputs });
}

function dumpUnit(unit: Unit): PyDict {
  return record({
    kind: unit.kind,
    id: unit.id,
    checksum: unit.checksum,
    data: unit.data,
    parameters: unit.parameters,
  });
}

function idOf(job: Job): string | null {
  return job.id;
}
