import { describe, expect, test } from 'vitest';
import { UnitDefinitionError } from '../../src/errors.js';
import { IOLog } from '../../src/results/io-log.js';
import { DiskJobResult, MemoryJobResult } from '../../src/results/job-result.js';
import { ResumeDiscardQualifier } from '../../src/session/qualifiers.js';
import { SessionState } from '../../src/session/state.js';
import {
  desire,
  idsOf,
  inhibitors,
  job,
  present,
  recordSignals,
  result,
  sessionOf,
  unitsOf,
} from './fixtures.js';

const INSTANCES = `
id: res
plugin: resource
command: list

unit: template
template-resource: res
id: t-{name}
plugin: shell
command: test {name}
`;

function instances(...lines: string[]): SessionState {
  const session = new SessionState(unitsOf(INSTANCES));
  session.updateJobResult(job(session, 'res'), result('pass', ...lines));
  return session;
}

describe('construction', () => {
  test('of equal jobs the last one stays in the job list, the unit list keeps all', () => {
    const session = sessionOf('a', 'b', 'a');
    expect(idsOf(session.jobList)).toBe('b a');
    expect([...session.jobStateMap.keys()]).toEqual(['b', 'a']);
    expect(idsOf(session.unitList)).toBe('a b a');
  });

  test('different jobs of one id', () => {
    const build = () => sessionOf('a', 'a: user root');
    expect(build).toThrow(UnitDefinitionError);
    expect(build).toThrow("duplicate job id: 'a'");
  });

  test("the caller's list is not touched", () => {
    const units = unitsOf('id: a\nplugin: shell\nsiblings: [{"id": "b"}]');
    const session = new SessionState(units);
    session.addUnit(units[0]!);
    expect(idsOf(session.jobList)).toBe('a b');
    expect(units.length).toBe(1);
  });

  test('every job starts undesired, without result', () => {
    const state = sessionOf('a').jobStateMap.get('a')!;
    expect(state.readinessDescription).toBe('job cannot be started: undesired');
    expect([state.result.isHollow, state.resultHistory.length, state.attempts]).toEqual([true, 0, 3]);
  });
});

describe('adding and removing units', () => {
  test('a new job', () => {
    const session = sessionOf();
    const events = recordSignals(session);
    const [unit] = unitsOf('id: a\nplugin: shell');
    expect(session.addUnit(unit!)).toBe(unit);
    expect(events).toEqual(['map', 'unit+ a', 'job+ a']);
  });

  test('a known job is given back, another one of its id refused', () => {
    const session = new SessionState(unitsOf('id: a\nplugin: shell'));
    const events = recordSignals(session);
    expect(session.addUnit(unitsOf('id: a\nplugin: shell')[0]!)).toBe(session.jobList[0]);
    expect(() => session.addUnit(unitsOf('id: a\nplugin: manual')[0]!)).toThrow("duplicate job id: 'a'");
    expect(events).toEqual([]);
  });

  test('a unit of another kind', () => {
    const session = sessionOf();
    const events = recordSignals(session);
    session.addUnit(unitsOf('unit: category\nid: c')[0]!);
    expect(events).toEqual(['unit+ c']);
    expect(idsOf(session.unitList)).toBe('c');
  });

  test('removing a job', () => {
    const session = sessionOf('a', 'r: plugin resource');
    session.updateJobResult(job(session, 'a'), result('pass'));
    const events = recordSignals(session);
    session.removeUnit(job(session, 'a'));
    expect(events).toEqual(['unit- a', 'job- a', 'map']);
    expect([idsOf(session.unitList), idsOf(session.jobList), session.jobStateMap.size]).toEqual([
      'r',
      'r',
      1,
    ]);
  });

  test('what is on the run list or not there cannot be removed', () => {
    const session = sessionOf('a', 'b');
    desire(session, 'b a');
    expect(() => session.removeUnit(job(session, 'a'))).toThrow(
      'cannot remove jobs that are on the run list: a',
    );
    expect(() => session.removeUnit(unitsOf('id: x')[0]!)).toThrow(RangeError);
  });

  test('a removed template makes no more jobs', () => {
    const session = new SessionState(unitsOf(INSTANCES));
    session.removeUnit(session.unitList[1]!);
    session.updateJobResult(job(session, 'res'), result('pass', 'name: a\n'));
    expect(idsOf(session.jobList)).toBe('res');
  });

  test('a template is removed by one that equals it', () => {
    const session = new SessionState(unitsOf(INSTANCES));
    session.removeUnit(unitsOf(INSTANCES)[1]!);
    session.updateJobResult(job(session, 'res'), result('pass', 'name: a\n'));
    expect(idsOf(session.unitList)).toBe('res');
  });

  test('trimming what a qualifier designates', () => {
    const session = sessionOf('b', 'a', 'c');
    desire(session, 'b a');
    const events = recordSignals(session);
    expect(() => session.trimJobList(new ResumeDiscardQualifier(['c']))).toThrow(
      'cannot remove jobs that are on the run list: a, b',
    );
    session.trimJobList(new ResumeDiscardQualifier(['a', 'b', 'c']));
    expect(events).toEqual([]);
    session.trimJobList(new ResumeDiscardQualifier(['a', 'b', 'C']));
    expect(events).toEqual(['map', 'job- c', 'unit- c']);
    expect([idsOf(session.jobList), idsOf(session.unitList)]).toEqual(['b a', 'b a']);
  });
});

