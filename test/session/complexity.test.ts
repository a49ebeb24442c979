/** Work grows with the session, not with its square: steps are counted, not timed. */

import { afterEach, describe, expect, type Mock, test, vi } from 'vitest';
import { solveDependencies } from '../../src/session/dependencies.js';
import { DependencyGraph } from '../../src/session/dependency-graph.js';
import { SessionState } from '../../src/session/state.js';
import { Job } from '../../src/units/job.js';
import { Template } from '../../src/units/template.js';
import { job, result } from './fixtures.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** How often a spied function is called during some work. */
function callsDuring(work: () => void, ...spies: readonly Mock[]): number {
  for (const spy of spies) spy.mockClear();
  work();
  return spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
}

/** The exponent of growth of a count from one size to the fourfold. */
function exponent(count: (size: number) => number): number {
  return Math.log(count(2000) / count(500)) / Math.log(4);
}

function shell(id: string, fields: Readonly<Record<string, readonly string[]>> = {}): Job {
  return new Job(
    new Map<string, string | readonly string[]>([['id', id], ['plugin', 'shell'], ...Object.entries(fields)]),
  );
}

function ids(prefix: string, size: number): string[] {
  return Array.from({ length: size }, (_, i) => `${prefix}${i}`);
}

describe('solving dependencies', () => {
  /** How often the walks look at what a job needs. */
  function steps(jobs: readonly Job[]): number {
    const pulls = vi.spyOn(DependencyGraph.prototype, 'pulls');
    const targets = vi.spyOn(DependencyGraph.prototype, 'targets');
    return callsDuring(() => solveDependencies(jobs, jobs, (one) => one.beforeIds), pulls, targets);
  }

  const chain = (size: number, last: string) =>
    ids('c', size).map((id, i) => shell(id, { depends: [i === size - 1 ? last : `c${i + 1}`] }));

  test('a chain, whole or broken at its end', () => {
    expect(exponent((size) => steps([...chain(size, 'end'), shell('end')]))).toBeLessThan(1.1);
    expect(exponent((size) => steps(chain(size, 'missing')))).toBeLessThan(1.1);
    expect(exponent((size) => steps(chain(size, 'c0')))).toBeLessThan(1.1);
  });

  test('many broken jobs that need the same sound ones', () => {
    const count = (size: number) => {
      const broken = ids('b', size).map((id) => shell(id, { depends: ['c0', 'missing'] }));
      return steps([...broken, ...chain(size, 'end'), shell('end')]);
    };
    expect(exponent(count)).toBeLessThan(1.1);
  });

  test('many jobs that need the same broken ones', () => {
    const count = (size: number) => {
      const needy = ids('n', size).map((id) => shell(id, { depends: ['c0'] }));
      return steps([...needy, ...chain(size, 'missing')]);
    };
    expect(exponent(count)).toBeLessThan(1.1);
  });

  test('many loops', () => {
    const count = (size: number) =>
      steps(ids('l', size).map((id, i) => shell(id, { after: [`l${i % 2 === 0 ? i + 1 : i - 1}`] })));
    expect(exponent(count)).toBeLessThan(1.1);
  });
});

describe('replaying results', () => {
  test('readiness is computed once, signals fire for each result', () => {
    const count = (size: number) => {
      const session = new SessionState(
        ids('j', size).map((id, i) => shell(id, { depends: i === 0 ? [] : ['j0'] })),
      );
      session.updateDesiredJobList(session.jobList);
      let signals = 0;
      session.jobResultChanged.connect(() => signals++);
      const calls = callsDuring(
        () => {
          for (const one of session.jobList) {
            session.updateJobResult(one, result('pass'), { recompute: false });
          }
          session.updateReadiness();
        },
        vi.spyOn(Job.prototype, 'dependsIds', 'get'),
      );
      expect(signals).toBe(size);
      expect([...session.jobStateMap.values()].every((state) => state.canStart)).toBe(true);
      return calls;
    };
    expect(exponent(count)).toBeLessThan(1.1);
  });

  test('templates are found by their resource, not by looking at each', () => {
    const count = (size: number) => {
      const units = ids('r', size).flatMap((id) => [
        new Job(
          new Map([
            ['id', id],
            ['plugin', 'resource'],
            ['command', 'true'],
          ]),
        ),
        new Template(
          new Map([
            ['unit', 'template'],
            ['template-resource', id],
            ['id', `${id}-{n}`],
            ['plugin', 'shell'],
            ['command', 'true'],
          ]),
        ),
      ]);
      const session = new SessionState(units);
      const calls = callsDuring(
        () => {
          for (const id of ids('r', size)) {
            session.updateJobResult(job(session, id), result('pass', 'n: 1\n'), { recompute: false });
          }
        },
        vi.spyOn(Template.prototype, 'resourceId', 'get'),
      );
      expect(session.jobList.length).toBe(2 * size);
      return calls;
    };
    expect(exponent(count)).toBeLessThan(1.1);
  });
});
