// Prefix codes of deflate (RFC 1951 section 3.2) as look-up tables.
//
// An entry is 32 bits wide. Shifts take the lowest 6 bits of their distance, so the decoder shifts by an entry, or by
// its second byte, unmasked:
//   0..5   bits to consume, extra bits included     6..7   number of literals
//   8..13  bits of the code alone                   14     EXCEPTIONAL           15  LITERAL: literals and nothing else
//   16..23 first literal                            24..31 second literal, or the length - 3
// Of a distance: 16..30 its base. A main entry may stand for two literals, or a literal and a length, when both codes
// fit in the index.

export const LITERAL: u32 = 1 << 15;
/** The number of literals of an entry that is not EXCEPTIONAL. */
export const LITERALS: u32 = 3 << 6;
export const EXCEPTIONAL: u32 = 1 << 14;
/** With EXCEPTIONAL: the code is longer than the index; 16..31 first entry of the subtable, 8..13 its bits. */
export const SUBTABLE: u32 = 1 << 7;
/** With EXCEPTIONAL. */
export const END_OF_BLOCK: u32 = 1 << 6;

export const LITLEN_BITS: u32 = 12;
export const DISTANCE_BITS: u32 = 9;

/** Entries needed at most (as zlib's ENOUGH): 4,380 for 12 bits of 286 symbols, 592 for 9 bits of 30; two to spare. */
export const LITLEN = memory.data(4382 * 4, 64);
export const DISTANCES = memory.data(594 * 4, 64);
/** Code lengths: 288 literals and lengths, then 32 distances, and room for one run too many. */
export const LENGTHS = memory.data(480, 16);

/** Entries of the symbols before their code lengths are added. */
const LITLEN_SYMBOLS = memory.data(288 * 4, 16);
const DISTANCE_SYMBOLS = memory.data(32 * 4, 16);
const CODE_SYMBOLS = memory.data(19 * 4, 16);
/** Entries of the code length code: a table of 7 bits. */
export const CODES = memory.data(128 * 4, 64);
/** No code: consumes one bit, as zlib counts it. */
const INVALID: u32 = EXCEPTIONAL;

const LENGTH_EXTRA = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);

const counts = memory.data(16 * 4, 16);
const offsets = memory.data(16 * 4, 16);
const sorted = memory.data(288 * 2, 16);
/** Entries that may come second, before any are joined: those of the codes that are a bit shorter than the index. */
const SINGLES = memory.data(4 << (LITLEN_BITS - 1), 16);

/** Fills the tables of symbols; once per instance. */
export function prepareSymbols(): void {
  for (let i: u32 = 0; i < 256; i++) store<u32>(LITLEN_SYMBOLS + (i << 2), (i << 24) | (i << 16) | LITERAL | (1 << 6));
  store<u32>(LITLEN_SYMBOLS + (256 << 2), EXCEPTIONAL | END_OF_BLOCK);
  let base: u32 = 3;
  for (let i: usize = 0; i < 29; i++) {
    const extra = <u32>load<u8>(LENGTH_EXTRA + i);
    // Symbol 285 is the length 258 that 284 could express as well.
    store<u32>(LITLEN_SYMBOLS + ((257 + i) << 2), (((i == 28 ? 258 : base) - 3) << 24) | extra);
    base += 1 << extra;
  }
  store<u32>(LITLEN_SYMBOLS + (286 << 2), INVALID);
  store<u32>(LITLEN_SYMBOLS + (287 << 2), INVALID);
  base = 1;
  for (let i: u32 = 0; i < 30; i++) {
    const extra: u32 = i < 2 ? 0 : (i >> 1) - 1;
    store<u32>(DISTANCE_SYMBOLS + (i << 2), (base << 16) | extra);
    base += 1 << extra;
  }
  store<u32>(DISTANCE_SYMBOLS + (30 << 2), INVALID);
  store<u32>(DISTANCE_SYMBOLS + (31 << 2), INVALID);
  for (let i: u32 = 0; i < 19; i++) store<u32>(CODE_SYMBOLS + (i << 2), i << 16);
}

/** Bits of the code and the extra bits of a length, under the current code lengths. */
export function lengthBits(entry: u32): u32 {
  return symbolBits(LITLEN_SYMBOLS + (257 << 2), LENGTHS + 257, entry, 24);
}

/** Bits of the code and the extra bits of a distance, under the current code lengths. */
export function distanceBits(entry: u32): u32 {
  return symbolBits(DISTANCE_SYMBOLS, LENGTHS + 288, entry, 16);
}