describe('presenting results', () => {
  test('signals fire for every result, the history grows for each that differs', () => {
    const session = sessionOf('a');
    const events = recordSignals(session);
    for (const outcome of ['fail', 'fail', 'pass', 'fail', null]) {
      session.updateJobResult(job(session, 'a'), result(outcome));
    }
    expect(events.length).toBe(10);
    const state = session.jobStateMap.get('a')!;
    expect(state.resultHistory.map(({ outcome }) => outcome)).toEqual(['fail', 'pass', 'fail']);
    expect(state.result.outcome).toBe(null);
  });

  test('a job that is not in the session', () => {
    expect(() => sessionOf().updateJobResult(sessionOf('a').jobList[0]!, result('pass'))).toThrow(
      "unknown job referenced: 'a'",
    );
  });

  test('a listener stops what it throws at', () => {
    const session = sessionOf('a');
    session.jobResultChanged.connect(() => {
      throw new Error('from the application');
    });
    expect(() => session.updateJobResult(job(session, 'a'), result('pass'))).toThrow('from the application');
  });

  test('a resource job without outcome did not run', () => {
    const session = new SessionState(unitsOf(INSTANCES));
    session.updateJobResult(job(session, 'res'), result(null));
    expect(session.resourceMap.size).toBe(0);
    session.updateJobResult(job(session, 'res'), result('pass', 'name: a\n'));
    session.updateJobResult(job(session, 'res'), result(null));
    expect(session.resourceMap.get('res')).toEqual([new Map([['name', 'a']])]);
  });

  test('the log of a result on disk is given beside it', () => {
    const session = new SessionState(unitsOf(INSTANCES));
    const onDisk = new DiskJobResult({ outcome: 'fail', ioLogFilename: 'io-logs/res.record.gz' });
    expect(() => session.updateJobResult(job(session, 'res'), onDisk)).toThrow(TypeError);
    const { ioLog: log } = result(null, 'name: a\n');
    session.updateJobResult(job(session, 'res'), onDisk, { log });
    expect(idsOf(session.jobList)).toBe('res t-a');
    session.updateJobResult(job(session, 't-a'), onDisk);
    expect(session.jobStateMap.get('t-a')!.result).toBe(onDisk);
  });

  test('no output is one empty resource, for which there are no instances', () => {
    const session = instances();
    expect(session.resourceMap.get('res')).toEqual([new Map()]);
    expect(idsOf(session.jobList)).toBe('res');
  });

  test('a syntax error keeps the records before it and is noted', () => {
    const session = instances('name: a\n', '\n', 'name: b\n', 'name: c\n');
    expect(idsOf(session.jobList)).toBe('res t-a');
    expect(session.log).toEqual([
      {
        level: 'WARNING',
        logger: 'plainbox.ctrl',
        message:
          'local script res returned invalid RFC822 data: Job has a duplicate key ' +
          "'name' with old value 'b\\n' and new value 'c\\n' (line 4)",
      },
    ]);
  });

  test('instances that are known are dropped, other ones of a known id refused', () => {
    const session = instances('name: a\n');
    session.updateJobResult(job(session, 'res'), result('pass', 'name: a\n', '\n', 'name: b\n'));
    expect(idsOf(session.jobList)).toBe('res t-a t-b');
    // The running number is part of the checksum.
    expect(() => instances('name: a\n', '\n', 'name: a\n')).toThrow("duplicate job id: 't-a'");
  });

  test('an instance that lacks a parameter is dropped, or invalid in a strict session', () => {
    const session = instances('other: a\n');
    expect(idsOf(session.jobList)).toBe('res');
    expect(session.log.map(({ message }) => message)).toEqual([
      'Ignoring t-{name} with missing template parameter name',
    ]);
    const strict = new SessionState(unitsOf(INSTANCES));
    strict.metadata.flags.add('strict_template_expansion');
    strict.updateJobResult(job(strict, 'res'), result('pass', 'other: a\n'));
    expect(strict.jobList[1]!.id).toBe('t-MISSING_PARAM_1');
    expect(strict.jobList[1]!.jobClass).toBe('InvalidJob');
  });
});

