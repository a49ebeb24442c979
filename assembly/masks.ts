// Masks of 64 bytes of text: bit i tells something about byte i. With SIMD by comparing lanes, otherwise by
// arithmetic on eight bytes at a time.

const LOW_BITS: u64 = 0x7f7f7f7f7f7f7f7f;
const HIGH_BITS: u64 = 0x8080808080808080;
const ONES: u64 = 0x0101010101010101;

@inline
export function gather(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    <u64>i8x16.bitmask(a) |
    ((<u64>i8x16.bitmask(b)) << 16) |
    ((<u64>i8x16.bitmask(c)) << 32) |
    ((<u64>i8x16.bitmask(d)) << 48)
  );
}

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
  for (let i: usize = 0; i < 64; i += 8) mask |= packBits(zeroBytes(load<u64>(p + i) ^ (<u64>byte * ONES))) << i;
  return mask;
}

/** Bytes below `bound`, which is at most 0x80. */
export function maskBelow(p: usize, bound: u8): u64 {
  if (ASC_FEATURE_SIMD) {
    const limit = i8x16.splat(bound);
    return gather(
      i8x16.lt_u(v128.load(p), limit),
      i8x16.lt_u(v128.load(p, 16), limit),
      i8x16.lt_u(v128.load(p, 32), limit),
      i8x16.lt_u(v128.load(p, 48), limit),
    );
  }
  let mask: u64 = 0;
  for (let i: usize = 0; i < 64; i += 8) mask |= packBits(bytesBelow(load<u64>(p + i), bound)) << i;
  return mask;
}

/** 0x80 in each zero byte. */
@inline
export function zeroBytes(x: u64): u64 {
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
