import { describe, expect, test } from 'vitest';
import type { PyDict, PyValue } from '../../src/python/value.js';
import { Job, SetupJob } from '../../src/units/job.js';
import { createUnit } from '../../src/units/kinds.js';
import type { UnitOptions } from '../../src/units/unit.js';

const NS = 'com.example';
const dict = (members: Record<string, PyValue>): PyDict => new Map(Object.entries(members));
const job = (members: Record<string, PyValue>, options: UnitOptions = { namespace: NS }) =>
  new Job(dict(members), options);

describe('identity (spec units.md 4.1)', () => {
  test.each([
    [{ id: 'a' }, NS, 'com.example::a'],
    [{ id: 'a' }, '', 'a'],
    [{ id: 'a' }, null, 'a'],
    [{ name: 'n' }, NS, 'com.example::n'],
    [{ id: 'a', name: 'n' }, NS, 'com.example::a'],
    [{ id: 'x::a' }, NS, 'com.example::x::a'],
    [{ id: 5n }, NS, 'com.example::5'],
    [{ plugin: 'shell' }, NS, null],
  ])('%o in %j', (members, namespace, id) => {
    expect(job(members, { namespace }).id).toBe(id);
  });

  test('kinds without ids have none', () => {
    const data = dict({ unit: 'packaging meta-data', id: 'x' });
    expect(createUnit(data, { namespace: NS }).id).toBeNull();
  });

  test('references are qualified once', () => {
    expect(job({}).qualify('a')).toBe('com.example::a');
    expect(job({}).qualify('x::a')).toBe('x::a');
    expect(job({}, {}).qualify('a')).toBe('a');
  });
});

describe('fields (spec units.md 4.2, 4.3)', () => {
  test('the translatable form wins unless it is null', () => {
    expect(job({ _summary: 'x', summary: 'y' }).summary).toBe('x');
    expect(job({ _summary: null, summary: 'y' }).summary).toBe('y');
  });

  test('defaults', () => {
    const {
      summary,
      plugin,
      shell,
      description,
      categoryId,
      certificationStatus,
      autoRetry,
      templateId,
      flags,
    } = job({ id: 'a' });
    expect({
      summary,
      plugin,
      shell,
      description,
      categoryId,
      certificationStatus,
      autoRetry,
      templateId,
    }).toEqual({
      summary: 'a',
      plugin: null,
      shell: 'bash',
      description: null,
      categoryId: 'com.canonical.plainbox::uncategorised',
      certificationStatus: 'non-blocker',
      autoRetry: 'unspecified',
      templateId: null,
    });
    expect(flags.size).toBe(0);
  });

  test('values', () => {
    const full = job({
      category_id: 'net',
      'certification-status': 'blocker',
      'auto-retry': 'no',
      environ: 'A, B',
      estimated_duration: '1h 2m:3s',
      group: 'g',
      user: 'root',
    });
    expect(full.categoryId).toBe('com.example::net');
    expect(full.certificationStatus).toBe('blocker');
    expect(full.autoRetry).toBe('no');
    expect(full.environ).toEqual(new Set(['A', 'B']));
    expect(full.estimatedDuration).toBe(3723);
    expect(full.group).toBe('g');
    expect(full.user).toBe('root');
  });

  test('the flag simple makes a shell job, text and list alike', () => {
    expect(job({ flags: 'simple' }).plugin).toBe('shell');
    expect(job({ flags: ['simple'] }).plugin).toBe('shell');
    expect(job({ flags: 'simple', plugin: 'manual' }).plugin).toBe('manual');
  });

  test('a leading blank in flags leaves an empty member', () => {
    expect(job({ flags: ' preserve-locale' }).flags).toEqual(new Set(['', 'preserve-locale']));
  });

  test('the description is put together from its parts', () => {
    expect(job({ purpose: 'See', _verification: 'Good?' }).description).toBe(
      'PURPOSE:\nSee\nVERIFICATION:\nGood?',
    );
    expect(job({ purpose: 'See', description: 'D' }).description).toBe('D');
  });

  test('who starts a job', () => {
    const plugins = [
      'attachment',
      'resource',
      'manual',
      'user-verify',
      'user-interact',
      'user-interact-verify',
      'shell',
    ];
    const jobs = plugins.map((plugin) => job({ plugin }));
    expect(jobs.filter((one) => one.automated).map((one) => one.plugin)).toEqual([
      'attachment',
      'resource',
      'shell',
    ]);
    expect(jobs.filter((one) => one.needsStartInteraction).map((one) => one.plugin)).toEqual([
      'manual',
      'user-interact',
      'user-interact-verify',
    ]);
  });

  test('braces mean nothing without parameters', () => {
    expect(job({ command: 'echo {HOME} {' }).command).toBe('echo {HOME} {');
  });
});

describe('references (spec units.md 4.4)', () => {
  test.each<[PyValue, string[]]>([
    ['a, b', ['a', 'b']],
    ['b x::a b', ['b', 'x::a']],
    [
      ['a', 'b c', 'a'],
      ['a', 'b c'],
    ],
    [null, []],
  ])('%o', (depends, ids) => {
    const qualified = ids.map((id) => (id.includes('::') ? id : `com.example::${id}`));
    expect(job({ depends }).dependsIds).toEqual(qualified);
    expect(job({ after: depends }).afterIds).toEqual(qualified);
  });
});

