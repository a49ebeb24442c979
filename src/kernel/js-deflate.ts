/**
 * The strict measure of a deflate stream (RFC 1951): where it ends and how long its output is.
 *
 * fflate inflates, but it neither tells where a stream ends nor refuses what zlib refuses (a wrong complement
 * of a stored length, incomplete codes, distances before the start). So the JS kernel measures first: nothing
 * is allocated before the size is known and within the limit, and every fault has its exact place.
 */

import { type DeflateFault, faults } from './faults.js';

/** Extra bits and base of the length symbols 257 to 285 and of the distance symbols 0 to 29. */
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const LENGTH_BASE = bases(LENGTH_EXTRA, 3).with(28, 258);
const DISTANCE_EXTRA = Array.from({ length: 30 }, (_, i) => Math.max(0, (i >> 1) - 1));
const DISTANCE_BASE = bases(DISTANCE_EXTRA, 1);
/** Order in which the lengths of the code length codes are sent (RFC 1951 section 3.2.7). */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const END_OF_BLOCK = 256;
const PAUSE_BYTES = 1 << 20;

/** Look-up table of a prefix code: index the next `bits` bits, get `symbol << 4 | length`; 0 is no code. */
interface CodeTable {
  readonly bits: number;
  readonly entries: Uint16Array;
}

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
  let size = 0;
  let pauseAt = start + PAUSE_BYTES;
  for (let last = false; !last; ) {
    const blockStart = bits.offset;
    last = bits.take(1) === 1;
    const type = bits.take(2);
    if (type === 0) {
      size += bits.skipStored();
    } else {
      const codes = type === 1 ? fixedCodes() : type === 2 ? readCodes(bits, blockStart) : undefined;
      if (codes === undefined) throw faults.corruptDeflate(blockStart, 'invalid block type');
      size = measureBlock(bits, codes, size, room, limit);
    }
    if (size > room) throw faults.textTooLong(limit);
    if (bits.offset > pauseAt) {
      yield bits.offset;
      pauseAt = bits.offset + PAUSE_BYTES;
    }
  }
  return { end: bits.alignedOffset, size };
}

function measureBlock(bits: BitReader, codes: Codes, size: number, room: number, limit: number): number {
  for (;;) {
    const symbolStart = bits.offset;
    const symbol = bits.decode(codes.literals);
    if (symbol < END_OF_BLOCK) {
      if (symbol < 0) bits.fail(symbolStart, 'invalid literal/length code');
      size++;
    } else if (symbol === END_OF_BLOCK) {
      return size;
    } else {
      if (symbol > 285) bits.fail(symbolStart, 'invalid literal/length code');
      const length = LENGTH_BASE[symbol - 257]! + bits.take(LENGTH_EXTRA[symbol - 257]!);
      const code = bits.decode(codes.distances);
      if (code < 0 || code > 29) bits.fail(symbolStart, 'invalid distance code');
      const distance = DISTANCE_BASE[code]! + bits.take(DISTANCE_EXTRA[code]!);
      if (distance > size) throw faults.corruptDeflate(symbolStart, 'distance too far back');
      size += length;
    }
    if (size > room) throw faults.textTooLong(limit);
  }
}

interface Codes {
  readonly literals: CodeTable;
  readonly distances: CodeTable;
}

let fixed: Codes | undefined;

/** The fixed codes of RFC 1951 section 3.2.6. */
function fixedCodes(): Codes {
  if (fixed === undefined) {
    const lengths = new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
    fixed = { literals: makeTable(lengths), distances: makeTable(new Uint8Array(32).fill(5)) };
  }
  return fixed;
}

/** Reads the codes of a dynamic block (RFC 1951 section 3.2.7), as strict as zlib. */
function readCodes(bits: BitReader, blockStart: number): Codes {
  const fail = (what: DeflateFault) => faults.corruptDeflate(blockStart, what);
  const literalCount = bits.take(5) + 257;
  const distanceCount = bits.take(5) + 1;
  const lengthCount = bits.take(4) + 4;
  if (literalCount > 286 || distanceCount > 30) throw fail('too many length or distance symbols');
  const codeLengths = new Uint8Array(19);
  for (let i = 0; i < lengthCount; i++) codeLengths[LENGTH_ORDER[i]!] = bits.take(3);
  if (completeness(codeLengths) !== 'complete') throw fail('invalid code lengths');
  const codeTable = makeTable(codeLengths);

  const lengths = new Uint8Array(literalCount + distanceCount);
  for (let i = 0; i < lengths.length; ) {
    const symbol = bits.decode(codeTable);
    if (symbol < 16) {
      lengths[i++] = symbol;
      continue;
    }
    if (symbol === 16 && i === 0) throw fail('invalid code length repeat');
    const value = symbol === 16 ? lengths[i - 1]! : 0;
    const count = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
    if (i + count > lengths.length) throw fail('invalid code length repeat');
    lengths.fill(value, i, i + count);
    i += count;
  }
  const literals = lengths.subarray(0, literalCount);
  const distances = lengths.subarray(literalCount);
  if (literals[END_OF_BLOCK] === 0) throw fail('missing end-of-block code');
  // zlib lets a code of one symbol be incomplete, and distances be absent.
  if (completeness(literals) !== 'complete' && !isSingle(literals)) throw fail('invalid code lengths');
  const distanceState = completeness(distances);
  if (distanceState !== 'complete' && distanceState !== 'empty' && !isSingle(distances)) {
    throw fail('invalid code lengths');
  }
  return { literals: makeTable(literals), distances: makeTable(distances) };
}

