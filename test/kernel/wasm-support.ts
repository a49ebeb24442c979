/** Both WebAssembly builds beside the JS kernel, which is their oracle. */

import { DataError } from '../../src/errors.js';
import { jsKernel } from '../../src/kernel/js.js';
import type { Kernel, ResolvedLimits, ScannedText } from '../../src/kernel/kernel.js';
import { kernels } from '../kernels.js';

export const wasmKernels: readonly Kernel[] = kernels.filter(({ name }) => name !== 'js');
export { jsKernel };

/** No text is dropped at this depth. */
export const KEEP_ALL = 99;

export interface Options {
  readonly limits?: Partial<ResolvedLimits>;
  readonly dropDepth?: number;
  readonly decodeLogs?: boolean;
}

const LIMITS: ResolvedLimits = {
  inputBytes: Number.POSITIVE_INFINITY,
  textBytes: 0xffffffff,
  depth: 1000,
  integerDigits: 4300,
};

export function scan(kernel: Kernel, chunks: readonly Uint8Array[], options: Options = {}): ScannedText {
  const { limits, dropDepth = KEEP_ALL, decodeLogs = false } = options;
  const scanning = kernel.begin({ limits: { ...LIMITS, ...limits }, dropDepth, decodeLogs });
  for (const chunk of chunks) scanning.push(chunk);
  const steps = scanning.finish();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Everything that a scan tells, in a form that compares: the error's facts, or the members, index and text. */
export function outcome(kernel: Kernel, chunks: readonly Uint8Array[], options?: Options): unknown {
  try {
    const { members, root, spans, text } = scan(kernel, chunks, options);
    return { members, root, spans, text: Buffer.from(text.read(0, text.length)).toString('latin1') };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const { code, offset, message, expected, actual } = error;
    return { code, offset, message, expected, actual };
  }
}

/** Numbers below a bound, the same in each run. */
export function generator(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** A copy with one byte changed, to one of `characters` or by a bit. */
export function changeByte(text: Buffer, next: (bound: number) => number, characters: string): Buffer {
  const changed = Buffer.from(text);
  const at = next(text.length);
  changed[at] =
    next(3) === 0 ? changed[at]! ^ (1 << next(8)) : characters.charCodeAt(next(characters.length));
  return changed;
}

/** A session-like document with IO logs, results on disk, text in several scripts, and nesting. */
export function sampleText(seed: number, records: number): string {
  const next = generator(seed);
  const log = (count: number) =>
    Array.from({ length: count }, () => [
      next(4) === 0 ? next(50) / 2 ** 22 : next(1e9) / 1e9,
      next(2) === 0 ? 'stdout' : 'stderr',
      Buffer.from('log line é 漢 '.repeat(next(8))).toString('base64'),
    ]);
  const results: Record<string, unknown> = {};
  for (let i = 0; i < 8; i++) {
    results[`job/${i}`] = [
      {
        comments: i % 2 ? null : 'naïve "quoted"\n\u{1f600}',
        io_log: log(records),
        outcome: 'pass',
        return_code: i,
      },
    ];
  }
  for (let i = 0; i < 8; i++) {
    results[`on-disk/${i}`] = [
      {
        comments: i % 3 ? null : 'seen on the lab bench',
        execution_duration: next(1e6) / 1000 + 0.5,
        io_log_filename: `io-logs/${'job'.repeat(i * 5)}.record.gz`,
        outcome: 'pass',
        return_code: i % 2 === 0 ? i : -i,
      },
    ];
  }
  return JSON.stringify({ session: { jobs: { a: 'b' }, results, deep: [[[[[[[[[[1]]]]]]]]]] }, version: 6 });
}
