import { describe, expect, test } from 'vitest';
import { SessionState } from '../../src/session/state.js';
import { TestPlan } from '../../src/units/test-plan.js';
import { desire, idsOf, unitsOf } from './fixtures.js';

const UNITS = `
id: a
plugin: shell

id: b
plugin: shell

id: usb/insert
plugin: shell
template-id: ns::usb

unit: test plan
id: plan
include:
 a certification-status=blocker, category-id=foo
 usb/.*
mandatory_include:
 b
 usb/.*
category_overrides: apply over to b
certification_status_overrides: apply blocker to usb/.*

unit: test plan
id: other
nested_part: plan
category_overrides: apply late to a
`;

function sessionWith(...plans: string[]): SessionState {
  const session = new SessionState(unitsOf(UNITS, 'ns'));
  session.setTestPlanList(
    session.unitList.filter(
      (unit) => unit instanceof TestPlan && plans.includes(unit.partialId!),
    ) as TestPlan[],
  );
  return session;
}

function effective(session: SessionState): (readonly string[])[] {
  return [...session.jobStateMap.values()].map((state) => [
    state.effectiveCategoryId,
    state.effectiveCertificationStatus,
  ]);
}

const UNCATEGORISED = 'com.canonical.plainbox::uncategorised';

describe('test plans', () => {
  test('override fields of the jobs that match', () => {
    expect(effective(sessionWith('plan'))).toEqual([
      ['foo', 'blocker'],
      ['ns::over', 'non-blocker'],
      [UNCATEGORISED, 'blocker'],
    ]);
  });

  test('nested plans count', () => {
    expect(effective(sessionWith('other'))).toEqual([
      ['foo', 'blocker'],
      ['ns::over', 'non-blocker'],
      [UNCATEGORISED, 'blocker'],
    ]);
  });

  test('a job added later is overridden as well, also by the id of its template', () => {
    const session = sessionWith('plan');
    const [later, generated] = unitsOf(
      'id: usb/remove\nplugin: shell\n\nid: x\nplugin: shell\ntemplate-id: ns::usb/template',
      'ns',
    );
    session.addUnit(later!);
    session.addUnit(generated!);
    expect(effective(session).slice(3)).toEqual([
      [UNCATEGORISED, 'blocker'],
      [UNCATEGORISED, 'blocker'],
    ]);
  });

  test('mandatory jobs in the order of the plan, then the desired ones', () => {
    const session = new SessionState(unitsOf(UNITS, 'ns'));
    desire(session, 'ns::a');
    session.setTestPlanList(session.unitList.filter((unit) => unit instanceof TestPlan).slice(0, 1));
    expect(idsOf(session.mandatoryJobList)).toBe('ns::b ns::usb/insert');
    expect(idsOf(session.desiredJobList)).toBe('ns::b ns::usb/insert ns::a');
  });

  test('no plan changes no list', () => {
    const session = new SessionState(unitsOf(UNITS, 'ns'));
    desire(session, 'ns::a');
    session.setTestPlanList([]);
    expect(idsOf(session.runList)).toBe('ns::a');
  });
});
