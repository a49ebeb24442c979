/** Documents with very many faults: the first 10,000 are told, and nobody reads on. */

import { describe, expect, it } from 'vitest';
import type { DormantSession } from '../../src/formats/dormant-session.js';
import { openSync } from '../../src/formats/open.js';
import { salvage } from '../../src/formats/salvage.js';
import { writePyJson } from '../../src/python/json.js';
import { attemptsOf } from '../../src/report/attempts.js';
import { dormant, result } from './documents.js';

const MOST = 10_000;
const zeros = (count: number) => new Array<number>(count).fill(0);
const textOf = ({ document }: DormantSession) =>
  new TextEncoder().encode(writePyJson(document.parent!.toPython(), { ascii: false, sortKeys: true }));
const GOOD = result('pass', ['stdout', 'x']);

describe('a session with very many faults', () => {
  it('has 10,000 problems and one more', () => {
    const { problems } = dormant({ version: 8, results: { a: zeros(20_000), b: zeros(20_000) } });
    expect(problems).toHaveLength(MOST + 1);
    expect(problems.at(-2)?.path).toBe('$.session.results.a[9999]');
    expect(problems.at(-1)).toMatchObject({
      code: 'more-problems',
      message: 'more than 10000 problems: the others are not told',
      path: '$.session.results.a[10000]',
    });
    const exact = dormant({ version: 8, results: { a: zeros(MOST) } }).problems;
    expect(exact).toHaveLength(MOST);
    expect(exact.at(-1)?.code).toBe('wrong-type');
  });

  it('is told so whichever part they are in', () => {
    const jobs = Object.fromEntries(zeros(20_000).map((_, i) => [`${i}`, 0]));
    for (const more of [
      { jobs },
      { desired_job_list: zeros(20_000) },
      { mandatory_job_list: zeros(6_000), desired_job_list: zeros(6_000) },
      { system_information: jobs },
    ]) {
      const { problems } = dormant({ version: 8, more });
      expect(problems).toHaveLength(MOST + 1);
      expect(problems.at(-1)?.code).toBe('more-problems');
    }
  });

  it('gives what stands before them, and other histories', () => {
    const session = dormant({ version: 8, results: { a: [GOOD, ...zeros(20_000), GOOD], b: [0, GOOD] } });
    expect(session.results.get('a')).toHaveLength(1);
    expect(session.results.get('b')).toHaveLength(1);
    expect(attemptsOf(session, 'a')).toHaveLength(1);
  });

  it('has the log that they cut short', () => {
    const record = (GOOD.io_log as unknown[])[0];
    const log = { ...GOOD, io_log: [record, ...zeros(20_000), record] };
    const session = dormant({ version: 8, results: { a: [log] } });
    expect(session.results.get('a')?.[0]).toMatchObject({ ioLog: { length: 1 } });
    expect(session.problems).toHaveLength(MOST + 1);
    const salvaged = openSync(salvage(textOf(session)).session!);
    expect(salvaged.results.get('a')?.[0]).toMatchObject({ ioLog: { length: 1 } });
    expect(salvaged.problems).toEqual([]);
  });
});
