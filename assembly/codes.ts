// The codes of a block: fixed, or described in its header (RFC 1951 section 3.2.6 and 3.2.7).

import { fill, headerBit, hold, isBehindEnd, take } from './bits';
import { Deflate } from './fault';
import {
  buildCodeLengths,
  buildDistances,
  buildLitlen,
  CODES,
  Completeness,
  LENGTHS,
} from './huffman';

/** How inflating came to a stop. */
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

/** Of the fault: the byte of the window with the first bit of the element, and which {@link Deflate}. */
export let faultAt: usize = 0;
export let faultDetail: Deflate = Deflate.BLOCK_TYPE;

/** The tables hold the fixed codes: a run of fixed blocks builds them once. */
let fixedTables: bool = false;

const CODE_ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** Puts the codes of RFC 1951 section 3.2.6 into the tables. */
export function useFixedCodes(): Inflated {
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
export function readCodes(): Inflated {
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
    const entry = load<u32>(CODES + ((<usize>hold & 127) << 2));
    const symbol = entry >> 16;
    take(entry & 0xff);
    if (isBehindEnd()) return Inflated.TRUNCATED;
    if (symbol < 16) {
      store<u8>(LENGTHS + i++, <u8>symbol);
      continue;
    }
    if (symbol == 16 && !i) return corrupt(headerBit, Deflate.REPEAT);
    const value: u64 = symbol == 16 ? load<u8>(LENGTHS + i - 1) : 0;
    const count: u32 = symbol == 16 ? 3 + take(2) : symbol == 17 ? 3 + take(3) : 11 + take(7);
    if (isBehindEnd()) return Inflated.TRUNCATED;
    if (i + count > total) return corrupt(headerBit, Deflate.REPEAT);
    // The last store passes the end of the run by up to 7.
    for (let done: u32 = 0; done < count; done += 8) store<u64>(LENGTHS + i + done, value * 0x0101_0101_0101_0101);
    i += count;
  }
  return Inflated.FULL;
}

export function corrupt(bit: u64, detail: Deflate): Inflated {
  faultAt = <usize>(bit >> 3);
  faultDetail = detail;
  return Inflated.CORRUPT;
}
