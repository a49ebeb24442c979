import { describe, expect, test } from 'vitest';
import { Category } from '../../src/units/category.js';
import { Job, SetupJob } from '../../src/units/job.js';
import { type LoadOptions, loadUnits } from '../../src/units/load.js';
import { ManifestEntry } from '../../src/units/manifest-entry.js';
import { Template } from '../../src/units/template.js';
import { TestPlan } from '../../src/units/test-plan.js';

const NS = 'com.example';
const load = (name: string, text: string, options?: LoadOptions) =>
  loadUnits([{ name, text, namespace: NS }], options);

describe('kinds (spec units.md 3)', () => {
  test.each([
    ['job', Job, 'job'],
    ['setup job', SetupJob, 'job'],
    ['template', Template, 'template'],
    ['category', Category, 'category'],
    ['test plan', TestPlan, 'test plan'],
    ['manifest entry', ManifestEntry, 'manifest entry'],
  ])('%s', (word, unitClass, kind) => {
    const [unit] = load('a.pxu', `unit: ${word}\nid: x\n`).units;
    expect(unit).toBeInstanceOf(unitClass);
    expect(unit?.kind).toBe(kind);
    expect(unit?.id).toBe('com.example::x');
  });

  test.each(['exporter', 'packaging meta-data', 'file', 'unit'])('%s', (word) => {
    expect(load('a.pxu', `unit: ${word}\n`).units.map(({ kind }) => kind)).toEqual([word]);
  });

  test('a unit is a job unless it says otherwise', () => {
    expect(load('a.pxu', 'id: x\n').units[0]).toBeInstanceOf(Job);
    expect(load('a.yaml', 'id: x\nunit: ~\n').units[0]).toBeInstanceOf(Job);
  });

  test('manifest entries', () => {
    const text =
      'unit: manifest entry\nid: _ram\n_name: RAM\nvalue-type: natural\nvalue-unit: MiB\n_prompt: How much?\n';
    const entry = load('a.pxu', `${text}hidden-reason: measured\n`).units[0] as ManifestEntry;
    const { name, prompt, valueType, valueUnit, resourceKey, hidden, hiddenReason } = entry;
    expect([name, prompt, valueType, valueUnit, resourceKey, hidden, hiddenReason]).toEqual([
      'RAM',
      'How much?',
      'natural',
      'MiB',
      '_ram',
      true,
      'measured',
    ]);
  });
});

describe('files (spec units.md 3.1)', () => {
  test.each(['a.pxu', 'a.txt', 'a.txt.in', 'dir/a.b.pxu'])('%s holds records', (name) => {
    expect(load(name, 'id: x\n\nid: y\n').units.map(({ id }) => id)).toEqual([
      'com.example::x',
      'com.example::y',
    ]);
  });

  test.each(['a.yaml', 'a.yml'])('%s holds YAML', (name) => {
    const [unit] = load(name, 'id: x\nflags: [a]\n').units;
    expect(unit?.data.get('flags')).toEqual(['a']);
  });

  test('origins carry the name of the file', () => {
    expect(load('d/a.pxu', '\nid: x\nplugin: y\n').units[0]?.origin).toEqual({
      source: 'd/a.pxu',
      firstLine: 2,
      lastLine: 3,
    });
  });

  test('units keep the order of the files, each with its namespace', () => {
    const { units } = loadUnits([
      { name: 'b.pxu', text: 'id: b\n', namespace: 'two' },
      { name: 'a.pxu', text: 'id: a\n', namespace: null },
    ]);
    expect(units.map(({ id }) => id)).toEqual(['two::b', 'a']);
  });

  test.each([
    ['a.pxu', 'id: x\n\nnonsense\n', { code: 'unit-syntax', line: 3, file: 'a.pxu' }],
    ['a.yaml', 'id: [\n', { code: 'unit-syntax', file: 'a.yaml' }],
    ['a.pxu', 'id: x\n\nunit: x\n', { code: 'unit-kind', message: "Unknown unit type: 'x'", line: 3 }],
    ['a.yaml', 'unit: 5\n', { code: 'unit-kind', message: 'Unknown unit type: 5' }],
    ['a.doc', 'id: x\n', { code: 'unit-syntax', message: "Unknown type of unit file: 'a.doc'" }],
    ['a', 'id: x\n', { code: 'unit-syntax' }],
  ])('%s with a fault contributes nothing but a problem', (name, text, facts) => {
    const { units, problems } = loadUnits([
      { name, text, namespace: NS },
      { name: 'good.pxu', text: 'id: good\n', namespace: NS },
    ]);
    expect(units.map(({ partialId }) => partialId)).toEqual(['good']);
    expect(problems).toEqual([expect.objectContaining({ name: 'UnitDefinitionError', ...facts })]);
  });

  test('a faulty unit spoils its file only when asked to validate', () => {
    const text = 'id: x\nplugin: local\ncommand: y\n\nid: good\nplugin: shell\ncommand: y\n';
    expect(load('a.pxu', text).units).toHaveLength(2);
    const { units, problems } = load('a.pxu', text, { validate: true });
    expect(units).toEqual([]);
    expect(problems.map(({ message, field, line }) => ({ message, field, line }))).toEqual([
      {
        message: expect.stringMatching(/^error: a\.pxu:2: job 'x', field 'plugin', valid values are: /),
        field: 'plugin',
        line: 2,
      },
    ]);
  });
});

describe('unit dumps', () => {
  const CHECKSUM = 'ab'.repeat(32);
  const dump = (...entries: unknown[]) => load('jobs.json', JSON.stringify(entries));

  test('bring namespace and kind, and the checksum of what is not complete', () => {
    const { units, problems } = dump(
      { unit_class: 'job', namespace: 'org', checksum: CHECKSUM, data_complete: false, data: { id: 'a' } },
      {
        unit_class: 'setup job',
        namespace: null,
        checksum: CHECKSUM,
        data_complete: true,
        data: { id: 'a' },
      },
    );
    expect(problems).toEqual([]);
    expect(units.map(({ id, checksum }) => [id, checksum])).toEqual([
      ['org::a', CHECKSUM],
      ['a', '8489a5deb454a360345c7868bca8672de92b446caf3d3b014af6a56e3d549d30'],
    ]);
    expect(units[1]).toBeInstanceOf(SetupJob);
  });

  test('keep integers and floats apart', () => {
    const { units } = load(
      'jobs.json',
      '[{"namespace": null, "data": {"a": 1, "b": 1.0, "c": [true, null]}}]',
    );
    expect([...units[0]!.data]).toEqual([
      ['a', 1n],
      ['b', 1],
      ['c', [true, null]],
    ]);
  });

  test.each([
    ['{}', undefined],
    ['[', undefined],
    ['[1]', '$[0]'],
    ['[{"namespace": "x"}]', '$[0]'],
    ['[{"data": {}}, {"data": {}, "namespace": 5}]', '$[1]'],
    ['[{"data": {}, "data_complete": false, "checksum": "x"}]', '$[0]'],
  ])('%s is refused', (text, path) => {
    const { units, problems } = load('jobs.json', text);
    expect(units).toEqual([]);
    expect(problems).toEqual([expect.objectContaining({ code: 'unit-syntax', file: 'jobs.json', path })]);
  });
});
