import { describe, expect, it } from 'vitest';
import { explainResume, type ResumeExplanation } from '../../src/formats/explain.js';
import { createUnit } from '../../src/units/kinds.js';
import { dormant } from './documents.js';

describe('the reasons why a session does not resume', () => {
  const known = Array.from({ length: 100 }, (_, i) => createUnit(new Map([['id', `job-${i}`]])));
  const explain = (ids: string[], key = 'desired_job_list') =>
    explainResume(dormant({ version: 8, more: { [key]: ids } }), { units: known }) as ResumeExplanation;

  it('are 10,000 and one more', () => {
    const { reasons, state } = explain(Array.from({ length: 20_000 }, (_, i) => `x${i}`));
    expect(reasons).toHaveLength(10_001);
    expect(reasons.at(-1)).toMatchObject({ code: 'more-problems', blocking: true });
    expect(state).toBeUndefined();
  });

  it('are one for each job that nobody knows, with its own words', () => {
    const session = dormant({ version: 8, results: { x: [], y: [] } });
    const { reasons } = explainResume(session, { units: known }) as ResumeExplanation;
    expect(reasons.map(({ message, jobId }) => [message, jobId])).toEqual([
      ['Unknown jobs remaining: x', 'x'],
      ['Unknown jobs remaining: y', 'y'],
    ]);
  });

  it('suggest a known id for 50 unknown ones, wherever these are', () => {
    const ids = Array.from({ length: 100 }, (_, i) => `jab-${i}`);
    const suggested = ({ reasons }: ResumeExplanation) =>
      reasons.filter(({ nearestId }) => nearestId !== undefined).map(({ jobId }) => jobId);
    for (const key of ['desired_job_list', 'mandatory_job_list']) {
      expect(suggested(explain(ids, key))).toEqual(ids.slice(0, 50));
    }
    expect(suggested(explain([...ids, 'jab-1']))).toEqual([...ids.slice(0, 50), 'jab-1']);
  });
});
