/**
 * The strict measure of a deflate stream (RFC 1951): where it ends and how long its output is.
 *
 * fflate inflates, but it neither tells where a stream ends nor refuses what zlib refuses (a wrong complement
 * of a stored length, incomplete codes, distances before the start). So the JS kernel measures first: nothing
 * is allocated before the size is known and within the limit, and every fault has its exact place.
 */

import { type DeflateFault, faults } from './faults.js';
import { PrefixCode } from './js-prefix-code.js';

/** Extra bits of the length symbols 257 to 285 and of the distance symbols 0 to 29. */
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_EXTRA = Array.from({ length: 30 }, (_, i) => Math.max(0, (i >> 1) - 1));
/** Order in which the lengths of the code length codes are sent (RFC 1951 section 3.2.7). */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

// The meaning of a symbol: extra bits in bits 4 to 7, its kind in bits 8 and 9, from bit 10 on the literal byte,
// or what the extra bits are added to.
export const KIND = 3 << 8;
const LITERAL = 0;
export const COPY = 1 << 8;
export const END_OF_BLOCK = 2 << 8;
export const INVALID = 3 << 8;

const LITERAL_MEANINGS = [
  ...Array.from({ length: 256 }, (_, byte) => LITERAL | (byte << 10)),
  END_OF_BLOCK,
  ...copyMeanings(LENGTH_EXTRA, 3).with(28, COPY | (258 << 10)),
  ...[INVALID, INVALID],
];
const DISTANCE_MEANINGS = [...copyMeanings(DISTANCE_EXTRA, 1), INVALID, INVALID];
const LENGTH_MEANINGS = Array.from(LENGTH_ORDER, (_, symbol) => symbol << 4);

const PAUSE_BYTES = 1 << 20;
/** A look at the bits of the stream has at least so many. */
const LOOK_BITS = 25;
/** What fits no code is put down to the end of the input when no more bits than this are left. */
const END_BITS = 16;

export interface DeflateSize {
  /** Offset just behind the last byte of the stream. */
  readonly end: number;
  /** Length of the output in bytes. */
  readonly size: number;
}

/**
 * Walks the stream that begins at `start`; pauses between blocks with the offset reached.
 *
 * @param member offset of the gzip member, for messages
 * @param room how many bytes of output the text limit still allows
 * @param limit the text limit, for the message
 * @throws DataError `gzip-truncated`, `gzip-corrupt-deflate` or `limit-text`
 */
export function* measureDeflate(
  input: Uint8Array,
  start: number,
  member: number,
  room: number,
  limit: number,
): Generator<number, DeflateSize, void> {
  const bits = new BitReader(input, start, member);
  const codes = new BlockCodes();
  let size = 0;
  let pauseAt = start + PAUSE_BYTES;
  for (let last = false; !last; ) {
    const blockStart = bits.byte;
    last = bits.take(1) === 1;
    const type = bits.take(2);
    if (type === 0) {
      size += bits.skipStored();
    } else {
      if (type === 1) codes.assignFixed();
      else if (type === 2) codes.read(bits, blockStart);
      else throw faults.corruptDeflate(blockStart, 'invalid block type');
      size = measureBlock(bits, codes, size, room, limit);
    }
    if (size > room) throw faults.textTooLong(limit);
    if (bits.byte > pauseAt) {
      yield bits.byte;
      pauseAt = bits.byte + PAUSE_BYTES;
    }
  }
  return { end: bits.alignedByte, size };
}

function measureBlock(
  bits: BitReader,
  { literals, distances }: BlockCodes,
  sizeBefore: number,
  room: number,
  limit: number,
): number {
  const { input } = bits;
  const inputEnd = input.length;
  let size = sizeBefore;
  // The position is kept in variables while the block lasts.
  let { byte, bit } = bits;
  for (;;) {
    const symbolStart = byte;
    let look = lookAt(input, byte, bit);
    const symbol = literals.find(look);
    const kind = symbol & KIND;
    if (symbol === 0 || kind === INVALID)
      throw bits.misfit(byte, bit, symbolStart, 'invalid literal/length code');
    let used = symbol & 15;
    if (kind !== COPY) {
      bit += used;
      byte += bit >> 3;
      bit &= 7;
      if (byte >= inputEnd) bits.checkEnd(byte, bit);
      if (kind === END_OF_BLOCK) break;
      size++;
    } else {
      const length = (symbol >> 10) + extra(look >>> used, symbol);
      used += (symbol >> 4) & 15;
      bit += used;
      byte += bit >> 3;
      bit &= 7;
      look = lookAt(input, byte, bit);
      const code = distances.find(look);
      if (code === 0 || (code & KIND) === INVALID)
        throw bits.misfit(byte, bit, symbolStart, 'invalid distance code');
      used = code & 15;
      const extraBits = (code >> 4) & 15;
      if (used + extraBits > LOOK_BITS) {
        bit += used;
        byte += bit >> 3;
        bit &= 7;
        look = lookAt(input, byte, bit);
        used = 0;
      }
      const distance = (code >> 10) + extra(look >>> used, code);
      bit += used + extraBits;
      byte += bit >> 3;
      bit &= 7;
      if (byte >= inputEnd) bits.checkEnd(byte, bit);
      if (distance > size) throw faults.corruptDeflate(symbolStart, 'distance too far back');
      size += length;
    }
    if (size > room) throw faults.textTooLong(limit);
  }
  bits.byte = byte;
  bits.bit = bit;
  return size;
}

