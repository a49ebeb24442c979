/**
 * What a suspend makes of a document that was resumed: the same document, but for what the format does not keep
 * (spec `resume.md` 10, `format.md` 2 and 3). Every rule that changes something is named.
 */

import { posix } from 'node:path';
import { pyEquals } from '../../src/python/equality.js';
import { parsePyFloat } from '../../src/python/float.js';
import { isPyDict, isPyList, type PyDict, type PyValue } from '../../src/python/value.js';
import type { SessionState } from '../../src/session/state.js';

export interface AsWritten {
  readonly document: PyDict;
  readonly rules: ReadonlySet<string>;
}

const METADATA_KEYS: readonly (readonly [key: string, since: number])[] = [
  ['app_blob', 2],
  ['app_id', 3],
  ['custom_joblist', 6],
  ['flags', 1],
  ['last_job_start_time', 7],
  ['rejected_jobs', 6],
  ['remaining_todo_jobs', 11],
  ['running_job_name', 1],
  ['title', 1],
];
const HOLLOW = new Map<string, PyValue>([
  ['comments', null],
  ['execution_duration', null],
  ['io_log', []],
  ['outcome', null],
  ['return_code', null],
]);

export function asWritten(
  document: PyDict,
  session: SessionState,
  { location, flags }: { readonly location: string | null; readonly flags: readonly string[] | null },
): AsWritten {
  const rules = new Set<string>();
  const version = Number(document.get('version'));
  const stored = document.get('session') as PyDict;
  /** `after`, and the rule is noted if that is something else than `before`. */
  const apply = <T extends PyValue>(rule: string, before: PyValue | undefined, after: T): T => {
    if (before === undefined || !sameText(before, after)) rules.add(rule);
    return after;
  };
  const pick = (from: PyDict, keys: readonly string[]): Map<string, PyValue> => {
    if ([...from.keys()].some((key) => !keys.includes(key))) rules.add('unknown members are not kept');
    return new Map(keys.map((key) => [key, from.get(key) ?? null]));
  };

  const writeRecord = (record: readonly PyValue[]): PyValue => {
    const [delay, stream, data] = record as [PyValue, string, string];
    const float = typeof delay === 'string' ? parsePyFloat(delay)! : Number(delay);
    if (record.length > 3) rules.add('unknown members are not kept');
    return [
      apply('delays are floats', delay, float),
      stream,
      apply('base64 is canonical', data, canonicalBase64(data)),
    ];
  };
  const writeResult = (result: PyDict, isRewritten: (name: string) => string): PyDict => {
    const isOnDisk = result.has('io_log_filename');
    const logKey = isOnDisk ? 'io_log_filename' : 'io_log';
    const written = pick(result, ['comments', 'execution_duration', logKey, 'outcome', 'return_code']);
    const log = written.get(logKey)!;
    written.set(
      logKey,
      isOnDisk ? isRewritten(log as string) : (log as PyDict[]).map((r) => writeRecord(r as never)),
    );
    return written;
  };
  const writeName = (name: string): string => {
    let path = name;
    const historic = /^.*\/\.cache\/plainbox\/sessions\/[^/]+/;
    if (
      flags?.includes('rewrite-log-pathnames') &&
      flags.includes('file-reference-checks') &&
      historic.test(name)
    ) {
      path = apply('log names are rewritten on request', name, name.replace(historic, location!));
    }
    if (version < 5 || location === null) return path;
    const relative = posix.relative(location, posix.isAbsolute(path) ? path : `${location}/${path}`) || '.';
    return apply('log names are relative and normal', path, relative);
  };

  const results = new Map<string, PyValue>();
  for (const [id, history] of stored.get('results') as ReadonlyMap<string, readonly PyDict[]>) {
    const written = history.map((result) => writeResult(result, writeName));
    const kept: PyDict[] = [];
    let current: PyDict = HOLLOW;
    for (const result of written) {
      if (pyEquals(result, current)) continue;
      current = result;
      if (!pyEquals(result, HOLLOW)) kept.push(result);
    }
    const all = version < 4 ? [current] : kept;
    apply('repeated and hollow results are dropped', history.length, all.length);
    if (all.length > 0) results.set(id, all);
    else rules.add('jobs without results have no history');
  }

  const metadata = stored.get('metadata') as PyDict;
  const keys = METADATA_KEYS.filter(([, since]) => version >= since).map(([key]) => key);
  const newMetadata = pick(metadata, keys);
  const flagList = [...new Set(metadata.get('flags') as string[])].sort();
  newMetadata.set('flags', apply('flags are a sorted set', metadata.get('flags'), flagList));
  const blob = metadata.get('app_blob');
  if (version >= 2 && typeof blob === 'string') {
    newMetadata.set('app_blob', apply('base64 is canonical', blob, canonicalBase64(blob)));
  }

  const written = pick(stored, [
    'desired_job_list',
    'jobs',
    'mandatory_job_list',
    'metadata',
    'results',
    ...(version >= 8 ? ['system_information'] : []),
  ]);
  const jobs = jobsAsWritten(version, stored, session, results, rules);
  written.set('jobs', jobs);
  for (const id of version < 4 ? jobs.keys() : []) {
    if (!results.has(id)) results.set(id, [HOLLOW]);
  }
  written.set('metadata', newMetadata);
  written.set('results', results);
  if (version < 6) {
    const rule = 'versions 1 to 5 do not read the mandatory list';
    written.set('mandatory_job_list', apply(rule, stored.get('mandatory_job_list'), []));
  }
  const information = written.get('system_information');
  if (isPyDict(information ?? null)) {
    const outputs = [...(information as ReadonlyMap<string, PyDict>)].map(([name, collector]) => {
      const output = pick(collector, ['outputs', 'success', 'tool_version']);
      const success = apply('success is a boolean', output.get('success'), isTruthy(output.get('success')!));
      const members = success ? ['payload', 'stderr'] : ['return_code', 'stderr', 'stdout'];
      output.set('success', success).set('outputs', pick(output.get('outputs') as PyDict, members));
      return [name, output] as const;
    });
    written.set('system_information', new Map(outputs));
  }
  const number = apply('the version is an integer', document.get('version'), BigInt(version));
  return {
    document: new Map<string, PyValue>([
      ['session', written],
      ['version', number],
    ]),
    rules,
  };
}

