import { describe, expect, test } from 'vitest';
import type { PyValue } from '../../src/python/value.js';
import { JobReadinessInhibitor, UNDESIRED } from '../../src/session/inhibitors.js';
import { Manifest } from '../../src/session/manifest.js';
import { SessionState } from '../../src/session/state.js';
import { createUnit } from '../../src/units/kinds.js';
import { desire, inhibitors, job, present, result, sessionOf } from './fixtures.js';

const NOT_RUN = (id: string) => `required dependency '${id}' did not run yet`;
const FAILED = (id: string) => `required dependency '${id}' has failed`;
const NOT_EVALUATED = (text: string) =>
  `resource expression ${text} could not be evaluated because the resource it depends on did not run yet`;

describe('readiness', () => {
  test('jobs that are not on the run list are undesired', () => {
    const session = sessionOf('a', 'b');
    desire(session, 'a');
    expect(inhibitors(session, 'a')).toEqual([]);
    expect(session.jobStateMap.get('b')!.readinessInhibitors).toEqual([UNDESIRED]);
    expect(session.jobStateMap.get('b')!.readinessInhibitors[0]).toBe(UNDESIRED);
    expect(session.jobStateMap.get('a')!.readinessDescription).toBe('job can be started');
  });

  test('"depends" needs a pass, "after" any outcome, each sorted by id', () => {
    const session = sessionOf('x: depends d c; after b a c', 'a', 'b', 'c', 'd');
    desire(session, 'x');
    expect(inhibitors(session, 'x')).toEqual(['c', 'd', 'a', 'b', 'c'].map(NOT_RUN));
    present(session, { a: 'fail', b: 'pass', c: 'skip', d: 'crash' });
    expect(inhibitors(session, 'x')).toEqual(['c', 'd'].map(FAILED));
    present(session, { c: 'pass', d: 'pass' });
    expect(inhibitors(session, 'x')).toEqual([]);
  });

  test('"salvages" needs a failure', () => {
    const session = sessionOf('x: salvages b a', 'a', 'b');
    desire(session, 'x');
    const notFailed = (id: string) => `required dependency '${id}' did not fail`;
    expect(inhibitors(session, 'x')).toEqual(['a', 'b'].map(notFailed));
    present(session, { a: 'fail', b: 'pass' });
    expect(inhibitors(session, 'x')).toEqual([notFailed('b')]);
  });

  test('"salvages" of an unknown job names it', () => {
    const session = sessionOf('x: salvages nobody');
    try {
      desire(session, 'x');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'unknown-job', jobId: 'nobody', unitId: 'x' });
    }
  });

  test('a resource that did not run, for the first expression that needs it', () => {
    const session = sessionOf(
      "x: requires r.k == '1'\ns.k == q.k\nq.k == '2'",
      'r: plugin resource',
      's: plugin resource',
      'q: plugin resource',
    );
    desire(session, 'x');
    expect(inhibitors(session, 'x')).toEqual([NOT_EVALUATED(`"r.k == '1'"`)]);
    // All expressions are looked at for missing resources before any is evaluated.
    session.updateJobResult(job(session, 'r'), result('pass', 'k: 0\n'));
    expect(inhibitors(session, 'x')).toEqual([NOT_EVALUATED(`'s.k == q.k'`), NOT_EVALUATED(`'s.k == q.k'`)]);
    session.updateJobResult(job(session, 's'), result('pass', 'k: 0\n'));
    const [pending, ...others] = session.jobStateMap.get('x')!.readinessInhibitors;
    expect([pending!.cause, pending!.relatedJob!.id, others.length]).toEqual(['PENDING_RESOURCE', 'q', 0]);
  });

  test('an expression that is false, once for each resource', () => {
    const session = sessionOf(
      "x: requires (r.k == '1' and s.k == '1')",
      'r: plugin resource',
      's: plugin resource',
    );
    desire(session, 'x');
    session.updateJobResult(job(session, 'r'), result('pass', 'k: 1\n'));
    session.updateJobResult(job(session, 's'), result('fail', 'k: 0\n'));
    const state = session.jobStateMap.get('x')!;
    expect(state.readinessInhibitors.map(({ cause, relatedJob }) => [cause, relatedJob!.id])).toEqual([
      ['FAILED_RESOURCE', 'r'],
      ['FAILED_RESOURCE', 's'],
    ]);
    expect(inhibitors(session, 'x')[0]).toBe(
      `resource expression "(r.k == '1' and s.k == '1')" evaluates to false`,
    );
    session.updateJobResult(job(session, 's'), result('fail', 'k: 1\n'));
    expect(state.canStart).toBe(true);
  });

  test('a passed resource job without resources does not inhibit', () => {
    const session = sessionOf("x: requires r.k == '1'", 'r');
    desire(session, 'x');
    present(session, { r: 'pass' });
    expect(inhibitors(session, 'x')).toEqual([]);
  });

  test('resources come before dependencies', () => {
    const session = sessionOf("x: requires r.k == '1'; depends d", 'r: plugin resource', 'd');
    desire(session, 'x');
    expect(inhibitors(session, 'x')).toEqual([NOT_EVALUATED(`"r.k == '1'"`), NOT_RUN('d')]);
  });

  test('no attempts left', () => {
    const session = sessionOf('a');
    desire(session, 'a');
    const state = session.jobStateMap.get('a')!;
    expect(state.canStart).toBe(true);
    state.attempts = 0;
    expect(state.canStart).toBe(false);
  });
});

