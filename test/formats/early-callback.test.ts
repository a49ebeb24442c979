/** What an application may do before anything is restored (spec `resume.md` 8). */

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CorruptedSessionError } from '../../src/errors.js';
import { type ResumeContext, resumeSync } from '../../src/formats/resume.js';
import { SessionState } from '../../src/session/state.js';
import type { Job } from '../../src/units/job.js';
import { loadUnits } from '../../src/units/load.js';
import { METADATA } from './documents.js';

const text = ['a', 'b'].map((id) => `id: ${id}\nplugin: shell\ncommand: true\n`).join('\n');
const { units } = loadUnits([{ name: 'units.pxu', text, namespace: 'lab' }]);
const [a, b] = units as Job[];

function suspended(version: number, title: unknown = null): Uint8Array {
  const jobs = { 'lab::a': a!.checksum };
  const session = {
    desired_job_list: ['lab::a'],
    jobs,
    mandatory_job_list: [],
    metadata: { ...METADATA, title },
    results: {},
  };
  return gzipSync(JSON.stringify({ session, version }));
}

const resumed = (bytes: Uint8Array, onSession: NonNullable<ResumeContext['onSession']>) =>
  resumeSync(bytes, { units, onSession });

describe('the early callback', () => {
  it('sees the fresh session before its content is looked at', () => {
    const seen: string[][] = [];
    const read = () =>
      resumed(suspended(6, 5), (session) => {
        seen.push(session.jobList.map(({ id }) => id!));
        return undefined;
      });
    expect(read).toThrow(CorruptedSessionError);
    expect(seen).toEqual([['lab::a', 'lab::b']]);
  });

  it.each([1, 6])('may replace the session, version %i', (version) => {
    const other = new SessionState(units);
    const session = resumed(suspended(version, 'T'), () => other);
    expect(session).toBe(other);
    expect(session.metadata.title).toBe('T');
    expect(session.runList).toEqual([a]);
  });

  it('may fail', () => {
    const failure = new TypeError('mine');
    const read = () =>
      resumed(suspended(6), () => {
        throw failure;
      });
    expect(read).toThrow(failure);
  });

  it.each([
    [5, ['lab::b']],
    [6, []],
  ])('may set mandatory jobs, which version %i replaces only if it reads them', (version, mandatory) => {
    const session = resumed(suspended(version), (fresh) => {
      fresh.updateMandatoryJobList([b!]);
      return undefined;
    });
    expect(session.mandatoryJobList.map(({ id }) => id)).toEqual(mandatory);
    expect(session.desiredJobList.map(({ id }) => id)).toEqual([...mandatory, 'lab::a']);
  });
});
