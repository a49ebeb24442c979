// Decimal literals to doubles, correctly rounded (Lemire, "Number parsing at a gigabyte per second").

/**
 * 10^q for q from -40 to -1 without its power of two: the upper 128 bits, rounded up, upper half first.
 * Beyond that delays are so rare that the host converts them.
 */
const POWERS = memory.data<u64>([
  0x8b61313bbabce2c6, 0x2323ac4b3b3da015,
  0xae397d8aa96c1b77, 0xabec975e0a0d081a,
  0xd9c7dced53c72255, 0x96e7bd358c904a21,
  0x881cea14545c7575, 0x7e50d64177da2e54,
  0xaa242499697392d2, 0xdde50bd1d5d0b9e9,
  0xd4ad2dbfc3d07787, 0x955e4ec64b44e864,
  0x84ec3c97da624ab4, 0xbd5af13bef0b113e,
  0xa6274bbdd0fadd61, 0xecb1ad8aeacdd58e,
  0xcfb11ead453994ba, 0x67de18eda5814af2,
  0x81ceb32c4b43fcf4, 0x80eacf948770ced7,
  0xa2425ff75e14fc31, 0xa1258379a94d028d,
  0xcad2f7f5359a3b3e, 0x096ee45813a04330,
  0xfd87b5f28300ca0d, 0x8bca9d6e188853fc,
  0x9e74d1b791e07e48, 0x775ea264cf55347e,
  0xc612062576589dda, 0x95364afe032a819e,
  0xf79687aed3eec551, 0x3a83ddbd83f52205,
  0x9abe14cd44753b52, 0xc4926a9672793543,
  0xc16d9a0095928a27, 0x75b7053c0f178294,
  0xf1c90080baf72cb1, 0x5324c68b12dd6339,
  0x971da05074da7bee, 0xd3f6fc16ebca5e04,
  0xbce5086492111aea, 0x88f4bb1ca6bcf585,
  0xec1e4a7db69561a5, 0x2b31e9e3d06c32e6,
  0x9392ee8e921d5d07, 0x3aff322e62439fd0,
  0xb877aa3236a4b449, 0x09befeb9fad487c3,
  0xe69594bec44de15b, 0x4c2ebe687989a9b4,
  0x901d7cf73ab0acd9, 0x0f9d37014bf60a11,
  0xb424dc35095cd80f, 0x538484c19ef38c95,
  0xe12e13424bb40e13, 0x2865a5f206b06fba,
  0x8cbccc096f5088cb, 0xf93f87b7442e45d4,
  0xafebff0bcb24aafe, 0xf78f69a51539d749,
  0xdbe6fecebdedd5be, 0xb573440e5a884d1c,
  0x89705f4136b4a597, 0x31680a88f8953031,
  0xabcc77118461cefc, 0xfdc20d2b36ba7c3e,
  0xd6bf94d5e57a42bc, 0x3d32907604691b4d,
  0x8637bd05af6c69b5, 0xa63f9a49c2c1b110,
  0xa7c5ac471b478423, 0x0fcf80dc33721d54,
  0xd1b71758e219652b, 0xd3c36113404ea4a9,
  0x83126e978d4fdf3b, 0x645a1cac083126ea,
  0xa3d70a3d70a3d70a, 0x3d70a3d70a3d70a4,
  0xcccccccccccccccc, 0xcccccccccccccccd,
]);
const LOWEST_POWER: i32 = -40;

/** Powers of ten that are exact as doubles. */
const EXACT_POWERS = memory.data<f64>([
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
  1e20, 1e21, 1e22,
]);

/** More significant digits do not fit in 64 bits. */
const MAX_DIGITS: u32 = 19;

let significand: u64 = 0;
/** Significant digits in `significand`; more than MAX_DIGITS: the rest is left out. */
let digits: u32 = 0;
/** The literal is 0.d1d2d3... x 10^magnitude, with d1 not zero. */
let magnitude: i32 = 0;

/** Reads the valid literal without minus sign `[start, end)`. */
function read(start: usize, end: usize): void {
  significand = 0;
  digits = 0;
  magnitude = 0;
  let point: bool = false;
  let p = start;
  for (; p < end; p++) {
    const digit = <u32>load<u8>(p) - 0x30;
    if (digit < 10) {
      if (digits || digit) {
        if (digits++ < MAX_DIGITS) significand = significand * 10 + digit;
        if (!point) magnitude++;
      } else if (point) {
        magnitude--;
      }
    } else if (load<u8>(p) == 0x2e) {
      point = true;
    } else {
      break;
    }
  }
  if (p == end) return;
  p++;
  const negative = load<u8>(p) == 0x2d;
  if (negative || load<u8>(p) == 0x2b) p++;
  let exponent: i32 = 0;
  // No literal has so many digits that more than this could be made up for.
  for (; p < end; p++) if (exponent < 100000) exponent = exponent * 10 + (<i32>load<u8>(p) - 0x30);
  magnitude += negative ? -exponent : exponent;
}

/** 2^1024 - 2^970, half a unit above the largest double: its first 19 digits. Its magnitude is 309. */
const OVERFLOW: u64 = 1797693134862315807;

/** Whether the literal with an exponent `[start, end)` is certainly below the largest double. */
export function isFinite(start: usize, end: usize): bool {
  read(start, end);
  if (!digits || magnitude < 309) return true;
  if (magnitude > 309) return false;
  let scaled = significand;
  for (let i = digits; i < MAX_DIGITS; i++) scaled *= 10;
  return scaled < OVERFLOW;
}

