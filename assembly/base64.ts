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

/** Number of padding bytes of the base64 text `[start, end)`, or -1 when its length fits no text. */
@inline
export function padding(start: usize, end: usize): i32 {
  if ((end - start) & 3) return -1;
  if (start == end || load<u8>(end - 1) != 0x3d) return 0;
  return load<u8>(end - 2) == 0x3d ? 2 : 1;
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

/** Whether `[start, end)` holds digits only. May read 63 bytes further. */
export function areDigits(start: usize, end: usize): bool {
  let p = start;
  if (ASC_FEATURE_SIMD) {
    // Always 64 bytes at a time: most payloads are shorter, and a branch on their length would often go wrong.
    while (true) {
      const invalid = ~gather(
        digitLanes(v128.load(p)),
        digitLanes(v128.load(p, 16)),
        digitLanes(v128.load(p, 32)),
        digitLanes(v128.load(p, 48)),
      );
      if (end - p <= 64) return end == p || !(invalid << (64 - (end - p)));
      if (invalid) return false;
      p += 64;
    }
  }
  for (; p < end; p++) if (load<u8>(DIGITS + load<u8>(p)) == 0xff) return false;
  return true;
}

/**
 * Decodes the digits `[start, end)`, padding left out, to `to`; returns the end of the output, or 0 when a byte
 * is no digit. May read and write 15 bytes further.
 */
export function decodeDigits(start: usize, end: usize, to: usize): usize {
  let p = start;
  let out = to;
  if (ASC_FEATURE_SIMD) {
    let valid = i8x16.splat(-1);
    for (; p + 16 <= end; p += 16) {
      const text = v128.load(p);
      valid = v128.and(valid, digitLanes(text));
      v128.store(out, packDigits(text));
      out += 12;
    }
    const text = v128.load(p);
    v128.store(out, packDigits(text));
    const last = ~i8x16.bitmask(digitLanes(text)) & ((1 << <i32>(end - p)) - 1);
    return last || !i8x16.all_true(valid) ? 0 : out + (((end - p) * 3) >> 2);
  }
  for (; p + 4 <= end; p += 4) {
    const a = digit(p);
    const b = digit(p + 1);
    const c = digit(p + 2);
    const d = digit(p + 3);
    if ((a | b | c | d) > 63) return 0;
    store<u32>(out, bswap(((a << 18) | (b << 12) | (c << 6) | d) << 8));
    out += 3;
  }
  if (p == end) return out;
  const a = digit(p);
  const b = digit(p + 1);
  const c: u32 = end - p > 2 ? digit(p + 2) : 0;
  if ((a | b | c) > 63) return 0;
  store<u16>(out, bswap(<u16>((a << 10) | (b << 4) | (c >> 2))));
  return out + (end - p) - 1;
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
  const values = i8x16.add(text, i8x16.swizzle(rolls, row));
  const pairs = v128.or(i16x8.shl(v128.and(values, i16x8.splat(0xff)), 6), i16x8.shr_u(values, 8));
  const groups = i32x4.dot_i16x8_s(pairs, i16x8(4096, 1, 4096, 1, 4096, 1, 4096, 1));
  return i8x16.shuffle(groups, groups, 2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 3, 3, 3, 3);
}
