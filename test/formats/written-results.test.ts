/** Results that are written as the reference does, which are read at once, and others: nothing tells them apart. */

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openSync } from '../../src/formats/open.js';
import { MemoryJobResult } from '../../src/results/job-result.js';
import { kernels } from '../kernels.js';

const LOG = '[[0.5,"stdout","QQ=="],[0.25,"stderr","Qg=="]]';

/** Members of a result as JSON; the log is in memory or named. */
type Members = Readonly<Record<string, string>>;

const WRITTEN: Members = {
  comments: 'null',
  execution_duration: '0.5',
  io_log: LOG,
  outcome: '"pass"',
  return_code: '0',
};

const onDisk = (
  { io_log: _, outcome, return_code, ...head }: Members,
  name = 'io-logs/a.record.gz',
): Members => ({
  ...head,
  io_log_filename: JSON.stringify(name),
  outcome: outcome!,
  return_code: return_code!,
});

/** With a `separator` around everything, which the reference does not write. */
function textOf(members: Members, separator = ''): string {
  const pairs = Object.entries(members).map(
    ([key, value]) => `${separator}"${key}"${separator}:${separator}${value}`,
  );
  const result = `{${pairs.join(`${separator},`)}${separator}}`;
  return `{"session":{"desired_job_list":[],"jobs":{},"mandatory_job_list":[],"metadata":{"app_blob":null,"app_id":null,"flags":[],"running_job_name":null,"title":null},"results":{"a":[${result}]}},"version":4}`;
}

function read(text: string, kernel: (typeof kernels)[number]) {
  const { results, problems } = openSync(gzipSync(text), { kernel });
  const read = (results.get('a') ?? []).map((result) => ({
    type: result.type,
    outcome: result.outcome,
    comments: result.rawComments,
    returnCode: result.returnCode,
    duration: result.executionDuration,
    file: result.ioLogFilename,
    log: result instanceof MemoryJobResult ? [...result.ioLog] : null,
  }));
  return { read, problems: problems.map(({ message, code, path }) => ({ message, code, path })) };
}

/** Comments whose bytes and characters differ in number, brackets at every distance from the log. */
const comments = [
  ...['""', '"seen twice"', '"a\\"b"', '"\\u20ac"', '"[["', '"€[[{\\"x"', '"\u{1f600}{"', '1', '[]'],
  ...Array.from({ length: 40 }, (_, i) => `"${'€'.repeat(i >> 1)}${'é'.repeat(i & 1)}["`),
  ...Array.from({ length: 40 }, (_, i) => `"${'€'.repeat(i >> 1)}${'é'.repeat(i & 1)}{x"`),
];

const variants: Members[] = [
  WRITTEN,
  ...comments.map((comment) => ({ ...WRITTEN, comments: comment })),
  ...[
    'null',
    '1',
    '1.0',
    '-0.5',
    '1e5',
    '1e-05',
    '1.5e+16',
    '1E5',
    '-0.0',
    'NaN',
    '1e999',
    '"0.5"',
    'true',
  ].map((duration) => ({ ...WRITTEN, execution_duration: duration })),
  ...['null', '"fail"', '"odd"', '"p\\u0061ss"', '""', '0'].map((outcome) => ({ ...WRITTEN, outcome })),
  ...[
    'null',
    '-0',
    '-11',
    '1.0',
    '9007199254740993',
    '123456789012345',
    '1234567890123456',
    'true',
    '"0"',
  ].map((code) => ({ ...WRITTEN, return_code: code })),
  ...['[]', 'null', '{}', '[[0.5,"stdin","QQ=="]]', '[[0.5,"stdout","Q"]]', '[1]', '"x"'].map((log) => ({
    ...WRITTEN,
    io_log: log,
  })),
  { ...WRITTEN, another: '1' },
  { another: '1', ...WRITTEN },
  Object.fromEntries(Object.entries(WRITTEN).reverse()),
  Object.fromEntries(Object.entries(WRITTEN).slice(1)),
];

describe.each(kernels.map((kernel) => [kernel.name, kernel] as const))(
  'results read with %s',
  (_, kernel) => {
    it.each(variants)('%o', (members) => {
      for (const one of [members, onDisk(members), onDisk(members, 'é/€.gz'), onDisk(members, '')]) {
        const written = read(textOf(one), kernel);
        expect(written).toEqual(read(textOf(one, ' '), kernel));
        expect(written).toEqual(read(textOf(one), kernels[0]!));
      }
    });
  },
);
