import { describe, expect, test } from 'vitest';
import { skipOutcome } from '../../src/session/skip-outcome.js';
import { desire, job, present, result, sessionOf } from './fixtures.js';

/** What is said of job `x` after the outcomes were presented. */
function skip(jobs: string[], outcomes: Record<string, string>) {
  const session = sessionOf(...jobs);
  desire(session, 'x');
  present(session, outcomes);
  const { outcome, reason, explanation } = skipOutcome(session.jobStateMap.get('x')!, session.jobStateMap);
  return { outcome, reason: reason === null ? null : Object.fromEntries(reason), explanation };
}

describe('a job that cannot start', () => {
  test('pending work is no reason to skip', () => {
    expect(skip(["x: depends a; requires r.k == '1'", 'a', 'r: plugin resource'], {})).toEqual({
      outcome: null,
      reason: null,
      explanation: '',
    });
  });

  test('failed dependencies', () => {
    expect(skip(['x: depends a b', 'a', 'b'], { a: 'fail', b: 'crash' })).toEqual({
      outcome: 'skipped-dependency',
      reason: { related_dependencies: ['a', 'b'], related_resources: [], related_manifests: [] },
      explanation: 'Job cannot be started because of failed dependency:\n- a\n- b',
    });
  });

  test('a skipped dependency is handed on', () => {
    expect(skip(['x: depends a', 'a'], { a: 'skip' })).toEqual({
      outcome: 'skip',
      reason: null,
      explanation: '',
    });
    expect(skip(['x: depends a b', 'a', 'b'], { a: 'skip', b: 'fail' })).toMatchObject({
      outcome: 'skip',
      reason: { related_dependencies: ['b'] },
    });
  });

  test('resources that do not fit, each expression once', () => {
    const jobs = ["x: requires (r.k == '1' and s.k == '1')", 'r: plugin resource', 's: plugin resource'];
    expect(skip(jobs, { r: 'pass', s: 'pass' })).toEqual({
      outcome: 'skipped-resource',
      reason: {
        related_dependencies: [],
        related_resources: ["(r.k == '1' and s.k == '1')"],
        related_manifests: [],
      },
      explanation: "Job cannot be started because of unmet resource:\n- (r.k == '1' and s.k == '1')",
    });
    const [x, ...resources] = jobs;
    expect(skip([`${x}; flags fail-on-resource`, ...resources], { r: 'pass', s: 'pass' }).outcome).toBe(
      'fail',
    );
  });

  test('an expression about the manifest names its entries, and goes first', () => {
    const session = sessionOf(
      "x: requires manifest.fan == 'True'; depends a",
      'manifest: plugin resource',
      'a',
    );
    desire(session, 'x');
    session.updateJobResult(job(session, 'manifest'), result('pass', 'fan: False\n'));
    present(session, { a: 'fail' });
    const { outcome, explanation } = skipOutcome(session.jobStateMap.get('x')!, session.jobStateMap);
    expect(outcome).toBe('skipped-manifest');
    expect(explanation).toBe('Job cannot be started because of unmet manifest:\n- fan');
  });
});
