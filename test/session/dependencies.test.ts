import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PyValue } from '../../src/python/value.js';
import { solveDependencies } from '../../src/session/dependencies.js';
import { Job } from '../../src/units/job.js';
import { desire, idsOf, sessionOf } from './fixtures.js';
import { solveByRestarting } from './restarting-solver.js';

describe('dependency solver', () => {
  test('puts dependencies first', () => {
    const session = sessionOf('a: depends b', 'b: depends c', 'c');
    expect(desire(session, 'a')).toEqual([]);
    expect(idsOf(session.runList)).toBe('c b a');
    expect(idsOf(session.desiredJobList)).toBe('a');
  });

  test('a missing dependency drops what needs it, and nothing else', () => {
    const session = sessionOf('a: depends b', 'b: depends zz', 'c');
    expect(desire(session, 'c a b')).toEqual([
      "b: missing dependency: 'zz' (depends)",
      "a: missing dependency: 'b' (depends)",
    ]);
    expect(idsOf(session.runList)).toBe('c');
    expect(idsOf(session.desiredJobList)).toBe('c');
  });

  test('a loop of "after" drops both jobs', () => {
    const session = sessionOf('a: after b', 'b: after a');
    expect(desire(session, 'a b')).toEqual([
      'a: dependency cycle detected: a -> b -> a',
      "b: missing dependency: 'a' (after)",
    ]);
    expect(idsOf(session.runList)).toBe('');
  });

  test('a loop of "before" drops the first job only', () => {
    const session = sessionOf('a: before b', 'b: before a');
    expect(desire(session, 'a b')).toEqual(['a: dependency cycle detected: a -> b -> a']);
    expect(idsOf(session.runList)).toBe('b');
  });

  test('a job that needs itself is a loop', () => {
    expect(desire(sessionOf('a: depends a'), 'a')).toEqual(['a: dependency cycle detected: a -> a']);
    expect(desire(sessionOf('a: before a'), 'a')).toEqual(['a: dependency cycle detected: a -> a']);
    expect(desire(sessionOf('a: group g; before a'), 'a')).toEqual(['a: dependency cycle detected: a -> a']);
  });

  test('the affected job of a loop is also the affecting one', () => {
    const session = sessionOf('a: after b', 'b: after a', 'c: depends zz');
    const problems = session.updateDesiredJobList(session.jobList);
    expect(problems.map(({ kind, affectingJob }) => [kind, affectingJob?.id])).toEqual([
      ['cycle', 'a'],
      ['missing', undefined],
      ['missing', undefined],
    ]);
  });

  test('"before" orders, but pulls nothing', () => {
    const session = sessionOf('a', 'b: before a zz', 'c: before a');
    expect(desire(session, 'a b')).toEqual([]);
    expect(idsOf(session.runList)).toBe('b a');
  });

  test('a desired job may stand there twice; when it is broken the second entry is unknown', () => {
    const session = sessionOf('a', 'b: depends zz');
    expect(desire(session, 'a a b b')).toEqual([
      "b: missing dependency: 'zz' (depends)",
      "b: unknown job referenced: 'b'",
    ]);
    expect(idsOf(session.desiredJobList)).toBe('a a');
    expect(idsOf(session.runList)).toBe('a');
  });

  test('a job of another session is unknown', () => {
    const session = sessionOf('a');
    const foreign = sessionOf('x').jobList;
    expect(session.updateDesiredJobList(foreign).map((problem) => problem.text)).toEqual([
      "unknown job referenced: 'x'",
    ]);
  });

  test('dependencies are visited by type, then in the order of the field', () => {
    const session = sessionOf(
      'x: depends d c; after b a; requires r.k == 1',
      'a',
      'b',
      'c',
      'd',
      'r',
      'e: before x',
    );
    expect(desire(session, 'x e')).toEqual([]);
    expect(idsOf(session.runList)).toBe('r d c b a e x');
  });

  test('a program that does not compile has no resources', () => {
    const session = sessionOf('a: requires not r.k', 'r');
    expect(() => desire(session, 'a')).toThrow('this kind of python code is not allowed');
    const solution = solveDependencies(session.jobList, session.jobList.slice(0, 1), () => []);
    expect(idsOf(solution.runList)).toBe('a');
  });

  test('the jobs of a group stay together', () => {
    const session = sessionOf('x1: group g', 'y', 'x2: group g', 'z');
    expect(desire(session, 'x1 y x2 z')).toEqual([]);
    expect(idsOf(session.runList)).toBe('x1 x2 y z');
  });

  test('a group comes after all that its jobs need', () => {
    const session = sessionOf('y', 'x1: group g; depends x2', 'x2: group g; depends z', 'z');
    expect(desire(session, 'y x1 x2 z')).toEqual([]);
    expect(idsOf(session.runList)).toBe('y z x2 x1');
  });

  test('a loop through a group drops its first job', () => {
    const session = sessionOf('x1: group g', 'y: depends x1', 'x2: group g; depends y', 'z');
    expect(desire(session, 'x1 y x2 z')).toEqual([
      'x1: dependency cycle detected: _group_job_g -> y -> _group_job_g',
      "y: missing dependency: 'x1' (depends)",
      "x2: missing dependency: 'y' (depends)",
    ]);
    expect(idsOf(session.runList)).toBe('z');
  });

  test('chains of 20,000 jobs, whole and broken', () => {
    const chain = (last: string) =>
      Array.from({ length: 20_000 }, (_, i) => `${i}: depends ${i === 19_999 ? last : i + 1}`);
    const whole = sessionOf(...chain('end'), 'end');
    expect(whole.updateDesiredJobList(whole.jobList)).toEqual([]);
    expect(whole.runList[0]!.id).toBe('end');
    expect(whole.runList.length).toBe(20_001);
    const broken = sessionOf(...chain('missing'));
    expect(broken.updateDesiredJobList(broken.jobList).length).toBe(20_000);
    expect(broken.runList).toEqual([]);
  });
});

