/** What a session may be read from, and the options that every reader takes. */

import type { KernelChoice } from './kernel/choose.js';
import { faults } from './kernel/faults.js';
import type { Limits, ResolvedLimits } from './kernel/kernel.js';

/** The compressed bytes of a session, whole or in pieces. */
export type Input = Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** How far an opening has come; both figures in bytes. */
export interface Progress {
  readonly stage: 'read' | 'inflate' | 'scan';
  readonly loaded: number;
  /** Absent while it is unknown. */
  readonly total?: number;
}

export interface CommonOptions {
  /** Which kernel reads; `'auto'`, the default, goes by the size of the input. */
  readonly kernel?: KernelChoice;
  readonly limits?: Limits;
  /**
   * When IO logs are decoded: `'lazy'`, the default, each one when it is read; `'eager'`, all of them in the pass
   * that checks them, which costs least for who reads them all. Their bytes then stay as long as the session. A
   * peek reads no logs.
   */
  readonly logs?: 'lazy' | 'eager';
  /** Aborts an asynchronous reader; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** 4 GiB - 1: the offsets of the structural index are 32-bit. */
const MAX_TEXT_BYTES = 0xffff_ffff;
/** Reading a document recurses, a few frames for each level; this much every engine's stack holds. */
const MAX_DEPTH = 2_000;

/**
 * The limits in force.
 *
 * @throws RangeError when one is not a whole number in its range
 */
export function resolveLimits(limits: Limits = {}): ResolvedLimits {
  const check = (name: keyof Limits, standard: number, maximum: number) => {
    const value = limits[name] ?? standard;
    if (!Number.isInteger(value) || value < 0 || value > maximum) {
      throw new RangeError(`limits.${name} must be a whole number from 0 to ${maximum}, got ${value}`);
    }
    return value;
  };
  return {
    inputBytes: check('inputBytes', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    textBytes: check('textBytes', MAX_TEXT_BYTES, MAX_TEXT_BYTES),
    depth: check('depth', 1_000, MAX_DEPTH),
    integerDigits: check('integerDigits', 4_300, Number.MAX_SAFE_INTEGER),
  };
}

/** The bytes of an input that is in memory; undefined for one that must be awaited. */
export function bytesOf(input: unknown): Uint8Array | undefined {
  if (input instanceof Uint8Array) return input;
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  return undefined;
}

/** Sizes of the blocks in which pieces are gathered, in bytes: the first one, and the largest. */
const FIRST_BLOCK = 64 << 10;
const LARGEST_BLOCK = 4 << 20;

/**
 * The bytes of an input as they arrive, gathered in blocks of our own: a producer may use its buffers again, and
 * many small pieces cost no more than a few large ones.
 *
 * @throws TypeError when it is none of {@link Input} or gives something else than bytes
 * @throws DataError `limit-input` before more than the limit is held
 */
export async function* blocksOf(
  input: Input,
  limit: number,
  options: CommonOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const total = input instanceof Blob ? input.size : undefined;
  let loaded = 0;
  let block = new Uint8Array(FIRST_BLOCK);
  let filled = 0;
  for await (const chunk of untilAborted(iterate(input), options.signal)) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('the pieces of an input must be Uint8Array');
    loaded += chunk.length;
    if (loaded > limit) throw faults.inputTooLong(limit);
    options.onProgress?.({ stage: 'read', loaded, ...(total === undefined ? {} : { total }) });
    for (let taken = 0; taken < chunk.length; ) {
      const piece = chunk.subarray(taken, taken + block.length - filled);
      block.set(piece, filled);
      filled += piece.length;
      taken += piece.length;
      if (filled < block.length) continue;
      yield block;
      block = new Uint8Array(Math.min(block.length * 2, LARGEST_BLOCK));
      filled = 0;
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}

/** Ends with the signal's reason as soon as it aborts, also while the source gives nothing. */
async function* untilAborted<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, void> {
  if (signal === undefined) return yield* source;
  const iterator = source[Symbol.asyncIterator]();
  const listening = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { signal: listening.signal });
  });
  aborted.catch(() => {});
  let finished = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      const step = await Promise.race([iterator.next(), aborted]);
      finished = step.done === true;
      if (step.done) return;
      yield step.value;
    }
  } finally {
    listening.abort();
    // Not awaited: a source that stalls would not answer this either.
    if (!finished) iterator.return?.()?.catch(() => {});
  }
}

function iterate(input: Input): AsyncIterable<Uint8Array> {
  const stream: unknown = input instanceof Blob ? input.stream() : input;
  if (typeof stream === 'object' && stream !== null) {
    if (Symbol.asyncIterator in stream) return stream as AsyncIterable<Uint8Array>;
    if (stream instanceof ReadableStream) return iterateStream(stream);
  }
  throw new TypeError(
    'input must be a Uint8Array, ArrayBuffer, Blob, ReadableStream or AsyncIterable of bytes',
  );
}

/** For browsers whose streams are not iterable yet. */
async function* iterateStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const reader = stream.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      finished = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!finished) await reader.cancel();
  }
}
