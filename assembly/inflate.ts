// Deflate (RFC 1951): blocks, and the loop that decodes symbols. As strict as zlib.
//
// The input is a window that the host moves; the output is written to the text buffer, where the 32 KiB in front
// of it are always intact. Both ends have slack, so the hot loop checks its limits once per round.

import {
  alignToByte,
  bitPosition,
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
  seekBit,
  setBits,
  take,
} from './bits';
import { corrupt, Inflated, readCodes, useFixedCodes } from './codes';
import { copyMatch } from './copy';
import { Deflate } from './fault';
import {
  DISTANCE_BITS,
  DISTANCES,
  distanceBits,
  END_OF_BLOCK,
  EXCEPTIONAL,
  LENGTHS,
  LITERAL,
  LITERALS,
  LITLEN,
  LITLEN_BITS,
  lengthBits,
  SUBTABLE,
} from './huffman';

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
  setBits(next, hold, held);
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
      const textEnd = out;
      const start = bitPosition();
      status = decode(0, 0);
      if (status == Inflated.CORRUPT && ((<u64>inputEnd) << 3) - faultBit < CODE_BITS) status = Inflated.TRUNCATED;
      if (isBehindEnd()) status = Inflated.TRUNCATED;
      if (status == Inflated.TRUNCATED) {
        seekBit(start);
        out = textEnd + presentLiterals();
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

/** The decoder's bit buffer begins with this many bits without meaning: an index in it is the offset of an entry. */
const SCALE: u32 = 2;
const LITLEN_INDEX: usize = ((1 << LITLEN_BITS) - 1) << SCALE;
const DISTANCE_INDEX: usize = ((1 << DISTANCE_BITS) - 1) << SCALE;

/** How many literals are whole before the element that is cut off: they count for the text limit. */
function presentLiterals(): usize {
  let n: usize = 0;
  while (true) {
    fill();
    let entry = load<u32>((<usize>hold << SCALE) & LITLEN_INDEX, LITLEN);
    if (entry & EXCEPTIONAL && entry & SUBTABLE) {
      entry = load<u32>(LITLEN + subentry(entry, (hold >> LITLEN_BITS) << SCALE));
    }
    if (entry & EXCEPTIONAL || !(entry & LITERALS)) return n;
    take(load<u8>(LENGTHS + ((entry >> 16) & 0xff)));
    if (isBehindEnd()) return n;
    n++;
  }
}

/** First bit of the code at fault, which is not always the first bit of the element. */
let faultBit: u64 = 0;

/**
 * The hot loop: at least one round, then more until the input or the output limit is passed. FULL, ENDED or
 * CORRUPT. A round is three entries of literals, or two at most and then a length and a distance.
 *
 * Each look-up waits for the one before it, so the bit buffer is filled while a look-up is on its way, to 54 bits at
 * least. A distance (15 + 13) leaves 26 of them, two entries of literals (12 each) 30: enough for an entry and the
 * index of the next, or for a length (12 + 5) and the index of the distance (9). Subtables fill first.
 */
function decode(outLimit: usize, inLimit: usize): Inflated {
  let to = out;
  let from = next;
  let bits = hold << SCALE;
  let count = held + SCALE;
  const lowest = floor;
  let status = Inflated.FULL;
  bits |= load<u64>(from) << (<u64>count);
  from += (~count >> 3) & 7;
  count |= 56;
  let ahead = load<u32>(<usize>bits & LITLEN_INDEX, LITLEN);
  do {
    let entry = ahead;
    if (entry & LITERAL) {
      store<u16>(to, <u16>(entry >> 16));
      to += (entry >> 6) & 3;
      bits >>= <u64>entry;
      count -= entry;
      entry = load<u32>(<usize>bits & LITLEN_INDEX, LITLEN);
      bits |= load<u64>(from) << (<u64>count);
      from += (~count >> 3) & 7;
      count |= 56;
      if (entry & LITERAL) {
        store<u16>(to, <u16>(entry >> 16));
        to += (entry >> 6) & 3;
        bits >>= <u64>entry;
        count -= entry;
        entry = load<u32>(<usize>bits & LITLEN_INDEX, LITLEN);
        if (entry & LITERAL) {
          store<u16>(to, <u16>(entry >> 16));
          to += (entry >> 6) & 3;
          bits >>= <u64>entry;
          count -= entry;
          ahead = load<u32>(<usize>bits & LITLEN_INDEX, LITLEN);
          continue;
        }
      }
    }
    if (entry & EXCEPTIONAL) {
      let skipped: u32 = 0;
      if (entry & SUBTABLE) {
        bits |= load<u64>(from) << (<u64>count);
        from += (~count >> 3) & 7;
        count |= 56;
        skipped = LITLEN_BITS;
        bits >>= LITLEN_BITS;
        count -= LITLEN_BITS;
        entry = load<u32>(LITLEN + subentry(entry, bits));
      }
      if (entry & LITERAL) {
        store<u8>(to, <u8>(entry >> 16));
        to++;
        bits >>= <u64>entry;
        count -= entry;
        bits |= load<u64>(from) << (<u64>count);
        from += (~count >> 3) & 7;
        count |= 56;
        ahead = load<u32>(<usize>bits & LITLEN_INDEX, LITLEN);
        continue;
      }
      if (entry & EXCEPTIONAL) {
        if (entry & END_OF_BLOCK) {
          bits >>= <u64>entry;
          count -= entry;
          status = Inflated.ENDED;
          break;
        }
        faultBit = ((<u64>from) << 3) + SCALE - (count & 63) - skipped;
        status = corrupt(faultBit, Deflate.LITLEN_CODE);
        break;
      }
    }
    store<u8>(to, <u8>(entry >> 16));
    to += (entry >> 6) & 3;
    let saved = bits;
    bits >>= <u64>entry;
    count -= entry;
    const length = (entry >> 24) + 3 + extra(entry, saved, bits);

    let reach = load<u32>(<usize>bits & DISTANCE_INDEX, DISTANCES);
    bits |= load<u64>(from) << (<u64>count);
    from += (~count >> 3) & 7;
    count |= 56;
    if (reach & EXCEPTIONAL) {
      let skipped: u32 = 0;
      if (reach & SUBTABLE) {
        skipped = DISTANCE_BITS;
        bits >>= DISTANCE_BITS;
        count -= DISTANCE_BITS;
        reach = load<u32>(DISTANCES + subentry(reach, bits));
      }
      if (reach & EXCEPTIONAL) {
        faultBit = ((<u64>from) << 3) + SCALE - (count & 63) - skipped;
        status = corrupt(faultBit - lengthBits(entry), Deflate.DISTANCE_CODE);
        break;
      }
    }
    saved = bits;
    bits >>= <u64>reach;
    count -= reach;
    const distance = (reach >> 16) + extra(reach, saved, bits);
    const source = to - distance;
    if (distance > <u32>(to - lowest)) {
      // Its bits are all there: where the input ends, the caller has found that first.
      faultBit = 0;
      const element = ((<u64>from) << 3) + SCALE - (count & 63);
      status = corrupt(element - distanceBits(reach) - lengthBits(entry), Deflate.TOO_FAR_BACK);
      break;
    }
    ahead = load<u32>(<usize>bits & LITLEN_INDEX, LITLEN);
    copyMatch(to, source, distance, length);
    to += length;
  } while (to < outLimit && from < inLimit);

  setBits(from, bits >> SCALE, (count & 63) - SCALE);
  out = to;
  return status;
}

/** Offset of the entry in the subtable of `entry`; `bits` follow the index, above those without meaning. */
@inline
function subentry(entry: u32, bits: u64): usize {
  return ((entry >> 16) << SCALE) + (<u32>bits & (((1 << ((entry >> 8) & 15)) - 1) << SCALE));
}

/** The extra bits of an entry, which lie between the bit buffers before and after it. */
@inline
function extra(entry: u32, before: u64, after: u64): u32 {
  return <u32>(((before >> SCALE) >> <u64>(entry >> 8)) - ((after >> SCALE) << <u64>(entry - (entry >> 8))));
}
