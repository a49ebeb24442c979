import { describe, expect, it } from 'vitest';
import { IncompatibleJobError } from '../../src/errors.js';
import { MemoryFiles } from '../../src/files/memory.js';
import { openSync } from '../../src/formats/open.js';
import { resumeSync } from '../../src/formats/resume.js';
import { type MergedSession, type MergeSource, mergeSessions } from '../../src/report/index.js';
import { createUnit } from '../../src/units/kinds.js';
import { bytesOf, gzip } from '../results/records.js';
import { log, type SessionParts, sessionBytes } from './reports.js';

/** @param savedAt seconds since the epoch, written into the gzip header */
function source(
  name: string,
  parts: SessionParts,
  savedAt = 0,
  files: Record<string, Uint8Array> = {},
): MergeSource {
  const bytes = sessionBytes(parts);
  new DataView(bytes.buffer).setUint32(4, savedAt, true);
  return { name, session: openSync(bytes), files: new MemoryFiles(Object.entries(files)), location: '' };
}

const reopened = ({ session }: MergedSession) => openSync(session);

function outcomesOf(merged: MergedSession, id: string) {
  return reopened(merged)
    .results.get(id)!
    .map(({ outcome }) => outcome);
}

describe('merging sessions', () => {
  const run = (id: string, outcome: string, output = `${id} ${outcome}\n`): SessionParts => ({
    results: { [id]: [{ outcome, io_log: log(output), execution_duration: 1.5 }] },
  });

  it('unites jobs and results, the newest result last', async () => {
    const merged = await mergeSessions([
      source('new', { ...run('a', 'pass'), metadata: { title: 'second' }, desired: ['a', 'c'] }, 2000),
      source('old', { results: { ...run('a', 'fail').results, ...run('b', 'pass').results } }, 1000),
    ]);
    expect(merged.order).toStrictEqual(['old', 'new']);
    expect(outcomesOf(merged, 'a')).toStrictEqual(['fail', 'pass']);
    expect(outcomesOf(merged, 'b')).toStrictEqual(['pass']);
    const session = reopened(merged);
    expect(session.problems).toStrictEqual([]);
    expect(session.version).toBe(11);
    expect(session.metadata.title).toBe('second');
    expect(session.desiredJobList).toStrictEqual(['a', 'b', 'c']);
    expect(merged).toMatchObject({ jobs: 2, results: 3, shared: 0, notes: [] });
  });

  it('says where everything comes from', async () => {
    const merged = await mergeSessions([
      source('one', { ...run('a', 'fail'), metadata: { title: 'first' } }, 1000),
      source('two', run('a', 'pass'), 2000),
    ]);
    const { document } = reopened(merged);
    expect(document.parent!.get('merged_from')!.toJS()).toMatchObject([
      { name: 'one', saved_at: 1000, format_version: 11, metadata: { title: 'first' } },
      { name: 'two', saved_at: 2000 },
    ]);
    const results = document.get('results')!.get('a')!.toJS() as { merged_from: number[] }[];
    expect(results.map(({ merged_from }) => merged_from)).toStrictEqual([[0], [1]]);
  });

  it('keeps once what a session and its continuations share', async () => {
    const first = { outcome: 'fail', io_log: log('1\n'), execution_duration: 1.25 };
    const second = { outcome: 'pass', io_log: log('2\n'), execution_duration: 2.5 };
    const other = { outcome: 'crash', io_log: log('3\n'), execution_duration: 3.5 };
    const merged = await mergeSessions([
      source('begin', { results: { a: [first] } }, 1),
      source('continued', { results: { a: [first, second] } }, 2),
      source('fork', { results: { a: [first, other] } }, 3),
    ]);
    expect(outcomesOf(merged, 'a')).toStrictEqual(['fail', 'pass', 'crash']);
    expect(merged.shared).toBe(2);
    const results = reopened(merged).document.get('results')!.get('a')!.toJS() as { merged_from: number[] }[];
    expect(results.map(({ merged_from }) => merged_from)).toStrictEqual([[0, 1, 2], [1], [2]]);
  });

  it('takes logs on disk along, with the raw output beside them', async () => {
    const result = (name: string) => ({ results: { 'x/a': [{ outcome: 'pass', io_log_filename: name }] } });
    const files = (text: string) => ({
      'io-logs/x_a.record.gz': gzip(`[0.5,"stdout","${Buffer.from(text).toString('base64')}"]\n`),
      'io-logs/x_a.stdout': bytesOf(text),
      'io-logs/x_a.stderr': bytesOf(''),
    });
    const merged = await mergeSessions([
      source('one', result('io-logs/x_a.record.gz'), 1, files('one')),
      source('two', result('io-logs/x_a.record.gz'), 2, files('two')),
      source('copy of two', result('io-logs/x_a.record.gz'), 3, files('two')),
    ]);
    expect(merged.shared).toBe(1);
    expect(merged.files.map(({ name }) => name)).toStrictEqual([
      'io-logs/1/x_a.record.gz',
      'io-logs/1/x_a.stdout',
      'io-logs/1/x_a.stderr',
      'io-logs/2/x_a.record.gz',
      'io-logs/2/x_a.stdout',
      'io-logs/2/x_a.stderr',
    ]);
    const entries = await Promise.all(
      merged.files.map(async ({ name, read }) => [name, await read()] as const),
    );
    const around = new MemoryFiles(entries);
    const history = reopened(merged).results.get('x/a')!;
    const logs = history.map((one) =>
      Buffer.from(
        (one.readLog(around) as Iterable<{ data: Uint8Array }>)[Symbol.iterator]().next().value.data,
      ).toString(),
    );
    expect(logs).toStrictEqual(['one', 'two']);
  });

  it('gives jobs that want the same file name different ones', async () => {
    const results = {
      'a/b': [{ outcome: 'pass', io_log_filename: 'one.record.gz' }],
      a_b: [{ outcome: 'pass', io_log_filename: 'two.record.gz' }],
    };
    const merged = await mergeSessions([
      source('x', { results }, 1, { 'one.record.gz': gzip(''), 'two.record.gz': gzip('') }),
      source('y', {}, 2),
    ]);
    expect(merged.files.map(({ name }) => name)).toStrictEqual([
      'io-logs/1/a_b.record.gz',
      'io-logs/1.2/a_b.record.gz',
    ]);
  });

  it('is resumed by definitions that all sources share', async () => {
    const units = ['a', 'b'].map((id) =>
      createUnit(
        new Map([
          ['id', id],
          ['plugin', 'shell'],
          ['command', 'x'],
        ]),
      ),
    );
    const checksums = new Map(units.map((unit) => [unit.id!, unit.checksum]));
    const parts = (id: string, outcome: string) => source(id, run(id, outcome), 1);
    const merged = await mergeSessions([parts('a', 'fail'), parts('b', 'pass')]);
    expect(reopened(merged).jobs.size).toBe(2);
    const state = resumeSync(merged.session, { units, flags: ['ignore-job-checksums'] });
    expect([...checksums.keys()].map((id) => state.jobStateMap.get(id)!.result.outcome)).toStrictEqual([
      'fail',
      'pass',
    ]);
  });

  it('refuses different definitions of a job', async () => {
    const one = source('one', run('a', 'pass'), 1);
    const other = openSync(sessionBytes(run('a', 'pass'), (text) => text.replace('cccc', 'dddd')));
    await expect(mergeSessions([one, { ...one, session: other }])).rejects.toThrow(IncompatibleJobError);
  });

  it('tells what does not go in as it was', async () => {
    const collector = (payload: string) => ({
      inxi: { tool_version: '1', success: true, outputs: { payload, stderr: '' } },
    });
    const merged = await mergeSessions([
      source('one', { system_information: collector('old'), results: { a: [{ outcome: 'odd' }] } }),
      source('two', {
        system_information: collector('new'),
        results: { b: [{ outcome: 'pass', io_log_filename: 'gone' }] },
      }),
    ]);
    expect(merged.notes).toStrictEqual([
      'not every session says when it was saved: the order of the arguments counts, the last is newest',
      expect.stringContaining("one: Value for key 'outcome' not in allowed set"),
      "two: cannot access file: 'gone'",
      "one: what 'inxi' found out is replaced by that of two",
    ]);
    const { systemInformation, results } = reopened(merged);
    expect(systemInformation!.get('inxi')!.get('outputs')!.get('payload')!.string).toBe('new');
    expect(results.get('a')).toStrictEqual([]);
  });

  it('takes a job that one session rejected and another one ran for run', async () => {
    const merged = await mergeSessions([
      source('one', run('a', 'pass'), 1),
      source('two', { ...run('b', 'pass'), metadata: { rejected_jobs: ['a', 'z'] } }, 2),
    ]);
    expect(reopened(merged).metadata.rejectedJobs).toStrictEqual(['z']);
  });
});