describe('any graph of jobs', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const references = fc.subarray([...ids, 'missing'], { maxLength: 3 });
  const definition = fc.record({
    depends: references,
    after: references,
    before: references,
    group: fc.constantFrom(null, null, 'g1', 'g2'),
  });
  const graph = fc.array(definition, { minLength: 1, maxLength: ids.length });
  const desired = fc.array(fc.nat(ids.length - 1), { maxLength: 12 });

  function jobsOf(definitions: readonly Readonly<Record<string, string[] | string | null>>[]): Job[] {
    return definitions.map(
      (fields, i) => new Job(new Map<string, PyValue>([['id', ids[i]!], ...Object.entries(fields)])),
    );
  }

  test('the outcome is that of solving again whenever a job drops out', () => {
    fc.assert(
      fc.property(graph, desired, (definitions, picks) => {
        const jobs = jobsOf(definitions);
        const wanted = picks.flatMap((pick) => jobs[pick] ?? []);
        const beforeIds = (job: Job) => job.beforeIds;
        const { desired, runList, problems } = solveDependencies(jobs, wanted, beforeIds);
        expect({
          desired: idsOf(desired),
          runList: idsOf(runList),
          problems: problems.map((problem) => `${problem.affectedJob.id} ${problem.text}`),
        }).toEqual(solveByRestarting(jobs, wanted));
      }),
      { numRuns: 2000 },
    );
  });

  test('the run list has each job once, behind all that it needs', () => {
    fc.assert(
      fc.property(graph, desired, (definitions, picks) => {
        const jobs = jobsOf(definitions);
        const wanted = picks.flatMap((pick) => jobs[pick] ?? []);
        const { desired, runList } = solveDependencies(jobs, wanted, (job) => job.beforeIds);
        const place = new Map(runList.map((job, index) => [job.id, index]));
        expect(place.size).toBe(runList.length);
        for (const job of desired) expect(place.has(job.id)).toBe(true);
        for (const job of runList) {
          const own = place.get(job.id)!;
          for (const id of [...job.dependsIds, ...job.afterIds]) expect(place.get(id)).toBeLessThan(own);
          for (const id of job.beforeIds) expect(place.get(id) ?? Infinity).toBeGreaterThan(own);
        }
        const groups = runList.map((job) => job.group ?? `job ${job.id}`);
        const blocks = groups.filter((group, index) => group !== groups[index - 1]);
        expect(new Set(blocks).size).toBe(blocks.length);
      }),
      { numRuns: 2000 },
    );
  });
});