function symbolBits(symbols: usize, lengths: usize, entry: u32, base: u32): u32 {
  let symbol: usize = 0;
  while (load<u32>(symbols + (symbol << 2)) >> base != entry >> base) symbol++;
  return <u32>load<u8>(lengths + symbol) + (load<u32>(symbols + (symbol << 2)) & 0xff);
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
  // Symbols without a code come last.
  store<u32>(offsets, offset);
  for (let i: u32 = 0; i < symbols; i++) {
    const place = offsets + ((<usize>load<u8>(lengths + i)) << 2);
    const at = load<u32>(place);
    store<u16>(sorted + ((<usize>at) << 1), <u16>i);
    store<u32>(place, at + 1);
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
    for (let i: usize = 0; i < size; i++) store<u32>(table + (i << 2), INVALID);
    if (load<u32>(counts + 4)) {
      const entry = load<u32>(entries + ((<usize>load<u16>(sorted)) << 2)) + 0x101;
      for (let i: usize = 0; i < size; i += 2) store<u32>(table + (i << 2), entry);
    }
    return completeness;
  }
  let next: usize = sorted;
  let code: u32 = 0;
  let filled: usize = 1;
  for (let bits: u32 = 1; bits <= indexBits; bits++) {
    if (next != sorted) repeat(table, filled << 2);
    filled <<= 1;
    for (let left = load<u32>(counts + ((<usize>bits) << 2)); left; left--) {
      store<u32>(
        table + ((<usize>code) << 2),
        load<u32>(entries + ((<usize>load<u16>(next)) << 2)) + <u32>bits * 0x101,
      );
      next += 2;
      code = following(code, bits);
    }
  }
  buildSubtables(table, indexBits, next, code, entries);
  return completeness;
}

/** Repeats the first `bytes` of a table behind them. When they are fewer than 16, something follows that is not final. */
@inline
function repeat(table: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    if (ASC_FEATURE_SIMD) {
      v128.store(table + bytes + i, v128.load(table + i));
    } else {
      const next = load<u64>(table + i, 8);
      store<u64>(table + bytes + i, load<u64>(table + i));
      store<u64>(table + bytes + i, next, 8);
    }
  }
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
        store<u32>(
          table + ((<usize>prefix) << 2),
          EXCEPTIONAL | SUBTABLE | (start << 16) | (tableBits << 8) | indexBits,
        );
      }
      const own = <u32>(bits - indexBits);
      const entry = load<u32>(entries + ((<usize>load<u16>(next)) << 2)) + own * 0x101;
      next += 2;
      for (let i: u32 = code >> indexBits; i < (<u32>1 << tableBits); i += 1 << (<u32>own)) {
        store<u32>(table + ((<usize>(start + i)) << 2), entry);
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
  if (completeness == Completeness.COMPLETE) joinLiterals();
  return completeness;
}

/** Joins literals with the literals or lengths behind them where the index shows both whole. */
function joinLiterals(): void {
  let bits: u32 = 1;
  while (!load<u32>(counts + ((<usize>bits) << 2))) bits++;
  if (bits > LITLEN_BITS - 2) return;
  memory.copy(SINGLES, LITLEN, 4 << (LITLEN_BITS - bits));
  let at: usize = sorted;
  let code: u32 = 0;
  for (; bits <= LITLEN_BITS - 2; bits++) {
    for (let left = load<u32>(counts + ((<usize>bits) << 2)); left; left--) {
      const entry = load<u32>(LITLEN_SYMBOLS + ((<usize>load<u16>(at)) << 2)) + bits * 0x101;
      if (entry & LITERAL) joinLiteral(code, bits, entry);
      at += 2;
      code = following(code, bits);
    }
  }
}

function joinLiteral(code: u32, bits: u32, entry: u32): void {
  const first = entry & 0x00ff_3fff;
  const step: usize = 4 << bits;
  const end = SINGLES + (4 << (LITLEN_BITS - bits));
  let to = LITLEN + (code << 2);
  for (let from = SINGLES; from < end; from += 16) {
    if (ASC_FEATURE_SIMD) {
      const second = v128.load(from);
      // Bits of both codes; EXCEPTIONAL, right above them, makes the sum too large.
      const joined = i32x4.add(v128.and(second, i32x4.splat(0xff00_ffff)), i32x4.splat(first));
      const fits = i32x4.le_s(v128.and(joined, i32x4.splat(0x7f00)), i32x4.splat(LITLEN_BITS << 8));
      const entries = v128.bitselect(joined, i32x4.splat(entry), fits);
      v128.store32_lane(to, entries, 0);
      to += step;
      v128.store32_lane(to, entries, 1);
      to += step;
      v128.store32_lane(to, entries, 2);
      to += step;
      v128.store32_lane(to, entries, 3);
      to += step;
    } else {
      for (let i: usize = 0; i < 16; i += 4) {
        const joined = (load<u32>(from + i) & 0xff00_ffff) + first;
        store<u32>(to, (joined & 0x7f00) <= LITLEN_BITS << 8 ? joined : entry);
        to += step;
      }
    }
  }
}
