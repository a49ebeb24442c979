/** The example of spec `state.md` 12. */

import { beforeEach, describe, expect, test } from 'vitest';
import { IOLog } from '../../src/results/io-log.js';
import { MemoryJobResult } from '../../src/results/job-result.js';
import { ResumeDiscardQualifier } from '../../src/session/qualifiers.js';
import { SessionState } from '../../src/session/state.js';
import { Job } from '../../src/units/job.js';
import { DEMO } from '../units/demo-units.js';
import { idsOf, job, record, recordSignals, unitsOf } from './fixtures.js';

const DEVICES: readonly (readonly [stream: string, text: string])[] = [
  ['stdout', 'iface: eth0\n'],
  ['stdout', 'kind: eth\n'],
  ['stderr', 'warning\n'],
  ['stdout', '\n'],
  ['stdout', 'iface: wlan0\n'],
  ['stdout', 'kind: wifi\n'],
  ['stdout', '\n'],
  ['stdout', 'iface: eth1\n'],
  ['stdout', 'kind: eth\n'],
  ['stdout', 'mac: aa\n'],
];

const SUSPEND = 'com.canonical.certification::suspend/suspend_advanced_auto';

describe('a session with generated jobs', () => {
  let session: SessionState;
  let events: string[];

  beforeEach(() => {
    session = new SessionState(unitsOf(DEMO, 'com.example'));
    events = recordSignals(session);
    session.updateJobResult(
      job(session, 'com.example::net/devices'),
      new MemoryJobResult({
        outcome: 'pass',
        returnCode: 0,
        executionDuration: 0.25,
        ioLog: IOLog.from(DEVICES.map(([stream, text]) => record(text, stream))),
      }),
    );
  });

  test('the checksums of the definitions', () => {
    expect(
      new SessionState(unitsOf(DEMO, 'com.example')).unitList.map((unit) => [unit.id, unit.checksum]),
    ).toEqual([
      ['com.example::net', '9a40f270a4125a14925cdcb43ea2d8bc4d385b166632d1e02a447e394e5e3bdb'],
      ['com.example::net/devices', '0ea0eb935234ae2c22accef4b0e5c410b81ecf002ea49529c7215732c17731be'],
      ['com.example::net/link-{iface}', '4f8cf2156084896c53a3ea99fe46c5df0d2b425a0a285e34e9304044dd073ef5'],
      ['com.example::com-check', '02f8762f556b069948a33b6fc3a08f38b064fa3a72565cb3675d1bf45a4f59df'],
      ['com.example::net/manual', '014e34dae97612e74c22f6961604fd9fe4b2b8348b449514f555428b6d514119'],
    ]);
  });

  test('the generated jobs, each with its sibling', () => {
    const generated = session.jobList.slice(3);
    expect(generated.map((one) => [one.id, one.checksum, Object.fromEntries(one.parameters!)])).toEqual([
      [
        'com.example::net/link-eth0',
        'e5b15d031f4a44ec2581abf37eae7109c6e368edeea6276492523f122001c397',
        { iface: 'eth0', __index__: 1n },
      ],
      [
        'com.example::after-suspend-net/link-eth0',
        '5148d7fe6c7b9a960265558654e27faa009fc9958d597bfe3c6f357adb300616',
        { iface: 'eth0', __index__: 1n },
      ],
      [
        'com.example::net/link-eth1',
        '29ebae5604bb5dabcabe06fdf7d9303a3fc6db2f18f7b3034906ff37c9d60b45',
        { iface: 'eth1', __index__: 2n },
      ],
      [
        'com.example::after-suspend-net/link-eth1',
        'c46b82232359ef71bd1584cf5fbf2a9bf447a4eeef8a0472597ebd1c658b8088',
        { iface: 'eth1', __index__: 2n },
      ],
    ]);
  });

  test('the data of a sibling', () => {
    const { data } = job(session, 'com.example::after-suspend-net/link-eth0');
    expect(data.get('flags')).toBe('');
    expect(data.get('depends')).toEqual(['com.example::net/link-eth0', SUSPEND]);
    expect(data.get('_summary')).toBe('Link test of eth0 after suspend (S3)');
    expect(data.get('id')).toBe('after-suspend-net/link-eth0');
    expect(data.get('template-id')).toBe('com.example::net/link');
  });

  test('the signals', () => {
    const added = (id: string) => ['map', `unit+ com.example::${id}`, `job+ com.example::${id}`];
    expect(events).toEqual([
      'map',
      'result com.example::net/devices',
      ...added('net/link-eth0'),
      ...added('after-suspend-net/link-eth0'),
      ...added('net/link-eth1'),
      ...added('after-suspend-net/link-eth1'),
    ]);
  });

  test('the resources', () => {
    expect([...session.resourceMap.keys()]).toEqual(['com.example::net/devices']);
    const resources = session.resourceMap.get('com.example::net/devices')!;
    expect(resources.map((resource) => Object.fromEntries(resource))).toEqual([
      { iface: 'eth0', kind: 'eth' },
      { iface: 'wlan0', kind: 'wifi' },
      { iface: 'eth1', kind: 'eth', mac: 'aa' },
    ]);
  });

  test('the resumed state', () => {
    const link = job(session, 'com.example::net/link-eth0');
    session.updateJobResult(
      link,
      new MemoryJobResult({ outcome: 'fail', returnCode: 1, executionDuration: 1.5 }),
    );
    session.updateDesiredJobList([link, job(session, 'com.example::com-check')]);
    const kept = ['com.example::com-check', 'com.example::net/devices', 'com.example::net/link-eth0'];
    session.trimJobList(new ResumeDiscardQualifier(kept));

    expect(idsOf(session.jobList)).toBe(
      'com.example::net/devices com.example::com-check com.example::net/link-eth0',
    );
    expect(idsOf(session.unitList.filter((unit) => !(unit instanceof Job)))).toBe(
      'com.example::net com.example::net/link-{iface}',
    );
    expect(idsOf(session.runList)).toBe(
      'com.example::net/link-eth0 com.example::net/devices com.example::com-check',
    );
    for (const state of session.jobStateMap.values()) expect(state.readinessInhibitors).toEqual([]);
    expect([...session.jobStateMap.values()].map((state) => state.effectiveCategoryId)).toEqual([
      'com.canonical.plainbox::uncategorised',
      'com.canonical.plainbox::uncategorised',
      'com.example::net',
    ]);
    expect(events.slice(-9)).toEqual([
      'map',
      'job- com.example::net/manual',
      'unit- com.example::net/manual',
      'job- com.example::after-suspend-net/link-eth0',
      'unit- com.example::after-suspend-net/link-eth0',
      'job- com.example::net/link-eth1',
      'unit- com.example::net/link-eth1',
      'job- com.example::after-suspend-net/link-eth1',
      'unit- com.example::after-suspend-net/link-eth1',
    ]);
  });
});
