import { describe, expect, test } from 'vitest';
import { SessionState } from '../../src/session/state.js';
import {
  categoryMap,
  categoryOutcomes,
  certificationStatusMap,
  estimatedDuration,
  outcomeStatistics,
  pluginOutcome,
} from '../../src/session/statistics.js';
import { desire, present, sessionOf, unitsOf } from './fixtures.js';

describe('estimated duration', () => {
  const durationOf = (...jobs: string[]) => {
    const session = sessionOf(...jobs);
    session.updateDesiredJobList(session.jobList);
    return estimatedDuration(session);
  };

  test('automated jobs by their estimates, manual ones with an overhead', () => {
    expect(
      durationOf(
        'a: estimated_duration 1h 2m:3s',
        'b: plugin attachment; estimated_duration 2.5',
        'c: plugin manual; estimated_duration 1',
      ),
    ).toEqual({ automated: 3725.5, manual: 31 });
    expect(durationOf()).toEqual({ automated: 0, manual: 0 });
  });

  test('one job without estimate makes it unknown for good', () => {
    expect(
      durationOf(
        'a',
        'b: estimated_duration 1',
        'c: plugin manual',
        'd: plugin manual; estimated_duration 1',
      ),
    ).toEqual({ automated: null, manual: null });
  });

  test('a manual job needs no estimate without a command', () => {
    const session = new SessionState(
      unitsOf('id: a\nplugin: manual\n\nid: b\nplugin: manual\nestimated_duration: 5'),
    );
    desire(session, 'a b');
    expect(estimatedDuration(session)).toEqual({ automated: 0, manual: 65 });
    expect(estimatedDuration(session, 1)).toEqual({ automated: 0, manual: 7 });
  });
});

describe('outcomes', () => {
  function run(): SessionState {
    const session = sessionOf(
      'a: category_id net; certification-status blocker',
      'b: category_id net',
      'c: category_id disk',
      'd',
      'r: plugin resource; category_id res',
      't: plugin attachment',
    );
    for (const unit of unitsOf(
      'unit: category\nid: net\n_name: Networking\n\nunit: category\nid: disk\n_name: Disks\n\nunit: category\nid: res\n_name: Resources',
    )) {
      session.addUnit(unit);
    }
    present(session, { a: 'crash', b: 'pass', r: 'pass' });
    return session;
  }

  test('are counted, with and without resources and attachments', () => {
    const session = run();
    expect([...outcomeStatistics(session)]).toEqual([
      ['crash', 1],
      ['pass', 2],
    ]);
    expect([...outcomeStatistics(session, { testsOnly: true })]).toEqual([
      ['crash', 1],
      ['pass', 1],
    ]);
  });

  test('categories of what ran', () => {
    const session = run();
    expect([...categoryMap(session)]).toEqual([
      ['net', 'Networking'],
      ['res', 'Resources'],
    ]);
    expect([...categoryMap(session, { testsOnly: true }).keys()]).toEqual(['net']);
  });

  test('by category: a failure spoils it', () => {
    const session = run();
    present(session, { c: 'pass' });
    expect([...categoryOutcomes(session)]).toEqual([
      ['net', 'fail'],
      ['disk', 'pass'],
      ['com.canonical.plainbox::uncategorised', 'skip'],
    ]);
  });

  test('of all resource or attachment jobs', () => {
    const session = run();
    expect([pluginOutcome(session, 'resource'), pluginOutcome(session, 'attachment')]).toEqual([
      'pass',
      'skip',
    ]);
    present(session, { r: 'fail' });
    expect(pluginOutcome(session, 'resource')).toBe('fail');
    expect(pluginOutcome(sessionOf(), 'resource')).toBe('skip');
  });

  test('by certification status', () => {
    const session = run();
    expect(certificationStatusMap(session).size).toBe(0);
    present(session, { a: 'fail', b: 'fail' });
    expect([...certificationStatusMap(session).keys()]).toEqual(['a']);
    const passed = certificationStatusMap(session, new Set(['pass']), new Set(['non-blocker']));
    expect([...passed.keys()]).toEqual(['r']);
  });
});
