// Indexes generated archives with the built program: archives per second, peak memory, and the same again.
//
//   node bench/fleet.mjs [archives=5000] [directory]
//
// The directory, by default a temporary one that is removed afterwards, keeps the archives for the next time.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { Random } from './data/random.mjs';

const JOBS = 40;
/** One archive in so many is cut off. */
const BAD = 100;
const PERIOD_MS = 50;
const OUTCOMES = [
  'pass',
  'pass',
  'pass',
  'pass',
  'pass',
  'pass',
  'fail',
  'skip',
  'skipped-dependency',
  'crash',
];

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const count = Number(process.argv[2] ?? 5000);
const kept = process.argv[3];
const root = kept ?? mkdtempSync(join(tmpdir(), 'plainbox-fleet-'));
try {
  const size = await generate(join(root, 'archives'), count);
  console.log(
    `${count} archives of ${JOBS} jobs, ${megabytes(size)} MB, ${availableParallelism()} x ${cpus()[0].model}, Node ${process.version}`,
  );
  for (const extension of ['parquet', 'ndjson']) {
    const output = join(root, `fleet.${extension}`);
    rmSync(output, { force: true });
    report(extension, await index(output), output);
    report(`${extension} again`, await index(output), output);
  }
} finally {
  if (kept === undefined) rmSync(root, { recursive: true });
}

async function generate(directory, wanted) {
  let total = 0;
  for (let i = 0; i < wanted; i++) {
    const file = join(directory, String(i % 50), `submission-${i}.tar.gz`);
    if (!existsSync(file)) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, await archive(i));
    }
    total += statSync(file).size;
  }
  return total;
}

async function archive(number) {
  const random = new Random(`fleet ${number}`);
  const results = {};
  const files = [];
  for (let j = 0; j < JOBS; j++) {
    const id = `com.example.fleet::category-${j % 7}/job-${j}`;
    const outcome = random.pick(OUTCOMES);
    const lines = Array.from(
      { length: 5 + random.below(60) },
      (_, line) => `step ${line}: ${random.below(1e9)} ok\n`,
    );
    if (outcome === 'fail')
      lines.push(`ERROR: job ${j} of machine ${number} is ${random.below(1000)} too slow\n`);
    const records = lines.map((line) => [
      random.below(1000) / 1e4,
      'stdout',
      Buffer.from(line).toString('base64'),
    ]);
    const result = {
      outcome,
      comments: null,
      return_code: outcome === 'pass' ? 0 : 1,
      execution_duration: 0.5 + random.below(1e4) / 997,
    };
    if (j % 2 === 0) results[id] = [{ ...result, io_log: records }];
    else {
      const name = `io-logs/${id.replaceAll(/[^A-Za-z0-9_.-]/g, '_')}.record.gz`;
      files.push([name, gzipSync(records.map((record) => `${JSON.stringify(record)}\n`).join(''))]);
      results[id] = [{ ...result, io_log_filename: name }];
    }
  }
  const session = {
    desired_job_list: Object.keys(results),
    jobs: Object.fromEntries(Object.keys(results).map((id) => [id, 'f'.repeat(64)])),
    mandatory_job_list: [],
    metadata: {
      title: `machine ${number}`,
      flags: ['incomplete'],
      running_job_name: null,
      app_blob: Buffer.from('{"testplan_id":"com.example.fleet::all"}').toString('base64'),
      app_id: 'checkbox',
      custom_joblist: false,
      rejected_jobs: [],
      last_job_start_time: null,
      remaining_todo_jobs: false,
    },
    results,
    system_information: {},
  };
  files.push(['session', gzipSync(JSON.stringify({ session, version: 11 }))]);
  const tar = await packTar(
    files.map(([name, body]) => ({
      header: { name: `machine-${number}.session/${name}`, size: body.length, type: 'file' },
      body,
    })),
  );
  const bytes = gzipSync(tar);
  return number % BAD === BAD - 1 ? bytes.subarray(0, bytes.length / 2) : bytes;
}

/** Runs the program, watching its memory from outside. */
async function index(output) {
  const started = performance.now();
  const child = spawn(process.execPath, [program, 'index', join(root, 'archives'), '-o', output, '--json']);
  let text = '';
  child.stdout.on('data', (piece) => {
    text += piece;
  });
  child.stderr.pipe(process.stderr);
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, residentBytes(child.pid));
  }, PERIOD_MS);
  await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  return { seconds: (performance.now() - started) / 1000, peak, ...JSON.parse(text) };
}

/** The peak that Linux has noted; 0 elsewhere. */
function residentBytes(pid) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch (error) {
    // It has just ended, or there is no /proc.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return 0;
    throw error;
  }
}

function report(name, { seconds, peak, indexed, failed, skipped, rows }, output) {
  const speed = Math.round((indexed + skipped) / seconds);
  console.log(
    `${name}: ${seconds.toFixed(1)} s, ${speed} archives a second, peak ${megabytes(peak)} MB; ` +
      `${indexed} indexed, ${failed} unreadable, ${skipped} skipped, ${rows} rows, ${megabytes(statSync(output).size)} MB`,
  );
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
