import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { zip } from '../files/archives.js';
import { makeDirectory } from '../files/directories.js';
import { SAMPLE } from './cli.js';
import { forge, result } from './sessions.js';

const PROGRAM = new URL('../../dist/cli/main.js', import.meta.url).pathname;
if (!existsSync(PROGRAM)) throw new Error('the program is not built: npm run build');

// Worker threads need the built program.
describe('index', () => {
  it('reads archives in worker threads, and exits with 1 when one of them is bad', async () => {
    const archives = Array.from({ length: 40 }, (_, i) => {
      const outcome = i % 4 === 0 ? 'fail' : 'pass';
      return [
        `${String(i).padStart(2, '0')}.zip`,
        zip({ 'x.session/session': forge({ results: { job: [result(outcome)] } }) }),
      ];
    });
    const directory = makeDirectory({
      ...Object.fromEntries(archives),
      'bad.zip': new Uint8Array([0x50, 0x4b, 3, 4]),
    });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [PROGRAM, 'index', directory, SAMPLE, '-o', join(directory, 'fleet.parquet')],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toStrictEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(/fleet\.parquet: 42 sessions indexed, 52 rows, 1 cannot be read\n$/);
    const rows = await parquetReadObjects({
      file: await asyncBufferFromFile(join(directory, 'fleet.parquet')),
    });
    expect(rows).toHaveLength(52);
    expect(rows.filter(({ job, status: verdict }) => job === 'job' && verdict === 'fail')).toHaveLength(10);
    expect(rows.filter(({ error_code }) => error_code === 'bad-archive')).toHaveLength(1);
    expect(rows.find(({ job }) => job === 'com.example.laptop::memory/bandwidth')).toMatchObject({
      first_failing_line: 'FAIL triad: 1920 MB/s is below 8000 MB/s',
    });
  });

  it('sums up in JSON', () => {
    const directory = makeDirectory();
    const args = [PROGRAM, 'index', SAMPLE, '-o', join(directory, 'fleet.ndjson'), '--json'];
    const run = () => JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
    const totals = { schema: 1, operation: 'index', status: 'ok', found: 1, failed: 0 };
    expect(run()).toStrictEqual({ ...totals, skipped: 0, indexed: 1, rows: 11 });
    expect(run()).toStrictEqual({ ...totals, skipped: 1, indexed: 0, rows: 0 });
    expect(readFileSync(join(directory, 'fleet.ndjson'), 'utf8').trimEnd().split('\n')).toHaveLength(11);
  });
});
