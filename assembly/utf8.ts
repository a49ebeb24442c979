// Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
//
// The hot form says whether a block is well-formed, given that the text before it is; where a fault lies is
// then found sequence by sequence. Both look at up to 3 bytes before and behind their range, which exist: zeros
// lie before the text, and what is checked ends early enough or is padded with spaces.

/** Whether the 64 bytes at `p`, one of which may be non-ASCII, continue the text well. */
export function isBlockWellFormed(p: usize): bool {
  if (ASC_FEATURE_SIMD) {
    const faults = v128.or(
      v128.or(pairFaults(p), pairFaults(p + 16)),
      v128.or(pairFaults(p + 32), pairFaults(p + 48)),
    );
    return !v128.any_true(faults);
  }
  return !findMalformed(p, p + 64);
}

// Three tables, indexed by the high and low half of a byte and the high half of the next: a bit that all three
// have names a fault of the pair, but the last, which says "two continuations" and is right in a longer
// sequence only (the method of Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte").
@inline
function pairFaults(p: usize): v128 {
  const current = v128.load(p);
  const before = v128.load(p - 1);
  const firstHigh = i8x16(2, 2, 2, 2, 2, 2, 2, 2, -128, -128, -128, -128, 33, 1, 21, 73);
  const firstLow = i8x16(-25, -93, -125, -125, -117, -53, -53, -53, -53, -53, -53, -53, -53, -37, -53, -53);
  const secondHigh = i8x16(1, 1, 1, 1, 1, 1, 1, 1, -26, -82, -70, -70, 1, 1, 1, 1);
  const nibble = i8x16.splat(0x0f);
  const special = v128.and(
    v128.and(
      i8x16.swizzle(firstHigh, v128.and(i16x8.shr_u(before, 4), nibble)),
      i8x16.swizzle(firstLow, v128.and(before, nibble)),
    ),
    i8x16.swizzle(secondHigh, v128.and(i16x8.shr_u(current, 4), nibble)),
  );
  // A third or fourth byte must follow leads of 0xe0 and 0xf0: there, and only there, two continuations are due.
  const third = i8x16.sub_sat_u(v128.load(p - 2), i8x16.splat(0x60));
  const fourth = i8x16.sub_sat_u(v128.load(p - 3), i8x16.splat(0x70));
  const due = v128.and(v128.or(third, fourth), i8x16.splat(<i8>0x80));
  return v128.xor(due, special);
}

/** Address of the first ill-formed sequence that begins in or reaches into `[start, end)`; 0 when none. */
export function findMalformed(start: usize, end: usize): usize {
  let p = start;
  for (let i = 0; i < 4 && (load<u8>(p) & 0xc0) == 0x80 && load<u8>(p - 1) >= 0x80; i++) p--;
  while (p < end) {
    if (load<u8>(p) < 0x80) {
      p++;
      continue;
    }
    const length = sequenceLength(p);
    if (!length) return p;
    p += length;
  }
  return 0;
}

/** Length of the well-formed sequence of several bytes at `p` (RFC 3629 section 4), or 0. */
function sequenceLength(p: usize): usize {
  const lead = <u32>load<u8>(p);
  const second = <u32>load<u8>(p, 1);
  if (lead < 0xc2 || lead > 0xf4 || (second & 0xc0) != 0x80) return 0;
  if (lead < 0xe0) return 2;
  if ((load<u8>(p, 2) & 0xc0) != 0x80) return 0;
  if (lead < 0xf0) {
    return (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ? 0 : 3;
  }
  if ((load<u8>(p, 3) & 0xc0) != 0x80) return 0;
  return (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f) ? 0 : 4;
}
