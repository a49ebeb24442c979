// Deflate (RFC 1951): blocks, and the loop that decodes symbols. As strict as zlib.
//
// The input is a window that the host moves; the output is written to the text buffer, where the 32 KiB in front
// of it are always intact. Both ends have slack, so the hot loop checks its limits once per round.

import { Deflate } from './fault';
import {
  buildCodeLengths,
  buildDistances,
  buildLitlen,
  CODES,
  Completeness,
  DISTANCE_BITS,
  DISTANCES,
  END_OF_BLOCK,
  EXCEPTIONAL,
  LENGTHS,
  LITERAL,
  LITLEN,
  LITLEN_BITS,
  SUBTABLE,
  symbolBits,
} from './huffman';

export const enum Inflated {
  /** The output limit is reached. */
  FULL,
  /** The window is used up and more input exists. */
  STARVED,
  /** The last block has ended; the position is at a byte border. */
  ENDED,
  TRUNCATED,
  /** See `faultAt` and `faultDetail`. */
  CORRUPT,
}

/** Next byte to load, and how many bits before it are still unused: the position is exact between calls. */
export let next: usize = 0;
export let held: u32 = 0;
let hold: u64 = 0;

/** End of the input window, and how much input comes behind it: zeros in memory when it is none. */
export let inputEnd: usize = 0;
let inputBeyond: u64 = 0;

/** Next byte of the output, and the first byte that a distance may reach. */
export let out: usize = 0;
let floor: usize = 0;

const enum Block {
  NONE,
  STORED,
  CODED,
}
let block: Block = Block.NONE;
let lastBlock: bool = false;
let storedLeft: u32 = 0;
/** The tables hold the fixed codes: a run of fixed blocks builds them once. */
let fixedTables: bool = false;

/** Of the fault: the byte of the window with the first bit of the element, and which {@link Deflate}. */
export let faultAt: usize = 0;
export let faultDetail: Deflate = Deflate.BLOCK_TYPE;

/** A block's codes fit in this many bytes: 17 bits, 19 code lengths of 3, 316 lengths of at most 14. */
const HEADER_BYTES: usize = 640;
/** What one round of the symbol loop loads at most. */
const ROUND_BYTES: usize = 32;
/** With fewer bits left than any code may need, a code that does not exist counts as cut off. */
const CODE_BITS: u64 = 17;

const CODE_ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

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

export function setOutput(at: usize, lowest: usize): void {
  out = at;
  floor = lowest;
}

/** Begins a stream at `next`. */
export function startStream(): void {
  hold = 0;
  held = 0;
  block = Block.NONE;
  lastBlock = false;
}

// The state inside of a block, for check points: the position of its header, and of the next symbol.

/** First bit of the current block's header, as if the window began long before. */
export let headerBit: u64 = 0;

export function bitPosition(): u64 {
  return ((<u64>next) << 3) - held;
}

export function storedRemaining(): u32 {
  return block == Block.STORED ? storedLeft : 0;
}