test('a job stands alone without any field that ties it to something', () => {
  expect(job({ id: 'a', plugin: 'shell', command: 'x', flags: 'simple' }).standsAlone).toBe(true);
  for (const field of ['requires', 'requires_manifest', 'depends', 'after', 'before', 'salvages', 'group']) {
    expect(job({ id: 'a', [field]: 'b' }).standsAlone).toBe(false);
    expect(job({ id: 'a', [`_${field}`]: 'b' }).standsAlone).toBe(false);
  }
});

describe('parameters', () => {
  const parameters = dict({ name: 'x', __index__: 7n });
  const instance = (members: Record<string, PyValue>) =>
    job({ 'template-id': 'com.example::t', ...members }, { namespace: NS, parameters });

  test('are filled into texts, lists and mappings', () => {
    const unit = instance({ id: 't-{name}', d: ['{name}', new Map([['k', '{__index__:03d}']]), 5n, true] });
    expect(unit.id).toBe('com.example::t-x');
    expect(unit.value('d')).toEqual(['x', new Map([['k', '007']]), 5n, true]);
  });

  test('substituted text is not substituted again', () => {
    const braces = job({ command: 'n: {name}' }, { parameters: dict({ name: '{x}' }) });
    expect(braces.command).toBe('n: {x}');
  });

  test('that are missing are named, with the unit and the field', () => {
    const text =
      "Template 'com.example::t' generated an invalid unit. Field 'command' has value 'x {other}' but the " +
      "template-resource didn't generate any value for 'other'";
    expect(() => instance({ id: 't-{name}', command: 'x {other}' }).command).toThrow(
      expect.objectContaining({ message: text, field: 'command', unitId: 't-{name}', parameter: 'other' }),
    );
  });

  test.each(['{} y', '{0}', '{', '}', '{name!x}', '{name:d}'])(
    '%j is an error of the definition',
    (command) => {
      expect(() => instance({ id: 'a', command }).command).toThrow(
        expect.objectContaining({ name: 'UnitDefinitionError', field: 'command', unitId: 'a' }),
      );
    },
  );
});

describe('requires', () => {
  test('is compiled with imports and namespace, once', () => {
    const unit = job({ requires: "r.a == 'x'\nq.b", imports: 'from org.other import res as q' });
    expect(unit.resourceProgram?.resourceIds).toEqual(['com.example::r', 'org.other::res']);
    expect(unit.resourceProgram).toBe(unit.resourceProgram);
    expect(job({}).resourceProgram).toBeNull();
  });

  test('that does not compile tells why at every access', () => {
    const unit = job({ id: 'a', requires: 'a.b ==' });
    for (let i = 0; i < 2; i++) {
      expect(() => unit.resourceProgram).toThrow(
        expect.objectContaining({ reason: 'syntax', message: 'syntax error in resource expression' }),
      );
    }
  });

  test('with broken imports is an error of that field', () => {
    expect(() => job({ id: 'a', requires: 'a.b', imports: 'import a' }).resourceProgram).toThrow(
      expect.objectContaining({
        field: 'imports',
        message: "unable to parse imports statement 'import a': expected exactly four or six tokens",
      }),
    );
  });
});

describe('siblings', () => {
  test('are JSON in unit files and a list in YAML', () => {
    const wanted = [dict({ id: 'b', n: 1n, depends: ['a'] })];
    expect(job({ siblings: '[{"id": "b", "n": 1, "depends": ["a"]}]' }).explicitSiblings).toEqual(wanted);
    expect(job({ siblings: wanted }).explicitSiblings).toEqual(wanted);
    expect(job({}).explicitSiblings).toEqual([]);
    expect(job({ siblings: '[]' }).explicitSiblings).toEqual([]);
  });

  test.each<PyValue>(['{"id": "b"}', '[1]', 'nonsense', '[1', 5n])('%o is refused', (siblings) => {
    expect(() => job({ id: 'a', siblings }).explicitSiblings).toThrow(
      expect.objectContaining({ name: 'UnitDefinitionError', field: 'siblings', unitId: 'a' }),
    );
  });

  test('inherit everything but siblings', () => {
    const origin = { source: 'f.pxu', firstLine: 3, lastLine: 5 };
    const parameters = dict({ x: '1' });
    const parent = job(
      { id: 'a-{x}', _siblings: '[]', siblings: null, plugin: 'shell' },
      { namespace: NS, origin, parameters },
    );
    const sibling = parent.withData(dict({ id: 'b-{x}', depends: ['a'] }));
    expect([...sibling.data]).toEqual([
      ['id', 'b-{x}'],
      ['plugin', 'shell'],
      ['depends', ['a']],
    ]);
    expect(sibling.id).toBe('com.example::b-1');
    expect(sibling.origin).toBe(origin);
    expect(sibling.checksum).not.toBe(parent.checksum);
    expect(parent.data.get('_siblings')).toBe('[]');
  });
});

test('setup jobs name what the manifest must say', () => {
  const setup = new SetupJob(dict({ requires_manifest: ['has_fan', dict({ ports: 4n }), 'x::thing'] }), {
    namespace: NS,
  });
  expect(setup.kind).toBe('job');
  expect(setup.jobClass).toBe('SetupJobUnit');
  expect([...setup.requiredManifests]).toEqual([
    ['com.example::has_fan', true],
    ['com.example::ports', 4n],
    ['x::thing', true],
  ]);
  expect(job({ requires_manifest: ['has_fan'] }).requiredManifests.size).toBe(0);
});