/** Definitions may have changed since the session was written, and so the run list and the checksums. */
function jobsAsWritten(
  version: number,
  stored: PyDict,
  session: SessionState,
  results: ReadonlyMap<string, PyValue>,
  rules: Set<string>,
): PyDict {
  const before = stored.get('jobs') as ReadonlyMap<string, string>;
  const jobs = new Map<string, PyValue>();
  const running = new Set(session.runList.map((job) => job.id));
  const rejected = version < 6 ? [] : ((stored.get('metadata') as PyDict).get('rejected_jobs') as string[]);
  const settingUp = version >= 10 && session.metadata.settingUp;
  for (const id of new Set([...before.keys(), ...running] as string[])) {
    const isNeeded = version < 4 || settingUp || running.has(id) || results.has(id) || rejected.includes(id);
    if (!isNeeded) rules.add('jobs that nobody needs are not listed');
    else {
      const checksum = session.jobStateMap.get(id)!.job.checksum;
      if (!before.has(id)) rules.add('what is on the run list is listed');
      else if (before.get(id) !== checksum) rules.add('checksums are those of the definitions');
      jobs.set(id, checksum);
    }
  }
  return jobs;
}

function canonicalBase64(text: string): string {
  // Node's decoder is lenient in the same cases, except for what stands behind the padding.
  const end = /^[^=]*=*/.exec(text.replace(/[^A-Za-z0-9+/=]/g, '').replace(/^=+/, ''))![0];
  return Buffer.from(end, 'base64').toString('base64');
}

/** Python's truth. */
function isTruthy(value: PyValue): boolean {
  return isPyList(value) ? value.length > 0 : isPyDict(value) ? value.size > 0 : Boolean(value);
}

function sameText(left: PyValue, right: PyValue): boolean {
  if (isPyList(left) && isPyList(right)) {
    return left.length === right.length && left.every((item, index) => sameText(item, right[index]!));
  }
  return Object.is(left, right);
}
