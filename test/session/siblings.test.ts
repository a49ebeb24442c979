import { describe, expect, test } from 'vitest';
import { isPyList, type PyValue } from '../../src/python/value.js';
import { SessionState } from '../../src/session/state.js';
import { Job } from '../../src/units/job.js';
import { desire, idsOf, job, recordSignals, sessionOf, unitsOf } from './fixtures.js';

const AUTO = 'com.canonical.certification::suspend/suspend_advanced_auto';
const MANUAL = 'com.canonical.certification::suspend/suspend_advanced';

/** Adds every job again, which makes the siblings, as a resume does. */
function withSiblings(session: SessionState): SessionState {
  for (const unit of session.unitList) {
    if (unit instanceof Job) session.addUnit(unit, { recompute: false });
  }
  return session;
}

describe('siblings', () => {
  test('come right after their parent, explicit ones first', () => {
    const session = withSiblings(
      sessionOf('base: flags also-after-suspend; siblings [{"id": "sib", "flags": "also-after-suspend"}]'),
    );
    expect(idsOf(session.jobList)).toBe('base sib after-suspend-sib after-suspend-base');
  });

  test('are dropped silently when they are known', () => {
    const session = withSiblings(sessionOf('base: siblings [{"id": "sib"}]'));
    const events = recordSignals(session);
    withSiblings(session);
    expect(events).toEqual([]);
    expect(idsOf(session.unitList)).toBe('base sib');
  });

  test('of siblings may be very many', () => {
    const inner = Array.from({ length: 200_000 }, () => ({ id: 'same', siblings: '[]' }));
    const outer = [{ id: 'sib', siblings: JSON.stringify(inner) }];
    const session = new SessionState([]);
    session.addUnit(
      new Job(
        new Map([
          ['id', 'base'],
          ['siblings', JSON.stringify(outer)],
        ]),
      ),
    );
    expect(idsOf(session.jobList)).toBe('base sib same');
  });

  test('clash with another job of their id', () => {
    const session = sessionOf('base: siblings [{"id": "other"}]', 'other: user root');
    expect(() => withSiblings(session)).toThrow("duplicate job id: 'other'");
  });

  test('with neither flag, text or list', () => {
    const flagsOf = (flags: PyValue) => {
      const data = new Map<string, PyValue>([
        ['id', 'x'],
        ['flags', flags],
      ]);
      const session = withSiblings(new SessionState([new Job(data)]));
      return session.jobList.slice(1).map((sibling) => sibling.data.get('flags'));
    };
    expect(flagsOf('also-after-suspend')).toEqual(['']);
    expect(flagsOf('also-after-suspend preserve-locale')).toEqual([' preserve-locale']);
    expect(flagsOf('also-after-suspend-manual, x')).toEqual(['-manual, x']);
    expect(flagsOf(['also-after-suspend', 'x', 'also-after-suspend-manual'])).toEqual([['x'], ['x']]);
  });

  test('what a suspend sibling overrides', () => {
    const [unit] = unitsOf(
      'id: x\nplugin: shell\ncommand: c\n_summary: S\ndepends: a\ngroup: g\nflags: also-after-suspend-manual',
      'ns',
    );
    const session = withSiblings(new SessionState([unit!]));
    const sibling = job(session, 'ns::after-suspend-manual-x');
    expect(Object.fromEntries(sibling.data)).toEqual({
      id: 'after-suspend-manual-x',
      plugin: 'shell',
      command: 'c',
      _summary: 'S after suspend (S3)',
      depends: `a ns::x ${MANUAL}`,
      group: 'after-suspend-manual-g',
      flags: '-manual',
    });
  });

  test('without "depends" it becomes a list, which is part of the checksum', () => {
    const session = withSiblings(sessionOf('x: flags also-after-suspend'));
    const sibling = job(session, 'after-suspend-x');
    expect(isPyList(sibling.data.get('depends')!)).toBe(true);
    expect(sibling.dependsIds).toEqual(['x', AUTO]);
  });

  test('the job runs before the suspend jobs, but is not changed', () => {
    const [suspend] = unitsOf(
      'id: suspend/suspend_advanced_auto\nplugin: shell\ncommand: s',
      'com.canonical.certification',
    );
    const [x] = unitsOf('id: x\nplugin: shell\ncommand: c\nflags: also-after-suspend') as [Job];
    const { checksum } = x;
    const session = withSiblings(new SessionState([suspend!, x]));
    expect(desire(session, `${AUTO} x after-suspend-x`)).toEqual([]);
    expect(idsOf(session.runList)).toBe(`x ${AUTO} after-suspend-x`);
    expect(x.checksum).toBe(checksum);
    expect(x.beforeIds).toEqual([]);
  });

  test('a job that comes after the suspend job itself does not run before it', () => {
    const [suspend] = unitsOf('id: suspend/suspend_advanced_auto', 'com.canonical.certification');
    const [x] = unitsOf(`id: x\nafter: ${AUTO}\nflags: also-after-suspend`);
    const session = withSiblings(new SessionState([suspend!, x!]));
    expect(desire(session, 'x')).toEqual([]);
    expect(idsOf(session.runList)).toBe(`${AUTO} x`);
  });

  test('a list in "before" is shared by no session', () => {
    const data = new Map<string, PyValue>([
      ['id', 'x'],
      ['flags', ['also-after-suspend']],
      ['before', ['y']],
    ]);
    const unit = new Job(data);
    withSiblings(new SessionState([unit]));
    withSiblings(new SessionState([unit]));
    expect(data.get('before')).toEqual(['y']);
  });

  test('siblings may have siblings, as lists or as text', () => {
    const session = withSiblings(
      sessionOf('x: siblings [{"id": "y", "siblings": [{"id": "z", "siblings": "[{\\"id\\": \\"w\\"}]"}]}]'),
    );
    expect(idsOf(session.jobList)).toBe('x y z w');
  });

  test('flags within flags cannot make more and more jobs', () => {
    // Without its innermost flag each word is the one before it.
    const flags = Array.from({ length: 30 }, (_, i) => {
      const word = 'also-after-'.repeat(i + 1) + 'suspend'.repeat(i + 1);
      return `${word} ${word}-manual`;
    });
    const session = sessionOf(`x: flags ${flags.join(' ')}`);
    expect(() => withSiblings(session)).toThrow('siblings are nested too deeply');
    expect(session.jobList.length).toBeLessThan(20);
  });
});
