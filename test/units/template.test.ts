import { describe, expect, test } from 'vitest';
import type { PyDict, PyValue } from '../../src/python/value.js';
import { checksumText } from '../../src/units/checksum.js';
import { Job } from '../../src/units/job.js';
import type { Resource } from '../../src/units/languages/expression.js';
import { Template } from '../../src/units/template.js';
import type { UnitOptions } from '../../src/units/unit.js';

const NS = 'com.example';
const template = (members: Record<string, PyValue>, options: UnitOptions = { namespace: NS }) =>
  new Template(new Map(Object.entries(members)), options);
const record = (members: Record<string, string>): Resource => new Map(Object.entries(members));

/** Spec units.md 6.6. */
const EXAMPLE = {
  unit: 'template',
  'template-resource': 'dev',
  'template-filter': "dev.k == 'a'",
  id: 't-{name}',
  plugin: 'shell',
  command: 'c {path}',
  _summary: 'S {name}',
  estimated_duration: '1',
};
const RECORDS = [
  record({ k: 'a', name: 'n1', path: '/p', unused: 'u' }),
  record({ k: 'b', name: 'n2', path: '/p2' }),
  record({ k: 'a', name: 'n3', path: '/p3' }),
];

describe('the examples of spec units.md 6.6', () => {
  test('format strings', () => {
    const [first, second, ...rest] = template(EXAMPLE).instantiate(RECORDS);
    expect(rest).toEqual([]);
    expect(first).toBeInstanceOf(Job);
    expect(first?.id).toBe('com.example::t-n1');
    expect([...first!.parameters!]).toEqual([
      ['name', 'n1'],
      ['path', '/p'],
      ['__index__', 1n],
    ]);
    expect(checksumText(first!.data, first!.namespace, first!.parameters)).toBe(
      '{"_summary":"S {name}","command":"c {path}","estimated_duration":"1","id":"t-{name}","plugin":"shell",' +
        '"template-engine":"default","template-id":"com.example::t-name","unit":"job","namespace":"com.example"}' +
        '{"__index__":1,"name":"n1","path":"/p"}',
    );
    expect(first?.checksum).toBe('08ed8f2ca798357defba1ac61aa48f9411af3e714be1ae78aec73727e9417f0b');
    expect(second?.id).toBe('com.example::t-n3');
    expect(second?.parameters?.get('__index__')).toBe(2n);
    expect(second?.checksum).toBe('4d0026e5b6ab5a89c30b86c43517543b0e04a5b53a615cc71e9c189c72bff620');
  });

  test('Jinja', () => {
    const jinja = template({
      ...EXAMPLE,
      'template-engine': 'jinja2',
      id: 't-{{ name }}',
      command: 'c {{ path }} {% if x %}X{% endif %}',
      _summary: 'S {{ name|upper }}\n',
    });
    const [instance] = jinja.instantiate(RECORDS.slice(0, 1));
    const job = instance as Job;
    expect(job.id).toBe('com.example::t-n1');
    expect(job.templateId).toBe('com.example::t-name');
    expect(job.summary).toBe('S N1');
    expect(job.command).toBe('c /p ');
    expect(job.checksum).toBe('a057060e28d09e5376ba75f94edebb50c448d1232be393cb642631f4b40926c5');
  });
});

describe('identity', () => {
  test.each([
    ['x {n}/{m}_y.z:w', 'com.example::xn/m_y.z:w'],
    ['t-{{ name }}', 'com.example::t-name'],
    ['a\\b é', 'com.example::a\\b'],
  ])('template id of %j', (id, templateId) => {
    expect(template({ id }).templateId).toBe(templateId);
  });

  test('an explicit template id wins', () => {
    expect(template({ id: 'a-{x}', 'template-id': 'b' }).templateId).toBe('com.example::b');
    expect(template({ id: 'a-{x}', 'template-id': 'b' }, {}).templateId).toBe('b');
    expect(template({}).templateId).toBeNull();
  });

  test.each<[Record<string, PyValue>, string | null]>([
    [{ 'template-resource': 'dev' }, 'com.example::dev'],
    [{ 'template-resource': 'org::dev' }, 'org::dev'],
    [{ 'template-resource': 'd', 'template-imports': 'from org import net/dev as d' }, 'org::net/dev'],
    [{ 'template-resource': 'x::d', 'template-imports': ['from org import dev as d'] }, 'org::dev'],
    [{}, null],
  ])('resource id of %j', (members, id) => {
    expect(template(members).resourceId).toBe(id);
  });

  test('fields of the template itself are not filled in', () => {
    expect(template({ ...EXAMPLE, 'template-engine': 'jinja2' }).text('command')).toBe('c {path}');
  });
});

