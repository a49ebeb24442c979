import { describe, expect, test } from 'vitest';
import type { PyValue } from '../../src/python/value.js';
import { Job } from '../../src/units/job.js';
import { selectJobs } from '../../src/units/selection.js';
import { TestPlan } from '../../src/units/test-plan.js';

const NS = 'ns';
const plan = (members: Record<string, PyValue>, namespace: string | null = NS) =>
  new TestPlan(new Map(Object.entries({ id: 'plan', ...members })), { namespace });
const job = (id: string, templateId?: string) => {
  const data = new Map([['id', id]]);
  if (templateId !== undefined) data.set('template-id', templateId);
  return new Job(data, { namespace: NS });
};
const plansById = (...plans: TestPlan[]) => new Map(plans.map((one) => [one.id as string, one]));
const NONE = plansById();

describe('overrides (spec units.md 9.3)', () => {
  test('the example', () => {
    const example = plan({
      include: 'a certification-status=blocker, category-id=foo\nusb/.*',
      category_overrides: 'apply over to b',
      certification_status_overrides: 'apply blocker to usb/.*',
    });
    expect(example.overrides(NONE)).toEqual([
      {
        pattern: '^ns::a$',
        changes: [
          ['certification_status', 'blocker'],
          ['category_id', 'foo'],
        ],
      },
      { pattern: '^ns::b$', changes: [['category_id', 'ns::over']] },
      { pattern: '^ns::usb/.*$', changes: [['certification_status', 'blocker']] },
    ]);
  });

  test('YAML forms, and all fields that may override', () => {
    const yaml = plan({
      bootstrap_include: [new Map([['boot', new Map([['category-id', 'x::c']])]])],
      mandatory_include: ['must certification-status=blocker'],
      include: ['plain', new Map([['other', new Map([['auto-retry', 'no']])]])],
      category_overrides: ['apply c to boot', 'nonsense'],
    });
    expect(yaml.overrides(NONE)).toEqual([
      {
        pattern: '^ns::boot$',
        changes: [
          ['category_id', 'x::c'],
          ['category_id', 'ns::c'],
        ],
      },
      { pattern: '^ns::must$', changes: [['certification_status', 'blocker']] },
      { pattern: '^ns::other$', changes: [['auto_retry', 'no']] },
    ]);
  });

  test('nested plans contribute theirs, each once, also in a circle', () => {
    const inner = plan({ id: 'inner', nested_part: 'plan', category_overrides: '# note\n\napply i to a' });
    const outer = plan({ nested_part: 'inner, missing', category_overrides: 'apply o to a' });
    expect(outer.overrides(plansById(inner, outer))).toEqual([
      {
        pattern: '^ns::a$',
        changes: [
          ['category_id', 'ns::o'],
          ['category_id', 'ns::i'],
        ],
      },
    ]);
  });
});

describe('selection (spec units.md 9.2)', () => {
  const jobs = [
    job('a'),
    job('b'),
    job('usb/1'),
    job('usb/2'),
    job('gen-1', 'ns::gen'),
    job('gen-2', 'ns::gen'),
  ];
  const ids = (members: Record<string, PyValue>, field: 'include' | 'mandatory_include' = 'include') =>
    selectJobs(plan(members), field, jobs, NONE).map((one) => one.partialId);

  test('follows the order of the lines, each job once', () => {
    expect(ids({ include: 'b\nusb/.*\na\nb' })).toEqual(['b', 'usb/1', 'usb/2', 'a']);
  });

  test('a pattern may name the template', () => {
    expect(ids({ include: 'gen' })).toEqual(['gen-1', 'gen-2']);
    expect(ids({ include: 'g.n' })).toEqual(['gen-1', 'gen-2']);
  });

  test('a literal is exact, an expression covers the whole id', () => {
    expect(ids({ include: 'usb' })).toEqual([]);
    expect(ids({ include: 'us.' })).toEqual([]);
    expect(ids({ include: '^usb/1$' })).toEqual(['usb/1']);
    expect(ids({ include: 'ns::.' })).toEqual(['a', 'b']);
    expect(ids({ include: 'other::.*' })).toEqual([]);
  });

  test('what is excluded is out, and so are bootstrap jobs of the normal selection', () => {
    expect(ids({ include: '.*', exclude: 'usb/.*\na' })).toEqual(['b', 'gen-1', 'gen-2']);
    expect(ids({ include: '.*', bootstrap_include: 'a\nb' })).toEqual(['usb/1', 'usb/2', 'gen-1', 'gen-2']);
    expect(ids({ mandatory_include: 'a', bootstrap_include: 'a' }, 'mandatory_include')).toEqual(['a']);
  });

  test('nested plans select too', () => {
    const inner = plan({ id: 'inner', include: 'a' });
    const outer = plan({ nested_part: 'inner', include: 'b' });
    expect(selectJobs(outer, 'include', jobs, plansById(inner, outer)).map((one) => one.partialId)).toEqual([
      'b',
      'a',
    ]);
  });

  test('a broken expression is an error of the field', () => {
    expect(() => ids({ include: 'a(' })).toThrow(
      expect.objectContaining({ name: 'UnitDefinitionError', field: 'include', unitId: 'plan' }),
    );
  });
});

test('fields', () => {
  const full = plan({ _name: 'N', _description: 'D', icon: 'i', estimated_duration: '1m' });
  expect([full.name, full.description, full.icon, full.estimatedDuration]).toEqual(['N', 'D', 'i', 60]);
});
