import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UnitDefinitionError } from '../../src/errors.js';
import { acceptInstance } from '../../src/units/acceptance.js';
import { checkUnit } from '../../src/units/checks.js';
import { Job } from '../../src/units/job.js';
import { loadUnits } from '../../src/units/load.js';
import { readManagePy, readProviderFile } from '../../src/units/provider.js';
import { parseRecords } from '../../src/units/pxu.js';
import { selectJobs } from '../../src/units/selection.js';
import { Template } from '../../src/units/template.js';
import { TestPlan } from '../../src/units/test-plan.js';
import type { Unit } from '../../src/units/unit.js';

const RUNS = { numRuns: 300 };

/** Text that often has the shape of unit files. */
const piece = fc.constantFrom(
  ...['id', 'unit', 'plugin', 'template-resource', 'template-filter', 'template-engine', 'siblings', 'flags'],
  ...['requires', 'imports', 'depends', '_summary', 'include', 'estimated_duration', 'template', 'test plan'],
  ...['job', 'setup job', 'manual', 'shell', 'jinja2', 'r', '{a}', '{{ a }}', '{', '}', '[', ']', '"', "'"],
  ...[': ', ':', '\n', '\n\n', '\n ', ' ', '\t', '#', '.', '- ', '&a', '*a', '<<', '{% if a %}', '::', ','],
  ...[
    '\r\n',
    '\u2028',
    '\ufeff',
    '\ud800',
    '__proto__',
    'from x import y as z',
    "r.a == 'b'",
    '(',
    '.*',
    '1h',
  ],
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
);

/** Runs `work`; only a documented error may come out. */
function documented(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(UnitDefinitionError);
  }
}

/** Reads everything that a session reads. */
function readAll(unit: Unit): void {
  documented(() => unit.id);
  documented(() => unit.checksum);
  documented(() => checkUnit(unit));
  if (unit instanceof Job) {
    for (const field of unit.data.keys()) documented(() => unit.value(field));
    for (const property of [
      'summary',
      'plugin',
      'description',
      'flags',
      'environ',
      'dependsIds',
      'afterIds',
      'beforeIds',
      'salvagesIds',
      'resourceProgram',
      'explicitSiblings',
      'estimatedDuration',
      'requiredManifests',
      'categoryId',
    ] as const) {
      documented(() => unit[property]);
    }
  }
  if (unit instanceof TestPlan) {
    documented(() => unit.overrides(new Map([['x', unit]])));
    documented(() => selectJobs(unit, 'include', [], new Map()));
  }
  if (unit instanceof Template) {
    documented(() => unit.resourceId);
    documented(() => {
      for (const instance of unit.instantiate([new Map([['a', 'x']]), new Map()])) {
        for (const strict of [false, true]) {
          documented(() => {
            const accepted = acceptInstance(instance, { strict }).unit;
            if (accepted !== null) readAll(accepted);
          });
        }
      }
    });
  }
}

test.each(['f.pxu', 'f.yaml', 'f.json', 'f.other'])(
  'any text in %s gives units or documented errors',
  (name) => {
    fc.assert(
      fc.property(text, fc.boolean(), (content, validate) => {
        const { units, problems } = loadUnits([{ name, text: content, namespace: 'ns' }], { validate });
        for (const unit of units) readAll(unit);
        for (const problem of problems) expect(problem).toBeInstanceOf(UnitDefinitionError);
      }),
      RUNS,
    );
  },
);

test('any fields of a template give instances or documented errors', () => {
  const fields = fc.dictionary(
    fc.constantFrom(
      'id',
      'command',
      '_summary',
      'requires',
      'imports',
      'siblings',
      'flags',
      'template-filter',
    ),
    text,
  );
  fc.assert(
    fc.property(fields, fc.constantFrom('default', 'jinja2'), (members, engine) => {
      const data = new Map(
        Object.entries({ ...members, 'template-engine': engine, 'template-resource': 'r' }),
      );
      readAll(new Template(data, { namespace: 'ns' }));
    }),
    RUNS,
  );
});

test('any lines of output are records or an error with a line', () => {
  fc.assert(
    fc.property(fc.array(text), (lines) => {
      const { records, error } = parseRecords(lines, null);
      for (const { data } of records) expect(data.size).toBeGreaterThan(0);
      if (error !== null) expect(error.line).toBeLessThanOrEqual(lines.length);
    }),
    RUNS,
  );
});

test('any text of a provider gives facts', () => {
  fc.assert(
    fc.property(text, (content) => {
      expect(readProviderFile(`[PlainBox Provider]\n${content}`)).toHaveProperty('name');
      expect(readManagePy(`setup(${content}`)).toHaveProperty('name');
    }),
    RUNS,
  );
});

test('names of JavaScript are ordinary keys', () => {
  const { units } = loadUnits([
    { name: 'f.pxu', text: '__proto__: x\nconstructor: y\ntoString: z\n', namespace: null },
    { name: 'f.yaml', text: '{__proto__: {a: 1}, constructor: y}', namespace: null },
  ]);
  expect(units.map(({ data }) => [...data.keys()])).toEqual([
    ['__proto__', 'constructor', 'toString'],
    ['__proto__', 'constructor'],
  ]);
  expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
});