describe('instances', () => {
  const parametersOf = (members: Record<string, PyValue>, resource: Record<string, string>) => {
    const [instance] = template({ id: 'i-{a}', ...members }).instantiate([record(resource)]);
    return Object.fromEntries(instance!.parameters as PyDict);
  };

  test('get only the parameters that their data uses', () => {
    expect(
      parametersOf(
        { depends: ['{b}'], x: new Map([['{c}', '{d}']]) },
        { d: '4', c: '3', b: '2', a: '1', e: '5' },
      ),
    ).toEqual({
      a: '1',
      b: '2',
      c: '3',
      __index__: 1n,
    });
    expect(parametersOf({ x: '{b.upper}' }, { a: '1', b: '2' })).toEqual({ a: '1', __index__: 1n });
    expect(parametersOf({ x: '{__index__}' }, { a: '1', __index__: 'mine' })).toEqual({
      a: '1',
      __index__: 1n,
    });
  });

  test('drop the fields of the template, keep the rest in order', () => {
    const [instance] = template({ ...EXAMPLE, 'template-summary': 'x' }).instantiate(RECORDS);
    expect([...instance!.data.keys()]).toEqual([
      'unit',
      'id',
      'plugin',
      'command',
      '_summary',
      'estimated_duration',
      'template-engine',
      'template-id',
    ]);
  });

  test('keep origin and namespace', () => {
    const origin = { source: 'f.pxu', firstLine: 1, lastLine: 9 };
    const [instance] = template(EXAMPLE, { namespace: NS, origin }).instantiate(RECORDS);
    expect(instance?.origin).toBe(origin);
    expect(instance?.namespace).toBe(NS);
  });

  test.each(['category', 'unit'])('can be of kind %s', (kind) => {
    const [instance] = template({ id: 'c-{a}', 'template-unit': kind }).instantiate([record({ a: '1' })]);
    expect(instance?.kind).toBe(kind);
    expect(instance?.data.get('unit')).toBe(kind);
  });

  test.each([
    'setup job',
    'test plan',
    'manifest entry',
    'exporter',
    'packaging meta-data',
    'template',
    'nonsense',
  ])('cannot be of kind %s', (kind) => {
    const make = () => template({ id: 'c-{a}', 'template-unit': kind }).instantiate([record({ a: '1' })]);
    expect(make).toThrow(
      expect.objectContaining({ code: 'unit-kind', field: 'template-unit', unitId: 'c-{a}' }),
    );
  });

  test('see only the environment that the caller gives', () => {
    const environment = {
      checkbox: new Map([['A', 'a']]),
      system: new Map([['B', 'b']]),
      onUbuntuCore: true,
    };
    const command =
      '{{ __checkbox_env__["A"] }} {{ __system_env__.get("B") }} {{ __system_env__.get("PATH", "none") }} ' +
      '{% if __on_ubuntucore__ %}core{% endif %}';
    const jinja = template({ id: 'j-{{ a }}', 'template-engine': 'jinja2', command }, { environment });
    const [instance] = jinja.instantiate([record({ a: '1' })]);
    expect((instance as Job).command).toBe('a b none core');
  });
});

describe('filter (spec units.md 6.3)', () => {
  const accepted = (filter: PyValue, imports: PyValue = null, resource = 'dev') =>
    template({
      id: 'i-{name}',
      'template-resource': resource,
      'template-filter': filter,
      'template-imports': imports,
    })
      .instantiate(RECORDS)
      .map((instance) => instance.id);

  test('lets pass what all its lines accept', () => {
    expect(accepted("dev.k == 'a'\ndev.name != 'n1'")).toEqual(['com.example::i-n3']);
    expect(accepted(["dev.k == 'b'"])).toEqual(['com.example::i-n2']);
    expect(accepted("other.k == 'a'")).toEqual([]);
    expect(accepted(null)).toHaveLength(3);
  });

  test('knows the aliases of imports in every line and in both halves', () => {
    const imports = 'from org.other import net/dev as d';
    expect(accepted("d.k == 'a'\nd.name == 'n3'", imports, 'd')).toEqual(['com.example::i-n3']);
    expect(accepted("d.k == 'b' or d.name == 'n1'", imports, 'd')).toEqual([
      'com.example::i-n1',
      'com.example::i-n2',
    ]);
  });

  test('that does not compile is an error of the template, records or not', () => {
    const broken = template({ id: 'i-{a}', 'template-resource': 'dev', 'template-filter': 'dev.k ==' });
    expect(() => broken.instantiate([])).toThrow(
      expect.objectContaining({ name: 'UnitDefinitionError', field: 'template-filter', unitId: 'i-{a}' }),
    );
  });
});

describe('broken patterns', () => {
  test.each(['x { y', 'x } y'])('%j is an error at once', (command) => {
    expect(() => template({ id: 'i-{a}', command }).instantiate([record({ a: '1' })])).toThrow(
      expect.objectContaining({ name: 'UnitDefinitionError', field: 'command', unitId: 'i-{a}' }),
    );
  });
});
