import { describe, expect, test } from 'vitest';
import type { PyValue } from '../../src/python/value.js';
import { acceptInstance } from '../../src/units/acceptance.js';
import { checkUnit } from '../../src/units/checks.js';
import { InvalidJob } from '../../src/units/invalid-job.js';
import type { Job } from '../../src/units/job.js';
import { loadUnits } from '../../src/units/load.js';
import { Template } from '../../src/units/template.js';
import type { Unit } from '../../src/units/unit.js';

const NS = 'com.example';
const VALID = { id: 't-{a}', plugin: 'shell', command: 'x' };

/** The instance of a template for the record `{a: 1, b: 2}`. */
function instance(members: Record<string, PyValue>): Unit {
  const data = new Map(Object.entries({ unit: 'template', 'template-resource': 'r', ...members }));
  const resource = new Map([
    ['a', '1'],
    ['b', '2'],
  ]);
  const [unit] = new Template(data, { namespace: NS }).instantiate([resource]);
  return unit!;
}

/** `field: message` of every issue. */
const issues = (members: Record<string, PyValue>) =>
  checkUnit(instance(members)).map(({ field, message }) => `${field}: ${message}`);

const INVARIANT = 'value must be invariant (unparametrized)';
const VARIANT = 'value must be variant (parametrized)';
const PLUGINS =
  'valid values are: attachment, manual, resource, shell, user-interact, user-interact-verify, user-verify';

describe('generated jobs (spec units.md 8.1)', () => {
  test('without a fault', () => {
    expect(issues(VALID)).toEqual([]);
    expect(issues({ ...VALID, _description: 'constant', environ: '{nothing}', group: '{nothing}' })).toEqual(
      [],
    );
    expect(issues({ ...VALID, plugin: 'manual', command: null, purpose: 'P' })).toEqual([]);
  });

  test.each<[Record<string, PyValue>, string[]]>([
    [{ flags: 'x-{a}' }, [`flags: ${INVARIANT}`]],
    [{ imports: 'from {a} import b' }, [`imports: ${INVARIANT}`]],
    [{ category_id: 'c{a}' }, [`category_id: ${INVARIANT}`]],
    [{ certification_status: '{a}' }, [`certification_status: ${INVARIANT}`]],
    [{ auto_retry: '{a}' }, [`auto_retry: ${INVARIANT}`]],
    [{ estimated_duration: '{a}' }, [`estimated_duration: ${INVARIANT}`]],
    [{ id: 'constant' }, [`id: ${VARIANT}`]],
    [{ id: 'x::{a}' }, ['id: identifier cannot define a custom namespace']],
    [{ id: null }, ['id: required field missing']],
    [{ name: 'constant' }, [`name: ${VARIANT}`]],
    [{ description: 'constant' }, [`description: ${VARIANT}`]],
    [{ description: 'of {other}' }, ["description: reference to unknown parameter 'other'"]],
    [{ plugin: null }, ['plugin: required field missing']],
    [{ plugin: 'local' }, [`plugin: ${PLUGINS}`]],
    [{ command: null }, ['command: command is mandatory for non-manual jobs']],
    [{ plugin: 'manual' }, ['description: required field missing']],
    [{ user: 'me' }, ["user: user can only be 'root'"]],
    [{ estimated_duration: 'abc' }, ['estimated_duration: value must be a positive number']],
    [{ estimated_duration: '-1' }, ['estimated_duration: value must be a positive number']],
    [{ estimated_duration: '' }, []],
    [{ requires: 'r.a ==' }, ['requires: syntax error in resource expression']],
    [{ shell: 'zsh' }, ['shell: only /bin/sh and /bin/bash are allowed']],
    [{ 'certification-status': 'maybe' }, ['certification_status: valid values are: blocker, non-blocker']],
    [{ 'auto-retry': 'yes' }, ['auto_retry: valid values are: no, unspecified']],
    [{ siblings: [new Map([['_nonsense', 'x']])] }, ['siblings: unknown property of a sibling: _nonsense']],
    [{ siblings: [new Map([['_summary', 'x']])] }, []],
    [{ siblings: 5n }, ['siblings: siblings must be a list of mappings']],
  ])('%o', (members, messages) => {
    expect(issues({ ...VALID, ...members })).toEqual(messages);
  });

  test('imports that do not parse also spoil the program', () => {
    const message = "unable to parse imports statement 'x': expected exactly four or six tokens";
    expect(issues({ ...VALID, imports: 'x', requires: 'r.a' })).toEqual([
      `imports: ${message}`,
      `requires: ${message}`,
    ]);
  });

  test('a quote that is left open', () => {
    expect(issues({ ...VALID, command: "echo 'a" })).toEqual([
      expect.stringMatching(/^command: No closing quotation/),
    ]);
    expect(issues({ ...VALID, command: "cat <<EOF\nit's\nEOF" })).toEqual([]);
  });

  test('issues are sorted by field', () => {
    expect(issues({ id: 'constant', plugin: 'local', user: 'me' })).toEqual([
      'command: command is mandatory for non-manual jobs',
      `id: ${VARIANT}`,
      `plugin: ${PLUGINS}`,
      "user: user can only be 'root'",
    ]);
  });

  test.each(['after', 'before', 'depends', 'requires', 'command', 'summary', 'user', 'id'])(
    'a missing parameter in %s refuses the unit',
    (field) => {
      expect(() => checkUnit(instance({ ...VALID, [field]: 'x {missing}' }))).toThrow(
        expect.objectContaining({ parameter: 'missing', field }),
      );
    },
  );

  test('defects stop everything (spec units.md 8.3)', () => {
    const stops = (members: Record<string, PyValue>) =>
      expect(() => checkUnit(instance({ ...VALID, ...members }))).toThrow(
        expect.objectContaining({ name: 'UnitDefinitionError', unitId: expect.any(String) }),
      );
    stops({ command: 'x {} y' });
    stops({ siblings: '[{"id": "x"}]' });
    stops({ siblings: 'nonsense' });
  });
});

