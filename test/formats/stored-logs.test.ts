/** `DormantSession.readLog`: logs in the session, beside it, and beside it after it has moved. */

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BrokenReferenceToExternalFileError } from '../../src/errors.js';
import type { MaybePromise } from '../../src/files/maybe-promise.js';
import { MemoryFiles } from '../../src/files/memory.js';
import type { SessionFiles } from '../../src/files/session-files.js';
import { openSync } from '../../src/formats/open.js';
import { flatText } from '../../src/results/text.js';

const RECORD_FILE = gzipSync(`[0.5, "stdout", "${btoa('on disk\n')}"]\n`);
const NAME = 'io-logs/a.record.gz';
const OTHER = new MemoryFiles([['io-logs/b.record.gz', RECORD_FILE]]);

const later = (files: SessionFiles): SessionFiles => ({
  stat: async (path) => files.stat(path),
  read: async (path) => files.read(path),
  list: async (directory) => files.list(directory),
});

function resultOf(member: object, version = 11) {
  const stored = { outcome: 'pass', execution_duration: 1, comments: null, return_code: 0, ...member };
  const session = { jobs: { a: 'sum' }, results: { a: [stored] }, desired_job_list: [], metadata: {} };
  const dormant = openSync(gzipSync(JSON.stringify({ version, session })));
  return { dormant, result: dormant.results.get('a')![0]! };
}

describe('readLog', () => {
  it('reads a log inside of the session, with no place given', () => {
    const { dormant, result } = resultOf({ io_log: [[0.1, 'stdout', btoa('inside\n')]] });
    expect(flatText(dormant.readLog(result) as Iterable<never>)).toBe('inside\n');
  });

  it.each([
    ['relative names, from the location', NAME, 11],
    ['absolute names', `/sessions/x.session/${NAME}`, 3],
    ['names of any place that the session has left', `/var/tmp/old.session/${NAME}`, 4],
    ['names of the directory that the session has left', `/home/u/.cache/plainbox/sessions/old/${NAME}`, 3],
    ['the same in a version with relative names', `/home/u/.cache/plainbox/sessions/old/${NAME}`, 11],
  ])('reads %s', async (_, name, version) => {
    const location = '/sessions/x.session';
    const files = new MemoryFiles([[NAME, RECORD_FILE]], location);
    const { dormant, result } = resultOf({ io_log_filename: name }, version);
    const log = dormant.readLog(result, { files, location });
    expect(log).not.toBeInstanceOf(Promise);
    expect(flatText(await log)).toBe('on disk\n');
    expect(flatText(await dormant.readLog(result, { files: later(files), location }))).toBe('on disk\n');
  });

  it.each([
    ['relative names, from the session', NAME, 11],
    ['names of the historic place', `/home/u/.cache/plainbox/sessions/old/${NAME}`, 1],
    ['names of any other place', `/var/tmp/checkbox-ng/sessions/old.session/${NAME}`, 4],
    ['names in a directory of the name of the log directory', `/home/io-logs/old.session/${NAME}`, 4],
  ])('reads from an archive, whose own place nobody knows: %s', async (_, name, version) => {
    const files = new MemoryFiles([[NAME, RECORD_FILE]]);
    const { dormant, result } = resultOf({ io_log_filename: name }, version);
    expect(flatText(await dormant.readLog(result, { files, location: '' }))).toBe('on disk\n');
    expect(flatText(await dormant.readLog(result, { files: later(files), location: '' }))).toBe('on disk\n');
  });

  it.each<[string, () => MaybePromise<unknown>]>([
    ['nothing around the session', () => read({})],
    ['another file of the log directory', () => read({ files: OTHER, location: '' }, `/old/${NAME}`)],
    ['a way out of the log directory', () => read({ files: OTHER, location: '' }, '/old/io-logs/../../b')],
    ['no such file', () => read({ files: new MemoryFiles([], '/x'), location: '/x' })],
  ])('refuses with %s', async (_, attempt) => {
    await expect((async () => attempt())()).rejects.toThrow(BrokenReferenceToExternalFileError);
  });
});

function read(place: { files?: SessionFiles; location?: string }, name = NAME): MaybePromise<unknown> {
  const { dormant, result } = resultOf({ io_log_filename: name });
  return dormant.readLog(result, place);
}
