// Prefix codes of deflate (RFC 1951 section 3.2) as look-up tables.
//
// An entry is 64 bits wide, its fields at byte borders so that the decoder can shift by an entry unmasked:
//   0..7   bits to consume, extra bits included     8..15  bits of the code alone     16..23 number of extra bits
//   24..25 number of literals                       31     EXCEPTIONAL                 32..39, 40..47 the literals
//   48..62 base of the length or distance           63     LITERAL: literals and nothing else
// A main entry may stand for two literals, or a literal and a length, when both codes fit in the index.

const LITERAL: u64 = 1 << 63;
const EXCEPTIONAL: u64 = 1 << 31;
/** With EXCEPTIONAL: the code is longer than the index; base = first entry of the subtable, extra = its bits. */
export const SUBTABLE: u64 = 1 << 30;
/** With EXCEPTIONAL. */
export const END_OF_BLOCK: u64 = 1 << 29;

export const LITLEN_BITS: u32 = 10;
export const DISTANCE_BITS: u32 = 8;

/** Entries needed at most (as zlib's ENOUGH): 1,332 for 10 bits of 286 symbols, 402 for 8 bits of 30. */
export const LITLEN = memory.data(1334 * 8, 64);
export const DISTANCES = memory.data(402 * 8, 64);
/** Code lengths: 288 literals and lengths, then 32 distances, and room for one run too many. */
export const LENGTHS = memory.data(480, 16);

/** Entries of the symbols before their code lengths are added. */
const LITLEN_SYMBOLS = memory.data(288 * 8, 16);
const DISTANCE_SYMBOLS = memory.data(32 * 8, 16);
const CODE_SYMBOLS = memory.data(19 * 8, 16);
/** Entries of the code length code: a table of 7 bits. */
export const CODES = memory.data(128 * 8, 64);
/** No code: consumes one bit, as zlib counts it. */
const INVALID: u64 = EXCEPTIONAL;

const LENGTH_EXTRA = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);

const counts = memory.data(16 * 4, 16);
const offsets = memory.data(16 * 4, 16);
const sorted = memory.data(288 * 2, 16);

@inline
function symbolEntry(base: u64, extra: u64): u64 {
  return (base << 48) | (extra << 16) | extra;
}

/** Fills the tables of symbols; once per instance. */
export function prepareSymbols(): void {
  for (let i: usize = 0; i < 256; i++) store<u64>(LITLEN_SYMBOLS + (i << 3), LITERAL | ((<u64>i) << 32) | (1 << 24));
  store<u64>(LITLEN_SYMBOLS + (256 << 3), EXCEPTIONAL | END_OF_BLOCK);
  let base: u64 = 3;
  for (let i: usize = 0; i < 29; i++) {
    const extra = <u64>load<u8>(LENGTH_EXTRA + i);
    // Symbol 285 is the length 258 that 284 could express as well.
    store<u64>(LITLEN_SYMBOLS + ((257 + i) << 3), symbolEntry(i == 28 ? 258 : base, extra));
    base += 1 << extra;
  }
  store<u64>(LITLEN_SYMBOLS + (286 << 3), INVALID);
  store<u64>(LITLEN_SYMBOLS + (287 << 3), INVALID);
  base = 1;
  for (let i: usize = 0; i < 30; i++) {
    const extra: u64 = i < 2 ? 0 : (i >> 1) - 1;
    store<u64>(DISTANCE_SYMBOLS + (i << 3), symbolEntry(base, extra));
    base += 1 << extra;
  }
  store<u64>(DISTANCE_SYMBOLS + (30 << 3), INVALID);
  store<u64>(DISTANCE_SYMBOLS + (31 << 3), INVALID);
  for (let i: usize = 0; i < 19; i++) store<u64>(CODE_SYMBOLS + (i << 3), (<u64>i) << 48);
}

/** Bits of the code and the extra bits of a length (or distance) with this base, under the current lengths. */
export function symbolBits(base: u32, distance: bool): u32 {
  const symbols = distance ? DISTANCE_SYMBOLS : LITLEN_SYMBOLS + (257 << 3);
  let symbol: usize = 0;
  while (<u32>(load<u64>(symbols + (symbol << 3)) >> 48) != base) symbol++;
  const length = load<u8>(LENGTHS + (distance ? 288 : 257) + symbol);
  return <u32>length + <u32>(load<u64>(symbols + (symbol << 3)) & 0xff);
}

/** How much of the code space a set of code lengths fills. */
export const enum Completeness {
  COMPLETE,
  /** Fewer codes than the space holds, but zlib allows it: none, or one of one bit. */
  SPARSE,
  WRONG,
}

