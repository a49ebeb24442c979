// Strict, padded base64 (RFC 4648 section 4): validated, or decoded.

import { gather } from './masks';

/** Value of each digit, 0xff for other bytes; of the scalar build only. */
const DIGITS = memory.data(256, 16);

export function prepareDigits(): void {
  memory.fill(DIGITS, 0xff, 256);
  for (let i: usize = 0; i < 26; i++) {
    store<u8>(DIGITS + 0x41 + i, <u8>i);
    store<u8>(DIGITS + 0x61 + i, <u8>(26 + i));
  }
  for (let i: usize = 0; i < 10; i++) store<u8>(DIGITS + 0x30 + i, <u8>(52 + i));
  store<u8>(DIGITS + 0x2b, 62);
  store<u8>(DIGITS + 0x2f, 63);
}

/** Number of padding bytes of the base64 text `[start, end)` behind a quote, or -1 when its length fits no text. */
@inline
export function padding(start: usize, end: usize): i32 {
  if ((end - start) & 3) return -1;
  const last = <i32>(load<u8>(end - 1) == 0x3d);
  return last + (last & <i32>(load<u8>(end - 2) == 0x3d));
}

/** Lanes that are a digit: -1, else 0. */
@inline
function digitLanes(text: v128): v128 {
  // Moved so that the last of a range is the largest signed number: what is above it becomes negative.
  const letters = i8x16.gt_s(
    i8x16.add(v128.or(text, i8x16.splat(0x20)), i8x16.splat(0x7f - 0x7a)),
    i8x16.splat(0x7f - 26),
  );
  // "/" stands right before "0".
  const figures = i8x16.gt_s(i8x16.add(text, i8x16.splat(0x7f - 0x39)), i8x16.splat(0x7f - 11));
  return v128.or(v128.or(letters, figures), i8x16.eq(text, i8x16.splat(0x2b)));
}

/**
 * The number of digits from `start` on, of which those behind `end` may not be counted. May read 63 bytes behind
 * `end`.
 */
@inline
export function countDigits(start: usize, end: usize): usize {
  let p = start;
  if (ASC_FEATURE_SIMD) {
    // Always 64 bytes at a time: most payloads are shorter, and a branch on their length would often go wrong.
    for (; p < end; p += 64) {
      const others = ~gather(
        digitLanes(v128.load(p)),
        digitLanes(v128.load(p, 16)),
        digitLanes(v128.load(p, 32)),
        digitLanes(v128.load(p, 48)),
      );
      if (others) return p - start + <usize>ctz(others);
    }
    return p - start;
  }
  while (p < end && load<u8>(DIGITS + load<u8>(p)) != 0xff) p++;
  return p - start;
}

/** Counts digits as {@link countDigits} does, and decodes them to `to`. May write 55 bytes further. */
@inline
export function decodeDigits(start: usize, end: usize, to: usize): usize {
  let p = start;
  let out = to;
  if (ASC_FEATURE_SIMD) {
    for (; p < end; p += 64) {
      const a = v128.load(p);
      const b = v128.load(p, 16);
      const c = v128.load(p, 32);
      const d = v128.load(p, 48);
      v128.store(out, packDigits(a));
      v128.store(out, packDigits(b), 12);
      v128.store(out, packDigits(c), 24);
      v128.store(out, packDigits(d), 36);
      const others = ~gather(digitLanes(a), digitLanes(b), digitLanes(c), digitLanes(d));
      if (others) return p - start + <usize>ctz(others);
      out += 48;
    }
    return p - start;
  }
  const stop = start + countDigits(start, end);
  for (; p < stop; p += 4) {
    // Of the bytes behind the last digit nothing counts.
    const group = (digit(p) << 18) | ((digit(p + 1) & 63) << 12) | ((digit(p + 2) & 63) << 6) | (digit(p + 3) & 63);
    store<u32>(out, bswap(group << 8));
    out += 3;
  }
  return stop - start;
}

@inline
function digit(p: usize): u32 {
  return load<u8>(DIGITS + load<u8>(p));
}

/** Sixteen digits as twelve bytes. */
@inline
function packDigits(text: v128): v128 {
  // What to add to a digit's code follows from its upper half; "/" shares that with "+" and moves to row 1.
  const rolls = i8x16(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0);
  const upper = v128.and(i16x8.shr_u(text, 4), i8x16.splat(0x0f));
  const row = i8x16.add(upper, i8x16.eq(text, i8x16.splat(0x2f)));
  // Padding has no value, but must not reach into the digit in front of it.
  const values = v128.and(i8x16.add(text, i8x16.swizzle(rolls, row)), i8x16.splat(0x3f));
  const pairs = v128.or(i16x8.shl(v128.and(values, i16x8.splat(0xff)), 6), i16x8.shr_u(values, 8));
  const groups = i32x4.dot_i16x8_s(pairs, i16x8(4096, 1, 4096, 1, 4096, 1, 4096, 1));
  return i8x16.shuffle(groups, groups, 2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 3, 3, 3, 3);
}