describe('parsing resources', () => {
  const resources = (...lines: string[]) =>
    instances(...lines)
      .resourceMap.get('res')!
      .map((resource) => Object.fromEntries(resource));

  test('each record is one line', () => {
    expect(resources('a: b\n', 'c: d\n')).toEqual([{ a: 'b', c: 'd' }]);
    expect(resources('a: b\nc: d\n')).toEqual([{ a: 'b\nc: d' }]);
    expect(resources('a: ', 'b\n')).toEqual([{}]);
  });

  test('records are decoded one by one', () => {
    const session = new SessionState(unitsOf(INSTANCES));
    const bytes = new TextEncoder().encode('a: é\n');
    const records = [bytes.slice(0, 4), bytes.slice(4)].map((data) => ({ delay: 0, stream: 'stdout', data }));
    const log = new MemoryJobResult({ outcome: 'pass', ioLog: IOLog.from(records.slice(0, 1)) });
    session.updateJobResult(job(session, 'res'), log);
    expect(session.resourceMap.get('res')).toEqual([new Map([['a', '\ufffd']])]);
  });
});

describe('desired and mandatory jobs', () => {
  test('mandatory jobs come first, unless left out', () => {
    const session = sessionOf('a', 'm');
    session.updateMandatoryJobList([job(session, 'm')]);
    desire(session, 'a');
    expect([idsOf(session.desiredJobList), idsOf(session.runList)]).toEqual(['m a', 'm a']);
    session.updateDesiredJobList(session.desiredJobList, { includeMandatory: false });
    expect(idsOf(session.desiredJobList)).toBe('m a');
  });

  test('a definition that cannot be read leaves the lists as they were', () => {
    const session = sessionOf('a', 'b: requires x.y == 1; imports nonsense');
    desire(session, 'a');
    expect(() => desire(session, 'b')).toThrow(UnitDefinitionError);
    expect(idsOf(session.runList)).toBe('a');
  });

  test('readiness can wait until the last of many results', () => {
    const session = sessionOf('a', 'b: depends a');
    desire(session, 'b');
    session.updateJobResult(job(session, 'a'), result('pass'), { recompute: false });
    expect(inhibitors(session, 'b')).toEqual(["required dependency 'a' did not run yet"]);
    session.updateReadiness();
    expect(inhibitors(session, 'b')).toEqual([]);
    present(session, { a: 'fail' });
    expect(inhibitors(session, 'b')).toEqual(["required dependency 'a' has failed"]);
  });
});
