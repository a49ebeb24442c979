// Deflate (RFC 1951): blocks, and the loop that decodes symbols. As strict as zlib.
//
// The input is a window that the host moves; the output is written to the text buffer, where the 32 KiB in front
// of it are always intact. Both ends have slack, so the hot loop checks its limits once per round.

import {
  alignToByte,
  fill,
  headerBit,
  held,
  hold,
  inputBeyond,
  inputEnd,
  isBehindEnd,
  isComplete,
  markHeader,
  moveTo,
  next,
  setBits,
  take,
} from './bits';
import { corrupt, Inflated, readCodes, useFixedCodes } from './codes';
import { copyMatch } from './copy';
import { Deflate } from './fault';
import { DISTANCE_BITS, DISTANCES, END_OF_BLOCK, LITLEN, LITLEN_BITS, SUBTABLE, symbolBits } from './huffman';

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

/** A block's codes fit in this many bytes: 17 bits, 19 code lengths of 3, 316 lengths of at most 14. */
const HEADER_BYTES: usize = 640;
/** What one round of the symbol loop loads at most. */
const ROUND_BYTES: usize = 32;
/** With fewer bits left than any code may need, a code that does not exist counts as cut off. */
const CODE_BITS: u64 = 17;

export function setOutput(at: usize, lowest: usize): void {
  out = at;
  floor = lowest;
}

/** Begins a stream at `next`. */
export function startStream(): void {
  setBits(next, 0, 0);
  block = Block.NONE;
  lastBlock = false;
}

// The state inside of a block, for check points: the position of its header, and of the next symbol.

export function storedRemaining(): u32 {
  return block == Block.STORED ? storedLeft : 0;
}

export function isBetweenBlocks(): bool {
  return block == Block.NONE;
}

export function seekStored(remaining: u32): void {
  storedLeft = remaining;
}

/** Decodes until `limit` is reached, which may be passed by one round's output. */
export function inflate(limit: usize): Inflated {
  while (true) {
    if (block == Block.NONE) {
      if (lastBlock) {
        alignToByte();
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
  markHeader();
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
  alignToByte();
  if (next + 4 > inputEnd) return Inflated.TRUNCATED;
  const length = <u64>load<u16>(next);
  if (length != <u64>(load<u16>(next, 2) ^ 0xffff)) return corrupt((<u64>next) << 3, Deflate.STORED_LENGTH);
  moveTo(next + 4);
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
  moveTo(next + length);
  storedLeft -= <u32>length;
  if (!storedLeft) block = Block.NONE;
  else if (out < limit) return Inflated.STARVED;
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
  bits |= load<u64>(from) << (<u64>count);
  from += (~count >> 3) & 7;
  count |= 56;
  let ahead = load<u64>((<usize>bits & ((1 << LITLEN_BITS) - 1)) << 3, LITLEN);
  do {
    let entry = ahead;
    if (<i64>entry < 0) {
      store<u16>(to, <u16>(entry >> 32));
      to += (<u32>entry >> 24) & 3;
      bits >>= entry;
      count -= <u32>entry;
      entry = load<u64>((<usize>bits & ((1 << LITLEN_BITS) - 1)) << 3, LITLEN);
      if (<i64>entry < 0) {
        store<u16>(to, <u16>(entry >> 32));
        to += (<u32>entry >> 24) & 3;
        bits >>= entry;
        count -= <u32>entry;
        bits |= load<u64>(from) << (<u64>count);
        from += (~count >> 3) & 7;
        count |= 56;
        ahead = load<u64>((<usize>bits & ((1 << LITLEN_BITS) - 1)) << 3, LITLEN);
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
        bits |= load<u64>(from) << (<u64>count);
        from += (~count >> 3) & 7;
        count |= 56;
        ahead = load<u64>((<usize>bits & ((1 << LITLEN_BITS) - 1)) << 3, LITLEN);
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

    let reach = load<u64>((<usize>bits & ((1 << DISTANCE_BITS) - 1)) << 3, DISTANCES);
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
    // The next entry is on its way while the match is copied.
    bits |= load<u64>(from) << (<u64>count);
    from += (~count >> 3) & 7;
    count |= 56;
    ahead = load<u64>((<usize>bits & ((1 << LITLEN_BITS) - 1)) << 3, LITLEN);
    copyMatch(to, source, distance, length);
    to += length;
  } while (to < outLimit && from < inLimit);

  setBits(from, bits, count & 63);
  out = to;
  return status;
}