describe('manifest requirements of setup jobs', () => {
  function setup(requires: PyValue, answers: [string, PyValue][]): string[] {
    const data = new Map<string, PyValue>([
      ['unit', 'setup job'],
      ['id', 'x'],
      ['requires_manifest', requires],
    ]);
    const unit = createUnit(data, { namespace: 'ns' });
    const session = new SessionState([unit], new Manifest(new Map(answers)));
    desire(session, 'ns::x');
    return inhibitors(session, 'ns::x');
  }

  test('one unmet entry, several', () => {
    expect(setup(['a'], [])).toEqual(["manifest: 'ns::a' unmet"]);
    expect(setup(['a', 'o::b'], [])).toEqual(["manifests: ['ns::a', 'o::b'] unmet"]);
  });

  test("values are compared as Python's", () => {
    expect(setup(['a'], [['ns::a', 1n]])).toEqual([]);
    expect(setup([new Map([['a', 5n]])], [['ns::a', 5]])).toEqual([]);
    expect(setup([new Map([['a', 5n]])], [['ns::a', '5']])).not.toEqual([]);
    expect(setup([new Map([['a', false]])], [])).toEqual([]);
    expect(setup([new Map([['a', false]])], [['ns::a', null]])).not.toEqual([]);
  });

  test('answers given later count at once', () => {
    const data = new Map<string, PyValue>([
      ['unit', 'setup job'],
      ['id', 'x'],
      ['requires_manifest', ['a']],
    ]);
    const session = new SessionState([createUnit(data)]);
    desire(session, 'x');
    expect(inhibitors(session, 'x')).toEqual(["manifest: 'a' unmet"]);
    session.saveManifest(new Map([['a', true]]));
    expect(inhibitors(session, 'x')).toEqual([]);
  });
});

describe('inhibitors', () => {
  const [relatedJob] = sessionOf('a').jobList;

  test('need what their cause is about', () => {
    const make = (cause: string, subject = {}) => new JobReadinessInhibitor(cause as 'UNDESIRED', subject);
    expect(() => make('BOGUS')).toThrow(new RangeError('unsupported value for cause'));
    expect(() => make('toString')).toThrow('unsupported value for cause');
    expect(() => make('PENDING_DEP')).toThrow('related_job must not be None when cause is PENDING_DEP');
    expect(() => make('FAILED_RESOURCE', { relatedJob })).toThrow(
      'related_expression must not be None when cause is FAILED_RESOURCE',
    );
    expect(() => make('REQUIRED_MANIFEST', { relatedJob })).toThrow(RangeError);
  });

  test('are compared by their fields', () => {
    const [again] = sessionOf('a').jobList;
    const inhibitor = new JobReadinessInhibitor('PENDING_DEP', { relatedJob: relatedJob! });
    expect(inhibitor.equals(new JobReadinessInhibitor('PENDING_DEP', { relatedJob: again! }))).toBe(true);
    expect(inhibitor.equals(new JobReadinessInhibitor('FAILED_DEP', { relatedJob: again! }))).toBe(false);
    expect(inhibitor.equals(UNDESIRED)).toBe(false);
  });

  test('number and debug form', () => {
    expect(UNDESIRED.causeNumber).toBe(0);
    expect(String(UNDESIRED)).toBe(
      '<JobReadinessInhibitor cause:UNDESIRED related_job:None related_expression:None>',
    );
    expect(String(new JobReadinessInhibitor('PENDING_DEP', { relatedJob: relatedJob! }))).toBe(
      "<JobReadinessInhibitor cause:PENDING_DEP related_job:<JobDefinition id:'a' plugin:'shell'> related_expression:None>",
    );
  });
});
