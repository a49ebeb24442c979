import { describe, expect, it } from 'vitest';
import { diffSessions, type SessionDiff } from '../../src/report/index.js';
import { reportOf, type SessionParts } from './reports.js';

async function diff(before: SessionParts, after: SessionParts, slowerRatio?: number): Promise<SessionDiff> {
  return diffSessions(await reportOf(before), await reportOf(after), { slowerRatio });
}

const outcomes = (map: Record<string, string>): SessionParts => ({
  results: Object.fromEntries(Object.entries(map).map(([id, outcome]) => [id, [{ outcome }]])),
});

const took = (seconds: number): SessionParts => ({
  results: { a: [{ outcome: 'pass', execution_duration: seconds }] },
});

const collector = (payload: unknown, tool_version = '1'): SessionParts => ({
  system_information: { inxi: { tool_version, success: true, outputs: { payload, stderr: '' } } },
});

describe('the difference of two sessions', () => {
  it('lists changed outcomes, the worse ones first', async () => {
    const { changed, isWorse } = await diff(
      outcomes({ better: 'fail', other: 'skip', worse: 'pass', same: 'pass' }),
      outcomes({ better: 'pass', other: 'undecided', worse: 'crash', same: 'pass' }),
    );
    expect(changed.map(({ after, verdict }) => [after.id, verdict])).toStrictEqual([
      ['worse', 'worse'],
      ['other', 'other'],
      ['better', 'better'],
    ]);
    expect(isWorse).toBe(true);
  });

  it.each([
    ['pass', 'skipped-resource', 'worse'],
    ['fail', 'crash', 'worse'],
    ['skip', 'fail', 'worse'],
    ['crash', 'fail', 'better'],
    ['undecided', 'pass', 'better'],
    ['skip', 'not-supported', 'other'],
  ])('%s -> %s is %s', async (before, after, verdict) => {
    const { changed, isWorse } = await diff(outcomes({ a: before }), outcomes({ a: after }));
    expect(changed[0]!.verdict).toBe(verdict);
    expect(isWorse).toBe(verdict === 'worse');
  });

  it('takes a job that did not run any more for worse', async () => {
    const { changed, isWorse } = await diff(outcomes({ a: 'pass' }), { desired: ['a'] });
    expect(changed).toMatchObject([{ verdict: 'worse', after: { outcome: null } }]);
    expect(isWorse).toBe(true);
  });

  it('tells new and gone jobs; a new failure is worse, a gone job is not', async () => {
    const passed = await diff(outcomes({ a: 'pass', gone: 'pass' }), outcomes({ a: 'pass', new: 'pass' }));
    expect(passed.added.map(({ id }) => id)).toStrictEqual(['new']);
    expect(passed.gone.map(({ id }) => id)).toStrictEqual(['gone']);
    expect(passed.isWorse).toBe(false);
    expect((await diff(outcomes({}), outcomes({ new: 'fail' }))).isWorse).toBe(true);
  });

  it('tells slower jobs by ratio, beyond the noise', async () => {
    const { slower, isWorse } = await diff(took(2), took(6));
    expect(slower).toMatchObject([{ before: 2, after: 6, ratio: 3 }]);
    expect(isWorse).toBe(true);
    expect((await diff(took(2), took(6), 4)).slower).toStrictEqual([]);
    expect((await diff(took(0.1), took(0.9))).slower).toStrictEqual([]);
    expect((await diff(took(0), took(9))).slower).toStrictEqual([]);
  });

  it('tells how the machines differ, fact by fact', async () => {
    const { environment, isWorse } = await diff(
      collector({ kernel: '6.1', same: [1, 2], disks: [{ name: 'sda' }], ram: 8 }),
      collector(
        { kernel: '6.2', same: [1, 2], disks: [{ name: 'sdb' }, { name: 'sdc' }], gpu: null, ram: '8' },
        '2',
      ),
    );
    expect(environment).toStrictEqual([
      {
        collector: 'inxi',
        more: 0,
        differences: [
          { place: 'tool_version', before: '1', after: '2' },
          { place: 'outputs.payload.kernel', before: '6.1', after: '6.2' },
          { place: 'outputs.payload.disks[0].name', before: 'sda', after: 'sdb' },
          { place: 'outputs.payload.disks[1]', before: undefined, after: '{ 1 member }' },
          { place: 'outputs.payload.ram', before: '8', after: '8' },
          { place: 'outputs.payload.gpu', before: undefined, after: 'None' },
        ],
      },
    ]);
    expect(isWorse).toBe(false);
  });

  it('counts what it does not list', async () => {
    const lines = (word: string) => collector(Array.from({ length: 1000 }, (_, i) => `${word} ${i}`));
    const [journal] = (await diff(lines('a'), lines('b'))).environment;
    expect([journal!.differences.length, journal!.more]).toStrictEqual([50, 950]);
  });

  it('of a session to itself is nothing', async () => {
    const parts = { ...collector([1, { a: 2 }]), ...outcomes({ a: 'fail' }) };
    expect(await diff(parts, parts)).toStrictEqual({
      changed: [],
      added: [],
      gone: [],
      slower: [],
      environment: [],
      isWorse: false,
    });
  });
});
