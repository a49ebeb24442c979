/** Metadata, job states, manifest, signals: what a session holds besides its lists. */

import { describe, expect, test } from 'vitest';
import type { PyValue } from '../../src/python/value.js';
import { Manifest } from '../../src/session/manifest.js';
import { SessionMetaData } from '../../src/session/metadata.js';
import { Signal } from '../../src/session/signals.js';
import { result, sessionOf } from './fixtures.js';

describe('metadata', () => {
  test('defaults and text form', () => {
    const metadata = new SessionMetaData();
    expect({ ...metadata, appBlob: metadata.appBlob, appId: metadata.appId }).toEqual({
      title: null,
      flags: new Set(),
      runningJobName: null,
      customJoblist: false,
      rejectedJobs: [],
      lastJobStartTime: null,
      remainingTodoJobs: false,
      appBlob: new Uint8Array(),
      appId: null,
    });
    expect(String(metadata)).toBe(
      '<SessionMetaData title:None flags:set() running_job_name:None remaining_todo_jobs:False>',
    );
  });

  test('text form with values', () => {
    const metadata = new SessionMetaData();
    metadata.title = "it's";
    metadata.flags = new Set(['submitted', 'incomplete']);
    metadata.remainingTodoJobs = true;
    expect(String(metadata)).toBe(
      `<SessionMetaData title:"it's" flags:{'incomplete', 'submitted'} running_job_name:None remaining_todo_jobs:True>`,
    );
  });

  test('setters that check', () => {
    const metadata = new SessionMetaData();
    const set = (member: 'appBlob' | 'appId', value: unknown) => () => Reflect.set(metadata, member, value);
    expect(set('appBlob', 'x')).toThrow(new TypeError('app_blob must be either None or bytes'));
    expect(set('appId', 1)).toThrow(new TypeError('app_id must be either None or str'));
    metadata.appBlob = null;
    metadata.appId = 'app';
    expect([metadata.appBlob, metadata.appId]).toEqual([null, 'app']);
  });

  test('flags as booleans', () => {
    const metadata = new SessionMetaData();
    metadata.bootstrapping = true;
    metadata.settingUp = true;
    metadata.bootstrapping = false;
    expect([...metadata.flags]).toEqual(['setting_up']);
    expect([metadata.bootstrapping, metadata.settingUp]).toEqual([false, true]);
  });
});

describe('job state', () => {
  const stateOf = () => sessionOf('a').jobStateMap.get('a')!;

  test('overrides', () => {
    const state = stateOf();
    expect([state.effectiveCategoryId, state.effectiveCertificationStatus, state.effectiveAutoRetry]).toEqual(
      ['com.canonical.plainbox::uncategorised', 'non-blocker', 'unspecified'],
    );
    state.applyOverrides([
      ['category_id', 'net'],
      ['certification_status', 'blocker'],
      ['auto_retry', 'no'],
    ]);
    expect([state.effectiveCategoryId, state.effectiveCertificationStatus, state.effectiveAutoRetry]).toEqual(
      ['net', 'blocker', 'no'],
    );
  });

  test('an unknown override', () => {
    expect(() => stateOf().applyOverrides([['foo', 'x']])).toThrow(
      new TypeError("type object 'JobState' has no attribute 'effective_foo'"),
    );
  });

  test('an equal result changes nothing, a hollow one leaves the history alone', () => {
    const state = stateOf();
    const events: string[] = [];
    state.resultChanged.connect((old, current) => events.push(`${old} -> ${current}`));
    state.historyChanged.connect((old, current) => events.push(`${old.length} -> ${current.length}`));
    const pass = result('pass');
    state.result = pass;
    state.result = result('pass');
    expect(state.result).toBe(pass);
    state.result = result(null);
    expect(events).toEqual(['None -> pass', '0 -> 1', 'pass -> None']);
    expect(state.resultHistory).toEqual([pass]);
  });
});

describe('manifest', () => {
  test('an entry without answer is false', () => {
    const manifest = new Manifest(new Map([['ns::a', null]]));
    expect([manifest.get('ns::a'), manifest.get('toString')]).toEqual([null, false]);
  });

  test('merging and the text of the file', () => {
    const manifest = new Manifest(new Map([['ns::b', true]]));
    const merged = manifest.merge(
      new Map<string, PyValue>([
        ['ns::é', [1n, 2.0, new Map([['y', 'ü']]), []]],
        ['ns::a', 5n],
      ]),
    );
    expect(merged.toJson()).toBe(
      [
        '{',
        '  "ns::a": 5,',
        '  "ns::b": true,',
        '  "ns::\\u00e9": [',
        '    1,',
        '    2.0,',
        '    {',
        '      "y": "\\u00fc"',
        '    },',
        '    []',
        '  ]',
        '}',
      ].join('\n'),
    );
    expect(manifest.values.size).toBe(1);
    expect(new Manifest().toJson()).toBe('{}');
  });
});

describe('signals', () => {
  test('go to the listeners of this moment, in their order', () => {
    const signal = new Signal<[number]>();
    const heard: string[] = [];
    const disconnect = signal.connect((n) => {
      heard.push(`first ${n}`);
      disconnect();
      disconnectSecond();
      signal.connect((m) => heard.push(`late ${m}`));
    });
    const disconnectSecond = signal.connect((n) => heard.push(`second ${n}`));
    signal.fire(1);
    signal.fire(2);
    expect(heard).toEqual(['first 1', 'second 1', 'late 2']);
  });

  test('what a listener throws keeps the later ones from hearing', () => {
    const signal = new Signal();
    let heard = false;
    signal.connect(() => {
      throw new Error('no');
    });
    signal.connect(() => {
      heard = true;
    });
    expect(() => signal.fire()).toThrow('no');
    expect(heard).toBe(false);
  });
});
