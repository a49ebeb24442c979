// The bits of the input, least significant first, in a window that the host moves.

/** Next byte to load; and the bits before it that are not used yet, with their number. */
export let next: usize = 0;
export let hold: u64 = 0;
export let held: u32 = 0;

/** End of the input window, and how much input comes behind it: zeros in memory when it is none. */
export let inputEnd: usize = 0;
export let inputBeyond: u64 = 0;

/** First bit of the current block's header, as if the window began long before. */
export let headerBit: u64 = 0;

/** The window begins at the position: at `start`. */
export function setInput(start: usize, end: usize, beyond: u64): void {
  headerBit += (<u64>start - <u64>next) << 3;
  next = start;
  inputEnd = end;
  inputBeyond = beyond;
}

/** Whether the window reaches to the end of the input. */
@inline
export function isComplete(): bool {
  return inputBeyond == 0;
}

/** Moves the position to a byte, between streams. */
export function moveTo(at: usize): void {
  next = at;
}

/** Marks the position as the start of a block's header. */
@inline
export function markHeader(): void {
  headerBit = bitPosition();
}

/** Drops the bits up to the next byte of the input. */
export function alignToByte(): void {
  next -= held >> 3;
  held = 0;
  hold = 0;
}

/** Takes the state of a reader that has its own: any number of bits left in `bits`. */
@inline
export function setBits(at: usize, bits: u64, count: u32): void {
  // Whole bytes are given back, so that the position is exact.
  next = at - (count >> 3);
  held = count & 7;
  hold = bits & ((1 << (<u64>(count & 7))) - 1);
}

/** Address of the next bit. */
export function bitPosition(): u64 {
  return ((<u64>next) << 3) - held;
}

/** Continues at a check point: between blocks, or in a block whose header was just read again. */
export function seekBit(bit: u64): void {
  next = <usize>(bit >> 3);
  held = 0;
  hold = 0;
  const skip = <u32>bit & 7;
  if (skip) {
    hold = (<u64>load<u8>(next)) >> skip;
    held = 8 - skip;
    next++;
  }
}

/** Tops the bit buffer up to at least 56 bits. */
@inline
export function fill(): void {
  hold |= load<u64>(next) << (<u64>held);
  const bytes = (63 - held) >> 3;
  next += bytes;
  held += bytes << 3;
  hold &= held == 64 ? ~0 : (1 << (<u64>held)) - 1;
}

/** The next `bits` bits, which must have been filled in. */
@inline
export function take(bits: u32): u32 {
  const value = <u32>hold & ((1 << bits) - 1);
  hold >>= <u64>bits;
  held -= bits;
  return value;
}

/** Whether more bits were used than the input has. */
@inline
export function isBehindEnd(): bool {
  return ((<u64>next) << 3) - held > (<u64>inputEnd) << 3;
}