/** Sorts the symbols by code length and says whether their codes fill the space. */
function measure(lengths: usize, symbols: u32): Completeness {
  memory.fill(counts, 0, 64);
  for (let i: u32 = 0; i < symbols; i++) {
    const count = counts + ((<usize>load<u8>(lengths + i)) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
  let used: u32 = 0;
  let offset: u32 = 0;
  for (let bits: usize = 1; bits < 16; bits++) {
    const count = load<u32>(counts + (bits << 2));
    store<u32>(offsets + (bits << 2), offset);
    offset += count;
    used += count << (15 - <u32>bits);
  }
  for (let i: u32 = 0; i < symbols; i++) {
    const bits = <usize>load<u8>(lengths + i);
    if (!bits) continue;
    const at = load<u32>(offsets + (bits << 2));
    store<u16>(sorted + ((<usize>at) << 1), <u16>i);
    store<u32>(offsets + (bits << 2), at + 1);
  }
  if (used == 1 << 15) return Completeness.COMPLETE;
  return used == 0 || (offset == 1 && used == 1 << 14) ? Completeness.SPARSE : Completeness.WRONG;
}

/**
 * Builds the table of a code.
 *
 * Complete codes fill the main table by doubling: the entries of all codes up to n bits fill 2^n places, which
 * repeat in the next 2^n. Codes come in the order of their reversed bits, so none is ever looked up.
 */
function buildTable(table: usize, indexBits: u32, lengths: usize, symbols: u32, entries: usize): Completeness {
  const completeness = measure(lengths, symbols);
  if (completeness == Completeness.WRONG) return completeness;
  const size: usize = 1 << indexBits;
  if (completeness == Completeness.SPARSE) {
    for (let i: usize = 0; i < size; i++) store<u64>(table + (i << 3), INVALID);
    if (load<u32>(counts + 4)) {
      const entry = load<u64>(entries + ((<usize>load<u16>(sorted)) << 3)) + 0x101;
      for (let i: usize = 0; i < size; i += 2) store<u64>(table + (i << 3), entry);
    }
    return completeness;
  }
  let next: usize = sorted;
  let code: u32 = 0;
  let filled: usize = 1;
  for (let bits: u32 = 1; bits <= indexBits; bits++) {
    memory.copy(table + (filled << 3), table, filled << 3);
    filled <<= 1;
    for (let left = load<u32>(counts + ((<usize>bits) << 2)); left; left--) {
      store<u64>(
        table + ((<usize>code) << 3),
        load<u64>(entries + ((<usize>load<u16>(next)) << 3)) + <u64>bits * 0x101,
      );
      next += 2;
      code = following(code, bits);
    }
  }
  buildSubtables(table, indexBits, next, code, entries);
  return completeness;
}

/** The code after `code` of the same length, both bit-reversed; 0 after the last. */
@inline
function following(code: u32, bits: u32): u32 {
  const zeros = code ^ ((1 << bits) - 1);
  if (!zeros) return code;
  const bit: u32 = 1 << (31 - clz(zeros));
  return (code & (bit - 1)) | bit;
}

/** Places the codes longer than the index, `next` the first of them, behind the main table. */
function buildSubtables(table: usize, indexBits: u32, next: usize, first: u32, entries: usize): void {
  const mask: u32 = (1 << indexBits) - 1;
  let code = first;
  let prefix: u32 = ~0;
  let start: u32 = 0;
  let free: u32 = 1 << indexBits;
  let tableBits: u32 = 0;
  for (let bits: u32 = indexBits + 1; bits < 16; bits++) {
    for (let left = load<u32>(counts + ((<usize>bits) << 2)); left; left--) {
      if ((code & mask) != prefix) {
        prefix = code & mask;
        // Wide enough for all codes of this prefix: they come one after the other.
        tableBits = bits - indexBits;
        let space: u32 = left;
        while (space < (<u32>1 << tableBits)) {
          tableBits++;
          space = (space << 1) + load<u32>(counts + ((<usize>(indexBits + tableBits)) << 2));
        }
        start = free;
        free += 1 << tableBits;
        store<u64>(
          table + ((<usize>prefix) << 3),
          EXCEPTIONAL | SUBTABLE | ((<u64>start) << 48) | ((<u64>tableBits) << 16) | <u64>indexBits,
        );
      }
      const own = <u64>(bits - indexBits);
      const entry = load<u64>(entries + ((<usize>load<u16>(next)) << 3)) + own * 0x101;
      next += 2;
      for (let i: u32 = code >> indexBits; i < (<u32>1 << tableBits); i += 1 << (<u32>own)) {
        store<u64>(table + ((<usize>(start + i)) << 3), entry);
      }
      code = following(code, bits);
    }
  }
}

export function buildCodeLengths(): Completeness {
  return buildTable(CODES, 7, LENGTHS, 19, CODE_SYMBOLS);
}

export function buildDistances(symbols: u32): Completeness {
  return buildTable(DISTANCES, DISTANCE_BITS, LENGTHS + 288, symbols, DISTANCE_SYMBOLS);
}

export function buildLitlen(symbols: u32): Completeness {
  const completeness = buildTable(LITLEN, LITLEN_BITS, LENGTHS, symbols, LITLEN_SYMBOLS);
  if (completeness == Completeness.COMPLETE) combine();
  return completeness;
}

/**
 * Joins a literal with the literal or length behind it where the index shows both whole. An entry looks only
 * at lower places, so going down it still finds them single.
 */
function combine(): void {
  for (let i: i32 = (1 << LITLEN_BITS) - 1; i >= 0; i--) {
    const entry = load<u64>(LITLEN + ((<usize>i) << 3));
    if (<i64>entry >= 0) continue;
    const bits = <u32>entry & 0xff;
    const second = load<u64>(LITLEN + ((<usize>((<u32>i) >> bits)) << 3));
    if (<i32>second < 0) continue;
    const secondBits = (<u32>second >> 8) & 0xff;
    if (bits + secondBits > LITLEN_BITS) continue;
    const joined =
      <i64>second < 0
        ? LITERAL | (((second >> 32) & 0xff) << 40) | (2 << 24)
        : (second & 0xffff_0000_00ff_0000) | (1 << 24);
    const widths = ((bits + secondBits) << 8) | (bits + (<u32>second & 0xff));
    store<u64>(LITLEN + ((<usize>i) << 3), joined | (entry & 0xff_0000_0000) | <u64>widths);
  }
}
