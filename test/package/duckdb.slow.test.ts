/** The index of many sessions, as DuckDB reads it. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { forge, result } from '../cli/sessions.js';
import { HOSTILE } from '../report/reports.js';
import { here, run } from './run.js';

const project = inject('project');
const SESSIONS = 30;

let directory: string;

/** Runs the installed program; the index holds an unreadable session, so it exits with 1. */
async function index(output: string): Promise<void> {
  const program = join(project, 'node_modules/plainbox-session/dist/cli/main.js');
  const args = [program, 'index', 'sessions', '-o', output];
  await expect(run(process.execPath, args, directory)).rejects.toThrow('1 cannot be read');
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  return JSON.parse(await run(process.execPath, [here('duckdb-query.mjs'), sql], directory));
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plainbox-session-duckdb-'));
  const failure = result('fail', [['stdout', `ERROR: ${HOSTILE}\n`]], { return_code: 1, comments: HOSTILE });
  const sessions = Array.from({ length: SESSIONS }, (_, i) =>
    forge({
      metadata: { title: `machine ${i} ${HOSTILE}` },
      results: {
        'x::disk': [i % 3 === 0 ? failure : result('pass', [], { return_code: 0 })],
        'x::wifi': [result('skip', [], { execution_duration: null }), result('pass')],
      },
    }),
  );
  for (const [i, bytes] of [...sessions, new Uint8Array([1, 2, 3]), forge()].entries()) {
    await mkdir(join(directory, `sessions/${i}.session`), { recursive: true });
    await writeFile(join(directory, `sessions/${i}.session/session`), bytes);
  }
  await index('fleet.parquet');
  await index('fleet.ndjson');
});

afterAll(() => rm(directory, { recursive: true }));

it('has the types that are documented, all of them nullable, and none that Spark does not know', async () => {
  const columns = await query("describe select * from 'fleet.parquet'");
  expect(columns.map((column) => `${column.column_name} ${column.column_type} ${column.null}`)).toStrictEqual(
    [
      'source VARCHAR',
      'session VARCHAR',
      'test_plan VARCHAR',
      'version INTEGER',
      'saved_at TIMESTAMP',
      'job VARCHAR',
      'attempt INTEGER',
      'is_last BOOLEAN',
      'status VARCHAR',
      'outcome VARCHAR',
      'duration DOUBLE',
      'return_code BIGINT',
      'first_failing_line VARCHAR',
      'comments VARCHAR',
      'problems INTEGER',
      'error_code VARCHAR',
      'error VARCHAR',
      'source_bytes BIGINT',
      'source_mtime TIMESTAMP',
      'source_rows INTEGER',
    ].map((column) => `${column} YES`),
  );
  const stored = await query(
    "select distinct type, converted_type, logical_type from parquet_schema('fleet.parquet') where type is not null order by all",
  );
  expect(stored.map((one) => [one.type, one.converted_type ?? one.logical_type])).toStrictEqual([
    ['BOOLEAN', null],
    ['BYTE_ARRAY', 'UTF8'],
    ['DOUBLE', null],
    ['INT32', null],
    ['INT64', 'TIMESTAMP_MILLIS'],
    ['INT64', null],
  ]);
  const codecs = await query("select distinct compression from parquet_metadata('fleet.parquet')");
  expect(codecs).toStrictEqual([{ compression: 'SNAPPY' }]);
});

it('answers which job fails how often', async () => {
  const rows = await query(
    "select job, status, count(*)::int as runs, avg(duration) as seconds from 'fleet.parquet' " +
      'where is_last group by job, status order by all',
  );
  expect(rows).toStrictEqual([
    { job: 'x::disk', status: 'fail', runs: 10, seconds: 1.5 },
    { job: 'x::disk', status: 'pass', runs: 20, seconds: 1.5 },
    { job: 'x::wifi', status: 'pass', runs: 30, seconds: 1.5 },
  ]);
});

it('has a row for every result, every empty session and every unreadable one', async () => {
  const [counts] = await query(
    'select count(*)::int as rows, count(job)::int as results, count(return_code)::int as codes, ' +
      "count(duration)::int as durations, count(error_code)::int as errors, count(version)::int as versions from 'fleet.parquet'",
  );
  expect(counts).toStrictEqual({
    rows: 3 * SESSIONS + 2,
    results: 3 * SESSIONS,
    codes: SESSIONS,
    durations: 2 * SESSIONS,
    errors: 1,
    versions: 3 * SESSIONS + 1,
  });
});

it('says in Parquet what it says in lines of JSON', async () => {
  const times = 'replace (epoch_ms(saved_at) as saved_at, epoch_ms(source_mtime) as source_mtime)';
  const rows = await query(`select * ${times} from 'fleet.parquet'`);
  const lines = (await readFile(join(directory, 'fleet.ndjson'), 'utf8')).trimEnd().split('\n');
  const long = new Set(['saved_at', 'source_mtime', 'source_bytes', 'return_code']);
  const plain = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        long.has(name) && value !== null ? Number(value) : value,
      ]),
    ),
  );
  expect(plain).toEqual(lines.map((line) => JSON.parse(line)));
});

it('reads the lines of JSON as well', async () => {
  const [counts] = await query("select count(*)::int as rows from read_json('fleet.ndjson')");
  expect(counts).toStrictEqual({ rows: 3 * SESSIONS + 2 });
});

it('finds a session by its path', async () => {
  const source = join(directory, 'sessions/7.session');
  const found = await query(`select count(*)::int as rows from 'fleet.parquet' where source = '${source}'`);
  expect(found).toStrictEqual([{ rows: 3 }]);
});
