/** The reference's names do what the functions do, and the per-version helpers do not look at the number. */

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import * as plainbox from '../src/plainbox.js';
import type { Job } from '../src/units/job.js';
import { loadUnits } from '../src/units/load.js';

const text = 'id: a\nplugin: shell\ncommand: x\n\nid: b\nplugin: shell\ncommand: y\n';
const { units } = loadUnits([{ name: 'units.pxu', text, namespace: null }]);
const [a, b] = units as [Job, Job];

function session(version: number, metadata: object = {}): Uint8Array {
  const fields = {
    title: 't',
    flags: ['incomplete'],
    running_job_name: null,
    app_blob: '',
    app_id: 'app',
    custom_joblist: false,
    rejected_jobs: [],
    last_job_start_time: null,
    remaining_todo_jobs: true,
    ...metadata,
  };
  const document = {
    session: {
      jobs: { a: a.checksum },
      results: {},
      desired_job_list: [],
      mandatory_job_list: [],
      metadata: fields,
      system_information: {},
    },
    version,
  };
  return gzipSync(JSON.stringify(document));
}

describe('the reference names', () => {
  const versions = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;

  it.each(versions)('has helpers of version %i', (version) => {
    const json = new plainbox.EnvelopeUnpackMixIn().unpackEnvelope(session(99));
    const peek = new plainbox[`SessionPeekHelper${version}`]().peekJson(json);
    expect(peek.title).toBe('t');
    expect(peek.appId).toBe(version >= 3 ? 'app' : null);
    expect(peek.remainingTodoJobs).toBe(version >= 11);

    const helper = new plainbox[`SessionResumeHelper${version}`](units, null, null);
    const state = helper.resumeJson(json);
    expect(state.jobList.map(({ id }) => id)).toStrictEqual(['a']);
    expect(state.metadata.flags).toStrictEqual(new Set(['incomplete']));
  });

  it('dispatches by version', () => {
    expect(new plainbox.SessionPeekHelper().peek(session(1)).appId).toBeNull();
    expect(new plainbox.SessionPeekHelper().peek(session(3)).appId).toBe('app');
    expect(() => new plainbox.SessionPeekHelper().peek(session(12))).toThrow(
      plainbox.IncompatibleSessionError,
    );
    expect(() => new plainbox.SessionPeekHelper().peek(session(12))).toThrow('Unsupported version 12');
    const state = new plainbox.SessionResumeHelper(units).resume(session(11));
    expect(state.metadata.remainingTodoJobs).toBe(true);
  });

  it('lets the early callback see and replace the session', () => {
    const helper = new plainbox.SessionResumeHelper(units);
    const seen: unknown[] = [];
    const state = helper.resume(session(11), (fresh) => {
      seen.push(fresh.jobList.length);
      return undefined;
    });
    expect(seen).toStrictEqual([2]);
    expect(helper.resume(session(11), () => state)).toBe(state);
    const failure = new Error('of the application');
    expect(() =>
      helper.resume(session(11), () => {
        throw failure;
      }),
    ).toThrow(failure);
  });

  it('restores the metadata of a version', () => {
    const json = new plainbox.EnvelopeUnpackMixIn().unpackEnvelope(session(6, { custom_joblist: true }));
    const metadata = new plainbox.SessionPeekHelper1().peekJson(json);
    expect(metadata.customJoblist).toBe(false);
    new plainbox.MetaDataHelper6MixIn().restoreSessionStateMetadata(metadata, json.get('session')!);
    expect(metadata.customJoblist).toBe(true);
  });

  it.each(versions)('suspends as version %i', (version) => {
    const state = new plainbox.SessionResumeHelper(units).resume(session(11));
    const helper = new plainbox[`SessionSuspendHelper${version}`]();
    const json = new plainbox.EnvelopeUnpackMixIn().unpackEnvelope(helper.suspend(state));
    expect(json.get('version')!.toJS()).toBe(version);
    expect(json.toPython()).toStrictEqual(helper.jsonRepr(state));
    const latest = new plainbox.SessionSuspendHelper().suspend(state);
    expect(new plainbox.SessionPeekHelper().peek(latest).title).toBe('t');
  });

  it('names the flags', () => {
    const { SessionResumeHelper1, SessionResumeHelper11 } = plainbox;
    expect(SessionResumeHelper11.FLAG_FILE_REFERENCE_CHECKS_S).toBe('file-reference-checks');
    expect(SessionResumeHelper1.FLAG_FILE_REFERENCE_CHECKS_F).toBe(1);
    expect(SessionResumeHelper1.FLAG_REWRITE_LOG_PATHNAMES_F).toBe(2);
    expect(SessionResumeHelper1.FLAG_IGNORE_JOB_CHECKSUMS_F).toBe(4);
  });

  it('qualifies the jobs that a resume discards', () => {
    const qualifier = new plainbox.ResumeDiscardQualifier(['a']);
    expect(qualifier.designates(a)).toBe(false);
    expect(qualifier.designates(b)).toBe(true);
    expect(qualifier.getVote(a)).toBe(plainbox.ResumeDiscardQualifier.VOTE_IGNORE);
    expect(qualifier.getVote(b)).toBe(plainbox.ResumeDiscardQualifier.VOTE_INCLUDE);
    expect(qualifier.getSimpleMatch(b)).toBe(true);
    expect(qualifier.getPrimitiveQualifiers()).toStrictEqual([qualifier]);
    expect([qualifier.inclusive, qualifier.isPrimitive, qualifier.origin]).toStrictEqual([true, true, null]);
  });
});