export function isBetweenBlocks(): bool {
  return block == Block.NONE;
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

export function seekStored(remaining: u32): void {
  storedLeft = remaining;
}

/** Decodes until `limit` is reached, which may be passed by one round's output. */
export function inflate(limit: usize): Inflated {
  while (true) {
    if (block == Block.NONE) {
      if (lastBlock) {
        next -= held >> 3;
        held = 0;
        hold = 0;
        return Inflated.ENDED;
      }
      if (!isComplete() && next + HEADER_BYTES > inputEnd) return Inflated.STARVED;
      const status = readHeader();
      if (status != Inflated.FULL) return status;
    }
    if (out >= limit) return Inflated.FULL;
    if (block == Block.STORED) {
      const status = copyStored(limit);
      if (status != Inflated.FULL || block != Block.NONE) return status;
    } else {
      const status = decodeBlock(limit);
      if (status != Inflated.FULL || block != Block.NONE) return status;
    }
  }
}

/** Reads the header again at a check point inside a block. */
export function readHeader(): Inflated {
  headerBit = bitPosition();
  fill();
  lastBlock = take(1) != 0;
  const type = take(2);
  if (isBehindEnd()) return Inflated.TRUNCATED;
  if (type == 0) return readStoredHeader();
  if (type == 3) return corrupt(headerBit, Deflate.BLOCK_TYPE);
  const status = type == 1 ? useFixedCodes() : readCodes();
  if (status == Inflated.FULL) block = Block.CODED;
  return status;
}

function readStoredHeader(): Inflated {
  next -= held >> 3;
  held = 0;
  hold = 0;
  if (next + 4 > inputEnd) return Inflated.TRUNCATED;
  const length = <u64>load<u16>(next);
  if (length != <u64>(load<u16>(next, 2) ^ 0xffff)) return corrupt((<u64>next) << 3, Deflate.STORED_LENGTH);
  next += 4;
  if (length > inputEnd - next + inputBeyond) return Inflated.TRUNCATED;
  storedLeft = <u32>length;
  block = Block.STORED;
  return Inflated.FULL;
}

function copyStored(limit: usize): Inflated {
  const room = limit - out;
  const present = inputEnd - next;
  let length: usize = storedLeft;
  if (length > room) length = room;
  if (length > present) length = present;
  memory.copy(out, next, length);
  out += length;
  next += length;
  storedLeft -= <u32>length;
  if (!storedLeft) block = Block.NONE;
  else if (out < limit) return Inflated.STARVED;
  return Inflated.FULL;
}

function useFixedCodes(): Inflated {
  if (fixedTables) return Inflated.FULL;
  memory.fill(LENGTHS, 8, 144);
  memory.fill(LENGTHS + 144, 9, 112);
  memory.fill(LENGTHS + 256, 7, 24);
  memory.fill(LENGTHS + 280, 8, 8);
  memory.fill(LENGTHS + 288, 5, 32);
  buildLitlen(288);
  buildDistances(32);
  fixedTables = true;
  return Inflated.FULL;
}

/** Reads the codes of a dynamic block (RFC 1951 section 3.2.7). */
function readCodes(): Inflated {
  fixedTables = false;
  const litlens = take(5) + 257;
  const distances = take(5) + 1;
  const codes = take(4) + 4;
  if (isBehindEnd()) return Inflated.TRUNCATED;
  if (litlens > 286 || distances > 30) return corrupt(headerBit, Deflate.TOO_MANY_SYMBOLS);
  memory.fill(LENGTHS, 0, 19);
  for (let i: u32 = 0; i < codes; i++) {
    fill();
    store<u8>(LENGTHS + load<u8>(CODE_ORDER + i), <u8>take(3));
  }
  if (isBehindEnd()) return Inflated.TRUNCATED;
  if (buildCodeLengths() != Completeness.COMPLETE) return corrupt(headerBit, Deflate.CODE_LENGTHS);
  const status = readCodeLengths(litlens + distances);
  if (status != Inflated.FULL) return status;
  memory.copy(LENGTHS + 288, LENGTHS + litlens, distances);
  if (!load<u8>(LENGTHS + 256)) return corrupt(headerBit, Deflate.NO_END_OF_BLOCK);
  if (buildLitlen(litlens) == Completeness.WRONG || buildDistances(distances) == Completeness.WRONG) {
    return corrupt(headerBit, Deflate.CODE_LENGTHS);
  }
  return Inflated.FULL;
}

/** Reads `total` run-length coded code lengths. */
function readCodeLengths(total: u32): Inflated {
  for (let i: u32 = 0; i < total; ) {
    fill();
    const entry = load<u64>(CODES + ((<usize>hold & 127) << 3));
    const symbol = <u32>(entry >> 48);
    take(<u32>entry & 0xff);
    if (isBehindEnd()) return Inflated.TRUNCATED;
    if (symbol < 16) {
      store<u8>(LENGTHS + i++, <u8>symbol);
      continue;
    }
    if (symbol == 16 && !i) return corrupt(headerBit, Deflate.REPEAT);
    const value: u8 = symbol == 16 ? load<u8>(LENGTHS + i - 1) : 0;
    const count: u32 = symbol == 16 ? 3 + take(2) : symbol == 17 ? 3 + take(3) : 11 + take(7);
    if (isBehindEnd()) return Inflated.TRUNCATED;
    if (i + count > total) return corrupt(headerBit, Deflate.REPEAT);
    memory.fill(LENGTHS + i, value, count);
    i += count;
  }
  return Inflated.FULL;
}

/** Decodes symbols up to the limit or the end of the block; round by round where the input may end. */
function decodeBlock(limit: usize): Inflated {
  while (true) {
    let status: Inflated;
    if (next + ROUND_BYTES < inputEnd) {
      status = decode(limit, inputEnd - ROUND_BYTES);
      // Far from the end no code can be cut off.
      if (status == Inflated.CORRUPT) return status;
    } else {
      if (!isComplete()) return Inflated.STARVED;
      const before = out;
      status = decode(0, 0);
      if (status == Inflated.CORRUPT && ((<u64>inputEnd) << 3) - faultBit < CODE_BITS) status = Inflated.TRUNCATED;
      if (isBehindEnd()) status = Inflated.TRUNCATED;
      if (status == Inflated.TRUNCATED) {
        out = before;
        return status;
      }
      if (status == Inflated.CORRUPT) return status;
    }
    if (status == Inflated.ENDED) {
      block = Block.NONE;
      return Inflated.FULL;
    }
    if (out >= limit) return Inflated.FULL;
  }
}

/** First bit of the code at fault, which is not always the first bit of the element. */
let faultBit: u64 = 0;

/**
 * The hot loop: at least one round, then more until the input or the output limit is passed. FULL, ENDED or
 * CORRUPT. A round is two entries of literals at most, then a length and a distance.
 */
function decode(outLimit: usize, inLimit: usize): Inflated {
  let to = out;
  let from = next;
  let bits = hold;
  let count = held;
  const lowest = floor;
  let status = Inflated.FULL;
  do {
    bits |= load<u64>(from) << (<u64>count);
    from += (~count >> 3) & 7;
    count |= 56;
    let entry = load<u64>(LITLEN + ((<usize>bits & ((1 << LITLEN_BITS) - 1)) << 3));
    if (<i64>entry < 0) {
      store<u16>(to, <u16>(entry >> 32));
      to += (<u32>entry >> 24) & 3;
      bits >>= entry;
      count -= <u32>entry;
      entry = load<u64>(LITLEN + ((<usize>bits & ((1 << LITLEN_BITS) - 1)) << 3));
      if (<i64>entry < 0) {
        store<u16>(to, <u16>(entry >> 32));
        to += (<u32>entry >> 24) & 3;
        bits >>= entry;
        count -= <u32>entry;
        continue;
      }
      bits |= load<u64>(from) << (<u64>count);
      from += (~count >> 3) & 7;
      count |= 56;
    }
    if (<i32>entry < 0) {
      let skipped: u32 = 0;
      if (entry & SUBTABLE) {
        skipped = LITLEN_BITS;
        bits >>= LITLEN_BITS;
        count -= LITLEN_BITS;
        const wide = <usize>bits & ((1 << ((<u32>entry >> 16) & 15)) - 1);
        entry = load<u64>(LITLEN + ((<usize>(entry >> 48) + wide) << 3));
      }
      if (<i64>entry < 0) {
        store<u16>(to, <u16>(entry >> 32));
        to++;
        bits >>= entry;
        count -= <u32>entry;
        continue;
      }
      if (<i32>entry < 0) {
        if (entry & END_OF_BLOCK) {
          bits >>= entry;
          count -= <u32>entry;
          status = Inflated.ENDED;
          break;
        }
        faultBit = ((<u64>from) << 3) - (count & 63) - skipped;
        status = corrupt(faultBit, Deflate.LITLEN_CODE);
        break;
      }
    }
    store<u8>(to, <u8>(entry >> 32));
    to += (<u32>entry >> 24) & 3;
    let saved = bits;
    bits >>= entry;
    count -= <u32>entry;
    let length = (<usize>(entry >> 48)) + <usize>((saved >> (entry >> 8)) - (bits << (entry >> 16)));

    let reach = load<u64>(DISTANCES + ((<usize>bits & ((1 << DISTANCE_BITS) - 1)) << 3));
    if (<i32>reach < 0) {
      let skipped: u32 = 0;
      if (reach & SUBTABLE) {
        skipped = DISTANCE_BITS;
        bits >>= DISTANCE_BITS;
        count -= DISTANCE_BITS;
        const wide = <usize>bits & ((1 << ((<u32>reach >> 16) & 15)) - 1);
        reach = load<u64>(DISTANCES + ((<usize>(reach >> 48) + wide) << 3));
      }
      if (<i32>reach < 0) {
        faultBit = ((<u64>from) << 3) - (count & 63) - skipped;
        status = corrupt(faultBit - symbolBits(<u32>(entry >> 48), false), Deflate.DISTANCE_CODE);
        break;
      }
    }
    saved = bits;
    bits >>= reach;
    count -= <u32>reach;
    const distance = (<usize>(reach >> 48)) + <usize>((saved >> (reach >> 8)) - (bits << (reach >> 16)));
    const source = to - distance;
    if (distance > to - lowest) {
      // Its bits are all there: where the input ends, the caller has found that first.
      faultBit = 0;
      const element = ((<u64>from) << 3) - (count & 63);
      status = corrupt(
        element - symbolBits(<u32>(reach >> 48), true) - symbolBits(<u32>(entry >> 48), false),
        Deflate.TOO_FAR_BACK,
      );
      break;
    }
    copyMatch(to, source, distance, length);
    to += length;
  } while (to < outLimit && from < inLimit);

  // Give whole bytes back, so that the position is exact.
  count &= 63;
  from -= count >> 3;
  count &= 7;
  hold = bits & ((1 << (<u64>count)) - 1);
  held = count;
  next = from;
  out = to;
  return status;
}

/** Copies a match with wide stores that may pass its end by up to 48 bytes. */
@inline
function copyMatch(to: usize, source: usize, distance: usize, length: usize): void {
  if (ASC_FEATURE_SIMD) {
    if (distance >= 16) {
      v128.store(to, v128.load(source));
      v128.store(to, v128.load(source, 16), 16);
      v128.store(to, v128.load(source, 32), 32);
      for (let done: usize = 48; done < length; done += 16) v128.store(to + done, v128.load(source + done));
      return;
    }
  } else if (distance >= 8) {
    for (let done: usize = 0; done < length; done += 8) store<u64>(to + done, load<u64>(source + done));
    return;
  }
  copyPattern(to, distance, length);
}

/** A match that overlaps itself closely: its first bytes one by one, then whole periods of them. */
function copyPattern(to: usize, distance: usize, length: usize): void {
  const width: usize = ASC_FEATURE_SIMD ? 16 : 8;
  for (let i: usize = 0; i < width; i++) store<u8>(to + i, load<u8>(to + i - distance));
  const period = width - (width % distance);
  if (ASC_FEATURE_SIMD) {
    const pattern = v128.load(to);
    for (let done = period; done < length; done += period) v128.store(to + done, pattern);
  } else {
    const pattern = load<u64>(to);
    for (let done = period; done < length; done += period) store<u64>(to + done, pattern);
  }
}

/** Tops the bit buffer up to at least 56 bits. */
@inline
function fill(): void {
  hold |= load<u64>(next) << (<u64>held);
  const bytes = (63 - held) >> 3;
  next += bytes;
  held += bytes << 3;
  hold &= held == 64 ? ~0 : (1 << (<u64>held)) - 1;
}

@inline
function take(bits: u32): u32 {
  const value = <u32>hold & ((1 << bits) - 1);
  hold >>= <u64>bits;
  held -= bits;
  return value;
}

/** Whether more bits were used than the input has. */
@inline
function isBehindEnd(): bool {
  return ((<u64>next) << 3) - held > (<u64>inputEnd) << 3;
}

function corrupt(bit: u64, detail: Deflate): Inflated {
  faultAt = <usize>(bit >> 3);
  faultDetail = detail;
  return Inflated.CORRUPT;
}
