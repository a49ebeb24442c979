import { appendFileSync, chmodSync, existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { parquetWriteFile } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { buildIndex } from '../../src/report/fleet/build-index-node.js';
import indexSource from '../../src/report/fleet/index-source-node.js';
import type { SourceReader } from '../../src/report/fleet/pool-node.js';
import { zip } from '../files/archives.js';
import { makeDirectory } from '../files/directories.js';
import { readRows } from './readers.js';
import { HOSTILE, log, sessionBytes } from './reports.js';

/** Reads in this thread, and counts what it reads. */
function reader(): SourceReader & { readonly sources: string[] } {
  const sources: string[] = [];
  return {
    threads: 2,
    sources,
    read(source) {
      sources.push(source.source.split('/').at(-1)!);
      return indexSource(source);
    },
    close: () => Promise.resolve(),
  };
}

const failing = sessionBytes({
  results: {
    'x::a': [
      { outcome: 'pass', execution_duration: 2.5, return_code: 0 },
      {
        outcome: 'fail',
        execution_duration: 3.5,
        return_code: 1,
        comments: 'odd',
        io_log: log('ok\nERROR: no\n'),
      },
    ],
    'x::b': [{ outcome: 'skip' }],
  },
  metadata: { title: 'first', app_blob: Buffer.from('{"testplan_id":"x::plan"}').toString('base64') },
});

function fleet() {
  return makeDirectory({
    'in/a.session/session': failing,
    'in/b.zip': zip({ 'b.session/session': sessionBytes({ results: { c: [{ outcome: 'crash' }] } }) }),
    'in/bad.tar': new Uint8Array(3000),
    'in/deep/empty.session/session': sessionBytes({}),
    'in/note.txt': 'no session',
  });
}

async function index(directory: string, output: string) {
  const used = reader();
  const totals = await buildIndex(['in'], join(directory, output), { cwd: directory, reader: used });
  return { totals, read: used.sources };
}

const rowsIn = (file: string) => readRows(readFileSync(file, 'utf8'));

describe('an index', () => {
  it('has a row for each result, for each empty session, and for what cannot be read', async () => {
    const directory = fleet();
    const { totals } = await index(directory, 'out.ndjson');
    expect(totals).toStrictEqual({ found: 4, skipped: 0, indexed: 4, failed: 1, rows: 6 });
    const rows = rowsIn(join(directory, 'out.ndjson'));
    expect(
      rows.map(({ source, job, status, error_code }) => [
        String(source).slice(directory.length),
        job,
        status,
        error_code,
      ]),
    ).toStrictEqual([
      ['/in/a.session', 'x::a', 'pass', null],
      ['/in/a.session', 'x::a', 'fail', null],
      ['/in/a.session', 'x::b', 'skip', null],
      ['/in/b.zip', 'c', 'fail', null],
      ['/in/bad.tar', null, null, expect.any(String)],
      ['/in/deep/empty.session', null, null, null],
    ]);
    expect(rows[1]).toMatchObject({
      session: 'first',
      test_plan: 'x::plan',
      version: 11,
      attempt: 2,
      is_last: true,
      outcome: 'fail',
      duration: 3.5,
      return_code: 1,
      first_failing_line: 'ERROR: no',
      comments: 'odd',
      source_rows: 3,
    });
    expect(rows[0]).toMatchObject({ is_last: false, first_failing_line: null });
  });

  it('is read by a reader of Parquet', async () => {
    const directory = fleet();
    await index(directory, 'out.parquet');
    await index(directory, 'out.ndjson');
    const file = await asyncBufferFromFile(join(directory, 'out.parquet'));
    const rows = await parquetReadObjects({ file });
    const numbers = ['saved_at', 'source_mtime', 'source_bytes', 'return_code'];
    const plain = rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          numbers.includes(name) && value !== null ? Number(value) : value,
        ]),
      ),
    );
    expect(plain).toEqual(rowsIn(join(directory, 'out.ndjson')));
    const { schema } = await parquetMetadataAsync(file);
    expect(
      schema.slice(1).map(({ name, type, converted_type }) => `${name} ${converted_type ?? type}`),
    ).toStrictEqual([
      'source UTF8',
      'session UTF8',
      'test_plan UTF8',
      'version INT32',
      'saved_at TIMESTAMP_MILLIS',
      'job UTF8',
      'attempt INT32',
      'is_last BOOLEAN',
      'status UTF8',
      'outcome UTF8',
      'duration DOUBLE',
      'return_code INT64',
      'first_failing_line UTF8',
      'comments UTF8',
      'problems INT32',
      'error_code UTF8',
      'error UTF8',
      'source_bytes INT64',
      'source_mtime TIMESTAMP_MILLIS',
      'source_rows INT32',
    ]);
    expect(existsSync(join(directory, 'out.parquet.unfinished.ndjson'))).toBe(false);
  });

  it.each(['out.ndjson', 'out.parquet'])(
    'skips what %s holds already, and takes up what has changed',
    async (output) => {
      const directory = fleet();
      await index(directory, output);
      const again = await index(directory, output);
      // What could not be read may be readable by now.
      expect(again).toMatchObject({ totals: { skipped: 3, indexed: 1, failed: 1 }, read: ['bad.tar'] });

      writeFileSync(
        join(directory, 'in/a.session/session'),
        sessionBytes({ results: { n: [{ outcome: 'pass' }] } }),
      );
      utimesSync(join(directory, 'in/a.session/session'), 1000, 1000);
      writeFileSync(join(directory, 'in/new.zip'), zip({ session: sessionBytes({}) }));
      const third = await index(directory, output);
      expect(third).toMatchObject({
        totals: { skipped: 2, indexed: 3 },
        read: ['a.session', 'bad.tar', 'new.zip'],
      });
      const file = join(directory, output);
      const rows = output.endsWith('.parquet')
        ? await parquetReadObjects({ file: await asyncBufferFromFile(file) })
        : rowsIn(file);
      const jobs = rows.filter(({ source }) => String(source).endsWith('a.session')).map(({ job }) => job);
      expect(jobs).toStrictEqual(['n']);
      expect(rows).toHaveLength(5);
    },
  );

  it('goes on where a run was broken off, at whichever byte', async () => {
    const whole = fleet();
    await index(whole, 'out.ndjson');
    const expected = rowsIn(join(whole, 'out.ndjson'));
    const bytes = readFileSync(join(whole, 'out.ndjson'));
    const file = join(whole, 'cut.ndjson');
    for (let size = 0; size < bytes.length; size += 97) {
      writeFileSync(file, bytes.subarray(0, size));
      await index(whole, 'cut.ndjson');
      const rows = rowsIn(file);
      expect(rows, `cut at ${size}`).toHaveLength(expected.length);
      expect(rows, `cut at ${size}`).toEqual(expect.arrayContaining([...expected]));
    }
  });

  it('takes the rows of a broken-off run into the Parquet file', async () => {
    const directory = fleet();
    await index(directory, 'all.ndjson');
    const lines = readFileSync(join(directory, 'all.ndjson'), 'utf8').split('\n');
    appendFileSync(
      join(directory, 'out.parquet.unfinished.ndjson'),
      `${lines.slice(0, 3).join('\n')}\n${lines[3]!.slice(0, 40)}`,
    );
    const { read } = await index(directory, 'out.parquet');
    expect(read).toStrictEqual(['b.zip', 'bad.tar', 'empty.session']);
    const rows = await parquetReadObjects({
      file: await asyncBufferFromFile(join(directory, 'out.parquet')),
    });
    expect(rows).toHaveLength(6);
  });

  it('finds archives of all kinds', async () => {
    const archive = readFileSync(new URL('../files/session.tar.xz', import.meta.url));
    const directory = makeDirectory({ 'in/a.tar.xz': archive, 'in/b.TXZ': archive, 'in/c.xz': archive });
    const { totals, read } = await index(directory, 'out.ndjson');
    expect(read).toStrictEqual(['a.tar.xz', 'b.TXZ']);
    expect(totals.failed).toBe(0);
  });

  it.each([
    ['out.parquet', 'PAR1 no, text'],
    ['out.ndjson', '{"mine": 1}\n'],
  ])('leaves alone what %s holds when it is no index', async (output, content) => {
    const directory = fleet();
    writeFileSync(join(directory, output), content);
    await expect(index(directory, output)).rejects.toThrow(/is there already and is no index/);
    expect(readFileSync(join(directory, output), 'utf8')).toBe(content);
  });

  it('leaves alone a Parquet file with other columns', async () => {
    const directory = fleet();
    await index(directory, 'out.parquet');
    const file = join(directory, 'other.parquet');
    await parquetWriteFile({ filename: file, columnData: [{ name: 'a', data: [1] }] });
    const bytes = readFileSync(file);
    await expect(index(directory, 'other.parquet')).rejects.toThrow(/it has other columns/);
    expect(readFileSync(file)).toStrictEqual(bytes);
  });

  it('takes an empty file for none', async () => {
    const directory = fleet();
    for (const output of ['out.parquet', 'out.ndjson']) {
      writeFileSync(join(directory, output), '');
      expect((await index(directory, output)).totals.rows).toBe(6);
    }
  });

  it('holds hostile text', async () => {
    const directory = makeDirectory({
      'in/x.session/session': sessionBytes({
        results: { [HOSTILE]: [{ outcome: 'fail', comments: HOSTILE, io_log: log(`${HOSTILE}\n`) }] },
        metadata: { title: HOSTILE },
      }),
    });
    await index(directory, 'out.parquet');
    const [row] = await parquetReadObjects({
      file: await asyncBufferFromFile(join(directory, 'out.parquet')),
    });
    expect(row!.job).toBe(HOSTILE.replaceAll(/[\ud800-\udfff]/g, '\ufffd'));
    expect(row!.comments).not.toMatch(/[\0-\x08\x1b\u202e]/);
  });

  it('goes on when a directory cannot be read, and says so', async () => {
    const directory = fleet();
    chmodSync(join(directory, 'in/deep'), 0);
    const errors: Error[] = [];
    const options = { cwd: directory, reader: reader(), onUnreadable: (error: Error) => errors.push(error) };
    const { found } = await buildIndex(['in'], join(directory, 'out.ndjson'), options);
    chmodSync(join(directory, 'in/deep'), 0o700);
    // Root reads everything.
    expect(found + errors.length).toBe(4);
    await expect(buildIndex(['nowhere'], join(directory, 'o.ndjson'), options)).rejects.toThrow('ENOENT');
  });

  it('gives an empty table for nothing', async () => {
    const directory = makeDirectory({ 'in/readme': '' });
    expect((await index(directory, 'out.parquet')).totals.found).toBe(0);
    const file = await asyncBufferFromFile(join(directory, 'out.parquet'));
    expect(await parquetReadObjects({ file })).toStrictEqual([]);
  });
});