/** The bits from a position on, {@link LOOK_BITS} at least; zeros behind the end of the input. */
function lookAt(input: Uint8Array, byte: number, bit: number): number {
  return (
    (input[byte]! | (input[byte + 1]! << 8) | (input[byte + 2]! << 16) | (input[byte + 3]! << 24)) >>> bit
  );
}

/** The extra bits of a symbol, when they come first. */
function extra(look: number, meaning: number): number {
  return look & ((1 << ((meaning >> 4) & 15)) - 1);
}

function copyMeanings(extras: readonly number[], first: number): number[] {
  let base = first;
  return extras.map((bits) => {
    const meaning = COPY | (bits << 4) | (base << 10);
    base += 1 << bits;
    return meaning;
  });
}

/** The two codes of a block; their tables serve all blocks of a stream. */
export class BlockCodes {
  readonly literals = new PrefixCode(LITERAL_MEANINGS);
  readonly distances = new PrefixCode(DISTANCE_MEANINGS);
  readonly #lengths = new Uint8Array(288 + 32);

  /** The fixed codes of RFC 1951 section 3.2.6. */
  assignFixed(): void {
    const lengths = this.#lengths
      .fill(8, 0, 144)
      .fill(9, 144, 256)
      .fill(7, 256, 280)
      .fill(8, 280, 288)
      .fill(5, 288);
    this.literals.assign(lengths, 0, 288);
    this.distances.assign(lengths, 288, 320);
  }

  /** Reads the codes of a dynamic block (RFC 1951 section 3.2.7), as strict as zlib. */
  read(bits: BitReader, blockStart: number): void {
    const fail = (what: DeflateFault) => faults.corruptDeflate(blockStart, what);
    const literalCount = bits.take(5) + 257;
    const distanceCount = bits.take(5) + 1;
    const lengthCount = bits.take(4) + 4;
    if (literalCount > 286 || distanceCount > 30) throw fail('too many length or distance symbols');
    const lengths = this.#lengths.fill(0, 0, 19);
    for (let i = 0; i < lengthCount; i++) lengths[LENGTH_ORDER[i]!] = bits.take(3);
    const lengthCode = new PrefixCode(LENGTH_MEANINGS);
    if (lengthCode.assign(lengths, 0, 19) !== 'complete') throw fail('invalid code lengths');

    const count = literalCount + distanceCount;
    for (let i = 0; i < count; ) {
      const symbol = bits.takeSymbol(lengthCode);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) throw fail('invalid code length repeat');
      const value = symbol === 16 ? lengths[i - 1]! : 0;
      const end =
        i + (symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7));
      if (end > count) throw fail('invalid code length repeat');
      while (i < end) lengths[i++] = value;
    }
    if (lengths[256] === 0) throw fail('missing end-of-block code');
    // zlib lets a code of one symbol be incomplete, and distances be absent.
    const literals = this.literals.assign(lengths, 0, literalCount);
    if (literals !== 'complete' && literals !== 'single') throw fail('invalid code lengths');
    const distances = this.distances.assign(lengths, literalCount, count);
    if (distances === 'incomplete' || distances === 'oversubscribed') throw fail('invalid code lengths');
  }
}

/** A position in the bits of the stream, least significant first. Behind the end there are zeros to look at. */
export class BitReader {
  readonly input: Uint8Array;
  /** The byte that holds the next bit, and its place in there. */
  byte: number;
  bit = 0;
  readonly #member: number;

  constructor(input: Uint8Array, start: number, member: number) {
    this.input = input;
    this.byte = start;
    this.#member = member;
  }

  /** Offset behind the last byte of which a bit was taken. */
  get alignedByte(): number {
    return this.bit === 0 ? this.byte : this.byte + 1;
  }

  /** The next `n` bits as a number. */
  take(n: number): number {
    const value = lookAt(this.input, this.byte, this.bit) & ((1 << n) - 1);
    this.#pass(n);
    return value;
  }

  /** The next symbol of a complete code whose meanings are the symbols' numbers. */
  takeSymbol(code: PrefixCode): number {
    return this.takeEntry(code) >> 4;
  }

  /** The entry of the next symbol; 0, and nothing is taken, when no code fits. */
  takeEntry(code: PrefixCode): number {
    const entry = code.find(lookAt(this.input, this.byte, this.bit));
    this.#pass(entry & 15);
    return entry;
  }

  /** Skips a stored block's header and data; the length of the data in bytes. */
  skipStored(): number {
    const start = this.alignedByte;
    const { input } = this;
    if (start + 4 > input.length) throw this.#truncated();
    const length = input[start]! | (input[start + 1]! << 8);
    const complement = input[start + 2]! | (input[start + 3]! << 8);
    if (length !== (~complement & 0xffff)) {
      throw faults.corruptDeflate(start, 'stored block length does not match its complement');
    }
    const end = start + 4 + length;
    if (end > input.length) throw this.#truncated();
    this.byte = end;
    this.bit = 0;
    return length;
  }

  /** The fault of an element at a position that fits no code: it may be that the input ended inside of it. */
  misfit(byte: number, bit: number, offset: number, what: DeflateFault): Error {
    const left = (this.input.length - byte) * 8 - bit;
    return left <= END_BITS ? this.#truncated() : faults.corruptDeflate(offset, what);
  }

  /** @throws DataError when bits behind the end of the input were taken */
  checkEnd(byte: number, bit: number): void {
    if (byte > this.input.length || (byte === this.input.length && bit > 0)) throw this.#truncated();
  }

  #pass(n: number): void {
    const bit = this.bit + n;
    this.byte += bit >> 3;
    this.bit = bit & 7;
    this.checkEnd(this.byte, this.bit);
  }

  #truncated(): Error {
    return faults.truncated(this.input.length, 'deflate data', this.#member);
  }
}
