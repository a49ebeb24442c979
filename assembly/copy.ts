// Copying matches of deflate.

/** Bytes of a store: a match that begins closer overlaps itself within one. */
const WIDTH: usize = ASC_FEATURE_SIMD ? 16 : 8;
/** What is copied before the length is looked at: which of the usual lengths a match has is hard to predict. */
const FIRST: usize = ASC_FEATURE_SIMD ? 96 : 64;
const CHUNK: usize = 4 * WIDTH;

/** Copies a match with wide stores that may pass its end by up to 93 bytes. */
@inline
export function copyMatch(to: usize, source: usize, distance: usize, length: usize): void {
  if (distance < WIDTH) {
    copyPattern(to, distance, length);
    return;
  }
  copyChunk(to, source);
  if (ASC_FEATURE_SIMD) {
    v128.store(to, v128.load(source, 64), 64);
    v128.store(to, v128.load(source, 80), 80);
  } else {
    copyChunk(to + CHUNK, source + CHUNK);
  }
  if (length > FIRST) {
    let done = FIRST;
    do {
      copyChunk(to + done, source + done);
      done += CHUNK;
    } while (done < length);
  }
}

/** Four loads and stores one after the other: what the first stored, the last may load. */
@inline
function copyChunk(to: usize, source: usize): void {
  if (ASC_FEATURE_SIMD) {
    v128.store(to, v128.load(source));
    v128.store(to, v128.load(source, 16), 16);
    v128.store(to, v128.load(source, 32), 32);
    v128.store(to, v128.load(source, 48), 48);
  } else {
    store<u64>(to, load<u64>(source));
    store<u64>(to, load<u64>(source, 8), 8);
    store<u64>(to, load<u64>(source, 16), 16);
    store<u64>(to, load<u64>(source, 24), 24);
  }
}

/** Row d: the places of 16 bytes that repeat every d. */
const PERIODS = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1,
  0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0,
  0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
  0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0,
  0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3,
  0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1,
  0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 6,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 1, 2, 3, 4,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 1, 2,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 0, 1,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0,
], 16);

/** The largest multiple of a distance that a store takes; a division would cost the decoder its registers. */
const STEPS = ASC_FEATURE_SIMD
  ? memory.data<u8>([0, 16, 16, 15, 16, 15, 12, 14, 16, 9, 10, 11, 12, 13, 14, 15])
  : memory.data<u8>([0, 8, 8, 6, 8, 5, 6, 7]);

/** A match that overlaps itself closely: whole periods of the bytes before it, as many as a store takes. */
function copyPattern(to: usize, distance: usize, length: usize): void {
  if (ASC_FEATURE_SIMD) {
    const pattern = i8x16.swizzle(v128.load(to - distance), v128.load(PERIODS + (distance << 4)));
    const step = <usize>load<u8>(STEPS + distance);
    let done: usize = 0;
    do {
      v128.store(to + done, pattern);
      done += step;
    } while (done < length);
  } else {
    for (let i: usize = 0; i < 8; i++) store<u8>(to + i, load<u8>(to + i - distance));
    const pattern = load<u64>(to);
    const step = <usize>load<u8>(STEPS + distance);
    for (let done = step; done < length; done += step) store<u64>(to + done, pattern);
  }
}