/** The value of the literal `[start, end)`, or NaN when the host has to find it. */
export function toDouble(start: usize, end: usize): f64 {
  read(start, end);
  return digits > MAX_DIGITS ? NaN : scale(significand, magnitude - <i32>digits);
}

/**
 * As {@link toDouble}, quicker for what Python writes: one digit, the point, digits, perhaps a negative exponent
 * of two digits. `exponentBytes`: length of the exponent, 0 when there is none.
 */
export function shortToDouble(start: usize, end: usize, exponentBytes: u32): f64 {
  if (load<u8>(start, 1) != 0x2e || (exponentBytes & ~4)) return toDouble(start, end);
  const stop = end - exponentBytes;
  const places = stop - start - 2;
  const whole = <u64>load<u8>(start) - 0x30;
  const power = exponentBytes ? 10 * (<i32>load<u8>(end - 2) - 0x30) + <i32>load<u8>(end - 1) - 0x30 : 0;
  if (places <= 18) {
    const scaled = whole * load<u64>(SCALES + (places << 3)) + readDigits(start + 2, places);
    return scale(scaled, -power - <i32>places);
  }
  if (places <= 24 && !whole) {
    // The first of more than 16 places are zeros.
    const first = readDigits(start + 2, places - 16);
    if (first < 1000) {
      return scale(first * 10000000000000000 + readDigits(stop - 16, 16), -power - <i32>places);
    }
  }
  return toDouble(start, end);
}

/** What {@link toMicroseconds} gives for other literals. */
export const NO_MICROSECONDS: u32 = ~0;

/**
 * The number of seconds that a short literal `[start, end)` says (see `number.ts`) in microseconds, if it has one digit
 * in front of the point and is a whole number of them: nearly every delay that the reference writes.
 */
export function toMicroseconds(start: usize, end: usize, exponentBytes: u32): u32 {
  const stop = end - exponentBytes;
  const hasPoint: bool = stop != start + 1;
  if ((hasPoint && load<u8>(start, 1) != 0x2e) || (exponentBytes & ~4)) return NO_MICROSECONDS;
  const places = hasPoint ? stop - start - 2 : 0;
  const power = exponentBytes ? 10 * (<i32>load<u8>(end - 2) - 0x30) + <i32>load<u8>(end - 1) - 0x30 : 0;
  const left = 6 - power - <i32>places;
  if (left < 0) return NO_MICROSECONDS;
  const whole = <u64>load<u8>(start) - 0x30;
  const scaled = whole * load<u64>(SCALES + (places << 3)) + readDigits(start + 2, places);
  return <u32>(scaled * load<u64>(SCALES + ((<usize>left) << 3)));
}

/** 10^n. */
const SCALES = memory.data<u64>([
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
  1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
  1000000000000000000,
]);

/** The number that `count` digits (at most 19) at `start` make; reads up to 7 bytes further. */
function readDigits(start: usize, count: usize): u64 {
  let p = start;
  let value: u64 = 0;
  for (let left = count; left; ) {
    const step = left < 8 ? left : 8;
    // Zeros in front make it eight digits; then pairs, fours and eights are joined in place.
    let x = (load<u64>(p) - 0x3030303030303030) << ((8 - step) << 3);
    x = (x * 10 + (x >> 8)) & 0x00ff00ff00ff00ff;
    x = (x * 100 + (x >> 16)) & 0x0000ffff0000ffff;
    x = (x * 10000 + (x >> 32)) & 0xffffffff;
    value = value * load<u64>(SCALES + (step << 3)) + x;
    p += step;
    left -= step;
  }
  return value;
}

/** value x 10^power, or NaN when that is not for here. */
function scale(value: u64, power: i32): f64 {
  if (!value) return 0;
  if (value <= 1 << 53 && power <= 22 && power >= -22) {
    const exact = <f64>value;
    return power < 0
      ? exact / load<f64>(EXACT_POWERS + ((<usize>-power) << 3))
      : exact * load<f64>(EXACT_POWERS + ((<usize>power) << 3));
  }
  return power < 0 && power >= LOWEST_POWER ? round(value, power) : NaN;
}

/** significand x 10^power: the product of 64 and 128 bits, of which the upper 55 decide. */
function round(significand: u64, power: i32): f64 {
  const zeros = clz(significand);
  const w = significand << zeros;
  const entry = POWERS + ((<usize>(power - LOWEST_POWER)) << 4);
  let high = upperProduct(w, load<u64>(entry));
  let low = w * load<u64>(entry);
  if ((high & 0x1ff) == 0x1ff) {
    const more = upperProduct(w, load<u64>(entry, 8));
    low += more;
    if (low < more) high++;
  }
  const top = high >> 63;
  const shift = top + 9;
  let mantissa = high >> shift;
  // Halfway between two doubles, which only small powers can be: to the even one.
  if (low <= 1 && power >= -4 && (mantissa & 3) == 1 && mantissa << shift == high) mantissa &= ~1;
  mantissa = (mantissa + (mantissa & 1)) >> 1;
  let exponent = <i64>((217706 * power) >> 16) + 63 + <i64>top - <i64>zeros + 1023;
  if (mantissa >= 1 << 53) {
    mantissa = 1 << 52;
    exponent++;
  }
  return reinterpret<f64>((mantissa & ((1 << 52) - 1)) | (<u64>exponent << 52));
}

/** The upper 64 bits of a product. */
function upperProduct(a: u64, b: u64): u64 {
  const lowA = a & 0xffffffff;
  const highA = a >> 32;
  const lowB = b & 0xffffffff;
  const highB = b >> 32;
  const middle = highA * lowB + ((lowA * lowB) >> 32);
  const other = lowA * highB + (middle & 0xffffffff);
  return highA * highB + (middle >> 32) + (other >> 32);
}