/** Whether exactly one symbol has a code, of one bit. */
function isSingle(lengths: Uint8Array): boolean {
  let sum = 0;
  for (const length of lengths) sum += length;
  return sum === 1;
}

/** Whether the lengths fill the code space exactly (Kraft's inequality). */
function completeness(lengths: Uint8Array): 'complete' | 'empty' | 'incomplete' | 'oversubscribed' {
  let used = 0;
  for (const length of lengths) if (length > 0) used += 1 << (15 - length);
  if (used === 0) return 'empty';
  return used === 1 << 15 ? 'complete' : used < 1 << 15 ? 'incomplete' : 'oversubscribed';
}

/** Canonical codes (RFC 1951 section 3.2.2) as a table over bit-reversed codes. */
function makeTable(lengths: Uint8Array): CodeTable {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]!++;
  let bits = 15;
  while (bits > 1 && counts[bits] === 0) bits--;
  const next = new Uint16Array(16);
  for (let length = 2; length <= 15; length++) {
    next[length] = (next[length - 1]! + counts[length - 1]!) << 1;
  }
  const entries = new Uint16Array(1 << bits);
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    const entry = (symbol << 4) | length;
    for (let i = reverse(next[length]!++, length); i < entries.length; i += 1 << length) entries[i] = entry;
  });
  return { bits, entries };
}

function reverse(code: number, length: number): number {
  let reversed = 0;
  for (let i = 0; i < length; i++) reversed |= ((code >> i) & 1) << (length - 1 - i);
  return reversed;
}

function bases(extra: readonly number[], first: number): number[] {
  let base = first;
  return extra.map((bits) => {
    const current = base;
    base += 1 << bits;
    return current;
  });
}

/** The bits of the stream, least significant first. Behind the end it gives zeros and remembers. */
class BitReader {
  #input: Uint8Array;
  #member: number;
  #next: number;
  #hold = 0;
  #count = 0;
  /** Bits given that are not in the input. */
  #padding = 0;

  constructor(input: Uint8Array, start: number, member: number) {
    this.#input = input;
    this.#member = member;
    this.#next = start;
  }

  /** Offset of the byte that holds the next bit. */
  get offset(): number {
    return this.#next - ((this.#count - this.#padding + 7) >> 3);
  }

  /** Offset behind the last byte of which a bit was taken. */
  get alignedOffset(): number {
    return this.#next - ((this.#count - this.#padding) >> 3);
  }

  /** The next `n` bits (at most 15) as a number. */
  take(n: number): number {
    this.#need();
    const value = this.#hold & ((1 << n) - 1);
    this.#drop(n);
    return value;
  }

  /** The next symbol, or -1 when no code fits. */
  decode(table: CodeTable): number {
    this.#need();
    const entry = table.entries[this.#hold & ((1 << table.bits) - 1)]!;
    if (entry === 0) return -1;
    this.#drop(entry & 15);
    return entry >> 4;
  }

  /** Skips a stored block's header and data; the length of the data in bytes. */
  skipStored(): number {
    const start = this.alignedOffset;
    const input = this.#input;
    if (start + 4 > input.length) throw this.#truncated();
    const length = input[start]! | (input[start + 1]! << 8);
    const complement = input[start + 2]! | (input[start + 3]! << 8);
    if (length !== (~complement & 0xffff)) {
      throw faults.corruptDeflate(start, 'stored block length does not match its complement');
    }
    const end = start + 4 + length;
    if (end > input.length) throw this.#truncated();
    this.#next = end;
    this.#hold = 0;
    this.#count = 0;
    return length;
  }

  /** An element that fits no code is a fault, unless the input ended before all of its bits. */
  fail(offset: number, what: DeflateFault): never {
    throw this.#padding > 0 ? this.#truncated() : faults.corruptDeflate(offset, what);
  }

  #need(): void {
    while (this.#count <= 16) {
      if (this.#next < this.#input.length) this.#hold |= this.#input[this.#next++]! << this.#count;
      else this.#padding += 8;
      this.#count += 8;
    }
  }

  #drop(n: number): void {
    this.#hold >>>= n;
    this.#count -= n;
    if (this.#count < this.#padding) throw this.#truncated();
  }

  #truncated(): Error {
    return faults.truncated(this.#input.length, 'deflate data', this.#member);
  }
}
