/** Whatever the units and the output of jobs are, only documented errors come out. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SessionResumeError } from '../../src/errors.js';
import type { PyValue } from '../../src/python/value.js';
import { skipOutcome } from '../../src/session/skip-outcome.js';
import { SessionState } from '../../src/session/state.js';
import { estimatedDuration, outcomeStatistics } from '../../src/session/statistics.js';
import { Job } from '../../src/units/job.js';
import { createUnit } from '../../src/units/kinds.js';
import { TestPlan } from '../../src/units/test-plan.js';
import { result } from './fixtures.js';

const names = ['a', 'b', 'r', 'ns::a', '{x}', 'a b', '__proto__', 'constructor', '', '\ud800'];
const text = fc.oneof(
  fc.constantFrom(...names),
  fc.constantFrom(
    "r.k == '1'",
    'r.k',
    'not r.k',
    'r.k == 1 or r.x in ["a"]',
    'from ns import a',
    '{}',
    '{x!r}',
  ),
  fc.constantFrom(
    'also-after-suspend',
    'simple',
    'resource',
    'shell',
    'ns::.*',
    'a category-id=b',
    'apply a to b',
  ),
  fc.constantFrom('[{"id": "s"}]', '[1]', '{"id": "s"}', '[{"id": "s", "siblings": "x"}]'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const { value } = fc.letrec<{ value: PyValue }>((tie) => ({
  value: fc.oneof(
    { weight: 6, arbitrary: text },
    fc.constantFrom<PyValue>(null, true, 0n, 5n, 1.5, Number.NaN),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 2 }).map((entries) => new Map(entries)),
  ),
}));
const field = fc.constantFrom(
  ...[
    'plugin',
    'flags',
    'siblings',
    '_siblings',
    'depends',
    'after',
    'before',
    'salvages',
    'group',
    'requires',
  ],
  ...['imports', 'summary', 'category_id', 'estimated_duration', 'template-resource', 'template-filter'],
  ...[
    'template-id',
    'template-engine',
    'requires_manifest',
    'include',
    'mandatory_include',
    'category_overrides',
  ],
);
const unit = fc
  .record({
    kind: fc.constantFrom('job', 'job', 'job', 'setup job', 'template', 'category', 'test plan'),
    id: fc.constantFrom('a', 'b', 'r', 's-{x}', ''),
    fields: fc.array(fc.tuple(field, value), { maxLength: 4 }),
    namespace: fc.constantFrom(null, 'ns'),
  })
  .map(({ kind, id, fields, namespace }) =>
    createUnit(
      new Map<string, PyValue>([
        ['unit', kind],
        ['id', id],
        ['plugin', 'shell'],
        ['command', 'c'],
        ...fields,
      ]),
      { namespace },
    ),
  );
const output = fc.array(fc.constantFrom('k: 1\n', 'x: y\n', '\n', '__proto__: z\n', ' more\n', 'broken\n'), {
  maxLength: 5,
});

function documented(action: () => unknown): void {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(SessionResumeError);
  }
}

test('units of any content', () => {
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 6 }), output, (units, lines) => {
      documented(() => {
        const session = new SessionState(units);
        for (const one of session.unitList) {
          if (one instanceof Job) documented(() => session.addUnit(one, { recompute: false }));
        }
        for (const one of [...session.jobList]) {
          documented(() => session.updateJobResult(one, result('pass', ...lines)));
        }
        documented(() => session.updateDesiredJobList(session.jobList));
        documented(() => session.setTestPlanList(session.unitList.filter((one) => one instanceof TestPlan)));
        documented(() => estimatedDuration(session));
        outcomeStatistics(session);
        for (const state of session.jobStateMap.values()) {
          documented(() => skipOutcome(state, session.jobStateMap));
        }
      });
    }),
    { numRuns: 2000 },
  );
});
