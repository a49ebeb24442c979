import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordTable } from '../../src/kernel/kernel.js';
import { IOLog } from '../../src/results/io-log.js';
import { bytesOf, logOf, record } from './records.js';

/** `a` out, `bc` err, `d` out. */
function table(): RecordTable {
  return {
    count: 3,
    delays: Float64Array.of(0, 0.5, 1),
    streams: Uint8Array.of(0, 1, 0),
    ends: Uint32Array.of(1, 3, 4),
    data: bytesOf('abcd'),
  };
}

const SAME = logOf(record('stdout', 'a'), record('stderr', 'bc', 0.5), record('stdout', 'd', 1));

describe('IOLog', () => {
  it('decodes nothing before a record is read, and once only', () => {
    let decoded = 0;
    const log = IOLog.lazy(3, () => {
      decoded++;
      return table();
    });
    expect(log.length).toBe(3);
    expect(log.at(3)).toBeUndefined();
    expect(log.equals(logOf())).toBe(false);
    expect(decoded).toBe(0);
    expect([...log]).toEqual([...SAME]);
    expect([...log]).toEqual([...SAME]);
    expect(decoded).toBe(1);
  });

  it('gives payloads as views of the decoded data', () => {
    const decoded = table();
    const log = IOLog.lazy(3, () => decoded);
    expect(log.at(1)?.data.buffer).toBe(decoded.data.buffer);
  });

  it.each([
    ['lazy', IOLog.lazy(3, table)],
    ['of records', SAME],
  ])('gives random access: %s', (_name, log) => {
    expect(log.at(1)).toEqual(record('stderr', 'bc', 0.5));
    expect(log.at(-1)).toEqual(record('stdout', 'd', 1));
    expect(log.at(3)).toBeUndefined();
    expect(log.at(-4)).toBeUndefined();
  });

  it.each([
    ['lazy', IOLog.lazy(3, table)],
    ['of records', SAME],
  ])('joins the payloads of all or of one stream: %s', (_name, log) => {
    expect(log.bytes()).toEqual(bytesOf('abcd'));
    expect(log.bytes('stdout')).toEqual(bytesOf('ad'));
    expect(log.bytes('stderr')).toEqual(bytesOf('bc'));
    expect(log.bytes('other')).toEqual(bytesOf(''));
  });

  it('copies nothing where all payloads are asked for', () => {
    const decoded = table();
    expect(IOLog.lazy(3, () => decoded).bytes()).toBe(decoded.data);
  });

  it('tells streams of any name apart', () => {
    const log = logOf(
      record('custom', 'a'),
      record('stdout', 'b'),
      record('other', 'c'),
      record('custom', 'd'),
    );
    expect(log.bytes('custom')).toEqual(bytesOf('ad'));
    expect(log.bytes('stdout')).toEqual(bytesOf('b'));
    expect(log.equals(logOf(...log))).toBe(true);
    expect(logOf(record('custom', 'a')).equals(logOf(record('other', 'a')))).toBe(false);
  });

  it.each([
    ['lazy', IOLog.lazy(3, table)],
    ['of records', SAME],
  ])('gives the records column by column: %s', (_name, log) => {
    expect(log.table()).toEqual(table());
    expect(log.table()).toBe(log.table());
  });

  it('payloads of one stream are those of its records', () => {
    const records = fc.array(
      fc.record({
        delay: fc.constant(0),
        stream: fc.constantFrom('stdout', 'stderr', 'other'),
        data: fc.uint8Array({ maxLength: 4 }),
      }),
    );
    fc.assert(
      fc.property(
        records,
        fc.constantFrom(undefined, 'stdout', 'stderr', 'other', 'none'),
        (list, stream) => {
          const wanted = list.filter((one) => stream === undefined || one.stream === stream);
          expect([...logOf(...list).bytes(stream)]).toEqual(wanted.flatMap((one) => [...one.data]));
        },
      ),
    );
  });

  it('compares logs of any origin by their records', () => {
    expect(IOLog.lazy(3, table).equals(SAME)).toBe(true);
    expect(SAME.equals(IOLog.lazy(3, table))).toBe(true);
    const [a, b, c] = [...SAME] as [
      ReturnType<typeof record>,
      ReturnType<typeof record>,
      ReturnType<typeof record>,
    ];
    expect(SAME.equals(logOf(a, b))).toBe(false);
    expect(SAME.equals(logOf(a, { ...b, delay: 0.25 }, c))).toBe(false);
    expect(SAME.equals(logOf(a, { ...b, stream: 'stdout' }, c))).toBe(false);
    expect(SAME.equals(logOf(a, { ...b, data: bytesOf('bX') }, c))).toBe(false);
  });

  it('takes a NaN delay for equal to itself, as the reference does', () => {
    expect(logOf(record('stdout', 'a', Number.NaN)).equals(logOf(record('stdout', 'a', Number.NaN)))).toBe(
      true,
    );
    expect(logOf(record('stdout', 'a', Number.NaN)).equals(logOf(record('stdout', 'a', 0)))).toBe(false);
  });
});