describe('generated categories', () => {
  test.each<[Record<string, PyValue>, string[]]>([
    [{ id: 'c-{a}', name: 'C {a}' }, []],
    [{ id: 'c-{a}', _name: 'C' }, []],
    [{ id: 'c-{a}', name: 'C' }, [`name: ${VARIANT}`]],
    [{ id: 'c-{a}' }, ['name: required field missing']],
    [{ id: 'c', _name: 'C' }, [`id: ${VARIANT}`]],
  ])('%o', (members, messages) => {
    expect(issues({ 'template-unit': 'category', ...members })).toEqual(messages);
  });
});

describe('texts of issues', () => {
  const PXU = 'id: x\n\nunit: template\ntemplate-resource: r\nid: const\nplugin: shell\n';
  const generated = () => {
    const [, template] = loadUnits([{ name: 'f.pxu', text: PXU, namespace: NS }]).units;
    return (template as Template).instantiate([new Map()])[0]!;
  };

  test('name the line of the field, else the record', () => {
    expect(checkUnit(generated()).map(({ text }) => text)).toEqual([
      "error: f.pxu:3-6: job 'const', field 'command', command is mandatory for non-manual jobs",
      "error: f.pxu:5: job 'const', field 'id', value must be variant (parametrized)",
    ]);
  });

  test('go to the log when the instance is dropped', () => {
    expect(acceptInstance(generated(), { strict: false })).toEqual({
      unit: null,
      log: [
        {
          level: 'ERROR',
          message: "error: f.pxu:3-6: job 'const', field 'command', command is mandatory for non-manual jobs",
        },
        {
          level: 'ERROR',
          message: "error: f.pxu:5: job 'const', field 'id', value must be variant (parametrized)",
        },
        { level: 'CRITICAL', message: 'Ignoring invalid generated job com.example::const' },
      ],
    });
  });
});

describe('what becomes of instances (spec state.md 7.4)', () => {
  test('valid ones are kept', () => {
    const unit = instance(VALID);
    expect(acceptInstance(unit, { strict: false })).toEqual({ unit, log: [] });
    expect(acceptInstance(unit, { strict: true }).unit).toBe(unit);
  });

  test('those that lack a parameter are dropped', () => {
    expect(acceptInstance(instance({ ...VALID, id: 't-{c}' }), { strict: false })).toEqual({
      unit: null,
      log: [{ level: 'CRITICAL', message: 'Ignoring t-{c} with missing template parameter c' }],
    });
  });

  test('of several fields that lack a parameter the first by name is reported', () => {
    const unit = instance({ ...VALID, id: 't-{c}', command: 'x {d}' });
    const { errorLines } = acceptInstance(unit, { strict: true }).unit as InvalidJob;
    expect(errorLines).toEqual([expect.stringContaining("Field 'command' has value 'x {d}'")]);
  });

  test('one without id is named as Python prints nothing', () => {
    const { log } = acceptInstance(instance({ ...VALID, id: null }), { strict: false });
    expect(log.at(-1)?.message).toBe('Ignoring invalid generated job None');
  });

  test('strict sessions replace them by invalid jobs with the same checksum', () => {
    const unit = instance({ ...VALID, id: 't-{c}', requires: 'r.x == "{d}"' });
    const replacement = acceptInstance(unit, { strict: true }).unit as InvalidJob;
    expect(replacement).toBeInstanceOf(InvalidJob);
    expect(replacement.jobClass).toBe('InvalidJob');
    expect(replacement.id).toBe('com.example::t-MISSING_PARAM_1');
    expect(replacement.errorLines).toEqual([
      "Template 'com.example::t-c' generated an invalid unit. Field 'id' has value 't-{c}' but the " +
        "template-resource didn't generate any value for 'c'",
    ]);
    expect(replacement.checksum).toBe(unit.checksum);
    expect(Object.fromEntries(replacement.parameters!)).toEqual({ __index__: 1n, c: 'MISSING_PARAM_1' });
    expect(Object.fromEntries(unit.parameters!)).toEqual({ __index__: 1n });
  });

  test('strict sessions keep the issues of invalid jobs', () => {
    const replacement = acceptInstance(instance({ ...VALID, command: null }), { strict: true })
      .unit as InvalidJob;
    expect(replacement.errorLines).toEqual([
      "error: ???: job 't-1', field 'command', command is mandatory for non-manual jobs",
    ]);
    expect(replacement.plugin).toBe('shell');
  });

  test('a category is dropped in any case', () => {
    const category = instance({ 'template-unit': 'category', id: 'c' });
    expect(acceptInstance(category, { strict: true }).unit).toBeNull();
  });

  test('ordinary jobs need no parameters', () => {
    const [job] = loadUnits([
      { name: 'f.pxu', text: 'id: a\nplugin: shell\ncommand: x\n', namespace: null },
    ]).units;
    expect(checkUnit(job as Job)).toEqual([]);
  });
});
