import { describe, expect, test } from 'vitest';
import type { PyValue } from '../../src/python/value.js';
import { acceptInstance } from '../../src/units/acceptance.js';
import type { Job } from '../../src/units/job.js';
import { loadUnits } from '../../src/units/load.js';
import { parseRecords } from '../../src/units/pxu.js';
import { Template } from '../../src/units/template.js';
import { DEMO } from './demo-units.js';

const OUTPUT = [
  'iface: eth0\n',
  'kind: eth\n',
  '\n',
  'iface: wlan0\n',
  'kind: wifi\n',
  '\n',
  'iface: eth1\n',
  'kind: eth\n',
  'mac: aa\n',
];

const { units } = loadUnits([{ name: 'demo.pxu', text: DEMO, namespace: 'com.example' }]);

test('the units of the file', () => {
  expect(units.map(({ id, checksum }) => [id, checksum])).toEqual([
    ['com.example::net', '9a40f270a4125a14925cdcb43ea2d8bc4d385b166632d1e02a447e394e5e3bdb'],
    ['com.example::net/devices', '0ea0eb935234ae2c22accef4b0e5c410b81ecf002ea49529c7215732c17731be'],
    ['com.example::net/link-{iface}', '4f8cf2156084896c53a3ea99fe46c5df0d2b425a0a285e34e9304044dd073ef5'],
    ['com.example::com-check', '02f8762f556b069948a33b6fc3a08f38b064fa3a72565cb3675d1bf45a4f59df'],
    ['com.example::net/manual', '014e34dae97612e74c22f6961604fd9fe4b2b8348b449514f555428b6d514119'],
  ]);
});

describe('the template', () => {
  const template = units[2] as Template;
  const { records } = parseRecords(OUTPUT, null);
  const instances = template.instantiate(records.map(({ data }) => data)) as Job[];

  test('belongs to the resource job', () => {
    expect(template).toBeInstanceOf(Template);
    expect(template.resourceId).toBe('com.example::net/devices');
    expect(template.templateId).toBe('com.example::net/link');
  });

  test('makes a valid job for each record that its filter accepts', () => {
    expect(instances.map(({ id, checksum }) => [id, checksum])).toEqual([
      ['com.example::net/link-eth0', 'e5b15d031f4a44ec2581abf37eae7109c6e368edeea6276492523f122001c397'],
      ['com.example::net/link-eth1', '29ebae5604bb5dabcabe06fdf7d9303a3fc6db2f18f7b3034906ff37c9d60b45'],
    ]);
    for (const instance of instances) {
      expect(acceptInstance(instance, { strict: false })).toEqual({ unit: instance, log: [] });
    }
  });

  test('whose fields have the parameters filled in', () => {
    const [first] = instances;
    expect(first?.command).toBe('check-link eth0\n\necho "done"');
    expect(first?.summary).toBe('Link test of eth0');
    expect(first?.categoryId).toBe('com.example::net');
    expect(first?.templateId).toBe('com.example::net/link');
    expect(first?.flags).toEqual(new Set(['also-after-suspend']));
  });

  test('and whose siblings carry the overrides in their checksum', () => {
    const suspend = 'com.canonical.certification::suspend/suspend_advanced_auto';
    const siblings = instances.map((instance) =>
      instance.withData(
        new Map<string, PyValue>([
          ['flags', ''],
          ['id', `after-suspend-${instance.partialId}`],
          ['_summary', `${instance.summary} after suspend (S3)`],
          ['depends', [instance.id, suspend]],
        ]),
      ),
    );
    expect(siblings.map(({ id, checksum }) => [id, checksum])).toEqual([
      [
        'com.example::after-suspend-net/link-eth0',
        '5148d7fe6c7b9a960265558654e27faa009fc9958d597bfe3c6f357adb300616',
      ],
      [
        'com.example::after-suspend-net/link-eth1',
        'c46b82232359ef71bd1584cf5fbf2a9bf447a4eeef8a0472597ebd1c658b8088',
      ],
    ]);
    expect(siblings[0]?.dependsIds).toEqual(['com.example::net/link-eth0', suspend]);
    expect(siblings[0]?.templateId).toBe('com.example::net/link');
  });
});
