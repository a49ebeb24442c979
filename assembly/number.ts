// Number literals of JSON (RFC 8259 section 6).

/** What the literal's next byte may be. Resumable: a literal may be longer than the text at hand. */
const enum Phase {
  SIGN,
  /** Behind the sign: a digit must come. */
  INTEGER,
  INTEGER_DIGITS,
  /** Behind a leading zero: no digit may come. */
  ZERO,
  FRACTION,
  FRACTION_DIGITS,
  EXPONENT_SIGN,
  EXPONENT,
  EXPONENT_DIGITS,
}

let phase: Phase = Phase.SIGN;
/** Digits of the integer part so far. */
export let integerDigits: u32 = 0;
/** The most that an integer may have. */
let integerLimit: u32 = 0;

/** `integers`: the most digits of an integer. */
export function startNumbers(integers: u32): void {
  integerLimit = integers;
}

export function startNumber(): void {
  phase = Phase.SIGN;
  integerDigits = 0;
}

/** Whether what was read is a whole literal. */
export function isNumberWhole(): bool {
  return (
    phase == Phase.INTEGER_DIGITS ||
    phase == Phase.ZERO ||
    phase == Phase.FRACTION_DIGITS ||
    phase == Phase.EXPONENT_DIGITS
  );
}

/** Whether what was read has neither fraction nor exponent. */
export function isNumberInteger(): bool {
  return phase <= Phase.ZERO;
}

/** Whether what was read is an integer of too many digits. */
export function isIntegerTooLong(): bool {
  return isNumberInteger() && integerDigits > integerLimit;
}

@inline
function isDigit(byte: u32): bool {
  return byte - 0x30 < 10;
}

/** Reads on in `[start, end)`; returns the first address that does not belong to the literal. */
export function readNumber(start: usize, end: usize): usize {
  let p = start;
  while (p < end) {
    const byte = <u32>load<u8>(p);
    switch (phase) {
      case Phase.SIGN: {
        phase = Phase.INTEGER;
        if (byte == 0x2d) break;
      }
      case Phase.INTEGER: {
        if (!isDigit(byte)) return p;
        integerDigits = 1;
        phase = byte == 0x30 ? Phase.ZERO : Phase.INTEGER_DIGITS;
        break;
      }
      case Phase.INTEGER_DIGITS: {
        if (isDigit(byte)) {
          integerDigits++;
          break;
        }
      }
      case Phase.ZERO: {
        if (byte == 0x2e) phase = Phase.FRACTION;
        else if ((byte | 0x20) == 0x65) phase = Phase.EXPONENT_SIGN;
        else return p;
        break;
      }
      case Phase.FRACTION: {
        if (!isDigit(byte)) return p;
        phase = Phase.FRACTION_DIGITS;
        break;
      }
      case Phase.FRACTION_DIGITS: {
        if (isDigit(byte)) break;
        if ((byte | 0x20) != 0x65) return p;
        phase = Phase.EXPONENT_SIGN;
        break;
      }
      case Phase.EXPONENT_SIGN: {
        phase = Phase.EXPONENT;
        if (byte == 0x2b || byte == 0x2d) break;
      }
      case Phase.EXPONENT: {
        if (!isDigit(byte)) return p;
        phase = Phase.EXPONENT_DIGITS;
        break;
      }
      default: {
        if (!isDigit(byte)) return p;
      }
    }
    p++;
  }
  return p;
}

/** `e-` */
const EXPONENT: u16 = 0x2d65;

/** Bytes of the exponent, "e" included, of the short literal that was read last, where exponents are taken. */
export let exponentBytes: u32 = 0;

/**
 * Whether the bytes from `start` up to the token at `end` are a literal of at most 31 bytes, and no more than an
 * integer may have digits, that has no minus sign and no exponent, except one such as "e-05" if `exponents` are taken:
 * the usual case, decided on one mask of digits. If not, they may be a literal of another kind.
 */
@inline
export function isShortNumber(start: usize, end: usize, exponents: bool): bool {
  if (!ASC_FEATURE_SIMD) return false;
  const length = <u32>(end - start);
  const hasExponent = exponents ? <u32>(load<u16>(end - 4) == EXPONENT) : 0;
  const mantissa = length - (hasExponent << 2);
  if (length > 31 || (exponents && mantissa - 1 > 30) || length > integerLimit) return false;
  let point = ~digitMask(start) & ((1 << length) - 1);
  if (exponents) {
    exponentBytes = hasExponent << 2;
    point ^= (hasExponent * 3) << mantissa;
    // Behind the mantissa nothing else may be no digit.
    if (point >> mantissa) return false;
  }
  // A point with a digit on each side, or none.
  if ((point & (point - 1)) | (point & ((1 << (mantissa - 1)) | 1))) return false;
  if (point && load<u8>(start + <usize>ctz(point)) != 0x2e) return false;
  return load<u8>(start) != 0x30 || point == 2 || mantissa == 1;
}

/**
 * The address behind the literal at `start` when it is whole within 31 bytes, has no more bytes than an integer may
 * have digits, and neither minus sign nor positive exponent, else 0: decided on one mask of digits. Behind it may be
 * anything.
 */
export function skipShortNumber(start: usize): usize {
  if (!ASC_FEATURE_SIMD) return 0;
  // Ends of digit runs: the byte at each set bit is no digit.
  const others = ~digitMask(start);
  if (!others) return 0;
  let length = ctz(others);
  if (!length || (length > 1 && load<u8>(start) == 0x30)) return 0;
  let byte = load<u8>(start + length);
  if (byte == 0x2e) {
    const end = nextEnd(others, length + 1);
    if (end <= length + 1 || end > 31) return 0;
    length = end;
    byte = load<u8>(start + length);
  }
  exponentBytes = 0;
  if ((byte | 0x20) == 0x65) {
    if (load<u8>(start + length, 1) != 0x2d) return 0;
    const digits = length + 2;
    const end = nextEnd(others, digits);
    if (end <= digits || end > 31) return 0;
    exponentBytes = end - length;
    length = end;
  }
  return length > integerLimit ? 0 : start + length;
}

/** The digits among 32 bytes. */
@inline
function digitMask(start: usize): u32 {
  const zero = i8x16.splat(0x30);
  const nine = i8x16.splat(9);
  const low = i8x16.bitmask(i8x16.le_u(i8x16.sub(v128.load(start), zero), nine));
  const high = i8x16.bitmask(i8x16.le_u(i8x16.sub(v128.load(start, 16), zero), nine));
  return (<u32>high << 16) | <u32>low;
}

/** The first set bit of `others` at or above `from`; 32 and more when there is none. */
@inline
function nextEnd(others: u32, from: u32): u32 {
  return from > 31 ? 64 : from + ctz(others >> from);
}

/** The address of the first comma in the 32 bytes behind `start`, or that of the byte behind them. */
@inline
export function commaBehind(start: usize): usize {
  let p = start + 1;
  if (ASC_FEATURE_SIMD) {
    const comma = i8x16.splat(0x2c);
    const low = i8x16.bitmask(i8x16.eq(v128.load(p), comma));
    const high = i8x16.bitmask(i8x16.eq(v128.load(p, 16), comma));
    return p + <usize>ctz((<u32>high << 16) | <u32>low);
  }
  while (p <= start + 32 && load<u8>(p) != 0x2c) p++;
  return p;
}
