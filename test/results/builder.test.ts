import { describe, expect, it } from 'vitest';
import { type BuilderFields, JobResultBuilder } from '../../src/results/builder.js';
import { DiskJobResult, MemoryJobResult } from '../../src/results/job-result.js';
import { logOf, record } from './records.js';

const set = (name: string, value: unknown) => () =>
  new JobResultBuilder().set(name as keyof BuilderFields, value as never);

describe('JobResultBuilder (results.md 6)', () => {
  it.each([
    ['outcome', 1, 'JobResultBuilder.outcome requires objects of type str'],
    ['outcome', null, 'JobResultBuilder.outcome requires objects of type str'],
    ['executionDuration', 5n, 'JobResultBuilder.execution_duration requires objects of type float'],
    ['comments', 0, 'JobResultBuilder.comments requires objects of type str'],
    ['returnCode', 1.5, 'JobResultBuilder.return_code requires objects of type int'],
    ['returnCode', '1', 'JobResultBuilder.return_code requires objects of type int'],
    ['ioLog', 'a', 'JobResultBuilder.io_log requires objects of type list'],
    ['ioLog', ['a'], 'JobResultBuilder.io_log requires all sequence elements of type tuple'],
    ['ioLogFilename', [], 'JobResultBuilder.io_log_filename requires objects of type str'],
    ['skipReason', {}, 'JobResultBuilder.skip_reason requires objects of type dict'],
    ['bogus', 1, 'no such field: bogus'],
    ['__proto__', 1, 'no such field: __proto__'],
  ])('refuses a wrong %s', (name, value, message) => {
    expect(set(name, value)).toThrow(new TypeError(message));
  });

  it('counts booleans as integers', () => {
    expect(new JobResultBuilder({ returnCode: true }).build().returnCode).toBe(true);
  });

  it('adds comments line by line', () => {
    const builder = new JobResultBuilder();
    expect(builder.get('comments')).toBeUndefined();
    expect(builder.addComment('one').addComment('two').get('comments')).toBe('one\ntwo');
  });

  it('makes an in-memory result, or one on disk when there is a file name', () => {
    const ioLog = [record('stdout', 'a')];
    const inMemory = new JobResultBuilder({ outcome: 'fail', ioLog }).build();
    expect(inMemory).toBeInstanceOf(MemoryJobResult);
    expect(inMemory.equals(new MemoryJobResult({ outcome: 'fail', ioLog: logOf(...ioLog) }))).toBe(true);
    const onDisk = new JobResultBuilder({ ioLogFilename: 'x' }).build();
    expect(onDisk.toDebugString()).toBe("<DiskJobResult io_log_filename:'x'>");
    expect(new JobResultBuilder().build().isHollow).toBe(true);
  });

  it('refuses two logs', () => {
    const builder = new JobResultBuilder({ ioLog: [], ioLogFilename: 'x' });
    expect(() => builder.build()).toThrow(
      new RangeError('you can use only io_log or io_log_filename at a time'),
    );
  });

  it('starts from a result', () => {
    const members = { outcome: 'pass', comments: '\x1b[1mb', returnCode: 0, executionDuration: 1.5 };
    const result = new MemoryJobResult({ ...members, ioLog: logOf(record('stdout', 'a')) });
    expect(JobResultBuilder.from(result).build().equals(result)).toBe(true);
    const changed = JobResultBuilder.from(result, { outcome: 'fail' }).build();
    expect(changed.outcome).toBe('fail');
    expect(changed.returnCode).toBe(0);
    const disk = new DiskJobResult({ ...members, ioLogFilename: 'x', skipReason: new Map() });
    expect(JobResultBuilder.from(disk).build().equals(disk)).toBe(true);
  });
});
