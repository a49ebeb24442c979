// Masks of 64 bytes of text: bit i tells something about byte i. With SIMD by comparing lanes, otherwise by
// arithmetic on eight bytes at a time.

const LOW_BITS: u64 = 0x7f7f7f7f7f7f7f7f;
const HIGH_BITS: u64 = 0x8080808080808080;
const ONES: u64 = 0x0101010101010101;

/** Bytes equal to `byte`. */
export function maskEqual(p: usize, byte: u8): u64 {
  if (ASC_FEATURE_SIMD) {
    const wanted = i8x16.splat(byte);
    return gather(
      i8x16.eq(v128.load(p), wanted),
      i8x16.eq(v128.load(p, 16), wanted),
      i8x16.eq(v128.load(p, 32), wanted),
      i8x16.eq(v128.load(p, 48), wanted),
    );
  }
  let mask: u64 = 0;
  for (let i: usize = 0; i < 64; i += 8) mask |= packBits(equalBytes(load<u64>(p + i), byte)) << i;
  return mask;
}

/** Bytes below 0x20. */
export function maskControls(p: usize): u64 {
  if (ASC_FEATURE_SIMD) {
    const last = i8x16.splat(0x1f);
    return gather(
      i8x16.le_u(v128.load(p), last),
      i8x16.le_u(v128.load(p, 16), last),
      i8x16.le_u(v128.load(p, 32), last),
      i8x16.le_u(v128.load(p, 48), last),
    );
  }
  let mask: u64 = 0;
  for (let i: usize = 0; i < 64; i += 8) mask |= packBits(bytesBelow(load<u64>(p + i), 0x20)) << i;
  return mask;
}

/** Bytes that do not just stand for themselves in a string: quotes, backslashes, controls and what is not ASCII. */
@inline
export function maskSpecial(p: usize): u64 {
  if (ASC_FEATURE_SIMD) {
    return gather(
      specialLanes(v128.load(p)),
      specialLanes(v128.load(p, 16)),
      specialLanes(v128.load(p, 32)),
      specialLanes(v128.load(p, 48)),
    );
  }
  let mask: u64 = 0;
  for (let i: usize = 0; i < 64; i += 8) {
    const text = load<u64>(p + i);
    const special = equalBytes(text, 0x22) | equalBytes(text, 0x5c) | bytesBelow(text, 0x20) | (text & HIGH_BITS);
    mask |= packBits(special) << i;
  }
  return mask;
}

@inline
function specialLanes(text: v128): v128 {
  // As signed numbers, both control characters and what is not ASCII are below the space.
  const unusual = i8x16.lt_s(text, i8x16.splat(0x20));
  return v128.or(
    unusual,
    v128.or(i8x16.eq(text, i8x16.splat(0x22)), i8x16.eq(text, i8x16.splat(0x5c))),
  );
}

/** The lanes of 64 bytes, which are 0 or -1, as bits. */
@inline
export function gather(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = i8x16.bitmask(a) | (i8x16.bitmask(b) << 16);
  const high = i8x16.bitmask(c) | (i8x16.bitmask(d) << 16);
  return <u64>(<u32>low) | ((<u64>(<u32>high)) << 32);
}

/** Lanes that are a bracket, comma or colon. Some control characters look so as well; they are faults anywhere. */
@inline
export function operatorLanes(text: v128): v128 {
  // With bit 5 set, "[" is "{" and "]" is "}"; then the lower half of a byte allows one of four only.
  const byLowerHalf = i8x16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x3a, 0x7b, 0x2c, 0x7d, 0, 0);
  const wanted = i8x16.swizzle(byLowerHalf, v128.and(text, i8x16.splat(0x0f)));
  return i8x16.eq(v128.or(text, i8x16.splat(0x20)), wanted);
}

/** The same for eight bytes: 0x80 in each. */
@inline
export function operatorBytes(text: u64): u64 {
  const folded = text | 0x2020202020202020;
  return equalBytes(text, 0x2c) | equalBytes(text, 0x3a) | equalBytes(folded, 0x7b) | equalBytes(folded, 0x7d);
}

/** 0x80 in each byte that equals `byte`. */
@inline
export function equalBytes(x: u64, byte: u64): u64 {
  return zeroBytes(x ^ (byte * ONES));
}

/** 0x80 in each zero byte. */
@inline
function zeroBytes(x: u64): u64 {
  return ~(((x & LOW_BITS) + LOW_BITS) | x | LOW_BITS);
}

/** 0x80 in each byte below `bound`. */
@inline
export function bytesBelow(x: u64, bound: u64): u64 {
  return ~((x & LOW_BITS) + (0x80 - bound) * ONES) & ~x & HIGH_BITS;
}

/** The high bits of eight bytes as eight bits. */
@inline
export function packBits(x: u64): u64 {
  return ((x >> 7) * 0x0102040810204080) >> 56;
}

/** Bit i is the parity of bits 0 to i: turns quotes into the stretches that begin with one. */
@inline
export function prefixXor(bits: u64): u64 {
  let x = bits;
  x ^= x << 1;
  x ^= x << 2;
  x ^= x << 4;
  x ^= x << 8;
  x ^= x << 16;
  x ^= x << 32;
  return x;
}
