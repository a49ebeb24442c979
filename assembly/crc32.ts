// CRC-32 of gzip (RFC 1952 section 8) of text that arrives in steps.
//
// WebAssembly has no carry-less multiplication, and tables reach 2 GB/s. Most of the text is folded away without
// tables instead: x^300 + x^155 + x^117 + x^89 + 1 is a multiple of the CRC's polynomial, and so is the same with each
// exponent times 128, or 64. A lane of 16 bytes, or 8 without SIMD, can therefore be cancelled by adding it to the lanes
// 145, 183, 211 and 300 further on. What is left at the end are 300 lanes and a tail for the tables.

import { LANE, LANE_BLOCK, LANE_HISTORY, LANES } from './layout';

/** Eight tables: entry n of table k is the CRC of the byte n with k zero bytes behind it. */
const TABLES = memory.data(8 * 256 * 4, 64);

/** A text shorter than this is not worth folding. */
const FOLD_BYTES: usize = 16 << 10;

/** CRC of the text so far without the folded part, in its inverted form. */
let state: u32 = ~0;
let folding: bool = false;

export function prepareTables(): void {
  for (let n: u32 = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    store<u32>(TABLES + (n << 2), c);
  }
  for (let n: u32 = 256; n < 8 * 256; n++) {
    const before = load<u32>(TABLES + ((n - 256) << 2));
    store<u32>(TABLES + (n << 2), (before >>> 8) ^ load<u32>(TABLES + ((before & 0xff) << 2)));
  }
}

export function startCrc(): void {
  state = ~0;
  folding = false;
}

/** Takes the bytes `[start, end)` or a part of them; returns where it stopped, the rest comes again. */
export function updateCrc(start: usize, end: usize): usize {
  return folding || end - start >= FOLD_BYTES ? fold(start, end) : start;
}

/** The CRC with the last bytes `[start, end)`, which {@link updateCrc} left. */
export function finishCrc(start: usize, end: usize): u32 {
  if (folding) {
    unfold();
    // The initial value went into the first lane.
    state = byTables(0, LANES, LANES + LANE_HISTORY);
    folding = false;
  }
  return ~byTables(state, start, end);
}

function byTables(crc: u32, start: usize, end: usize): u32 {
  let c = crc;
  let p = start;
  for (; p + 8 <= end; p += 8) {
    const low = load<u32>(p) ^ c;
    const high = load<u32>(p, 4);
    c =
      table(7, low & 0xff) ^
      table(6, (low >>> 8) & 0xff) ^
      table(5, (low >>> 16) & 0xff) ^
      table(4, low >>> 24) ^
      table(3, high & 0xff) ^
      table(2, (high >>> 8) & 0xff) ^
      table(1, (high >>> 16) & 0xff) ^
      table(0, high >>> 24);
  }
  for (; p < end; p++) c = table(0, (c ^ load<u8>(p)) & 0xff) ^ (c >>> 8);
  return c;
}

@inline
function table(k: usize, n: u32): u32 {
  return load<u32>(TABLES + (k << 10) + (n << 2));
}

// The folded lanes lie behind the 300 that came before them; the lanes in front of the text are zero.

function fold(start: usize, end: usize): usize {
  let p = start;
  if (!folding) {
    folding = true;
    memory.fill(LANES, 0, LANE_HISTORY);
    foldBlock(p, p + LANE);
    // The initial value of the CRC is a difference in the first four bytes.
    store<u32>(LANES + LANE_HISTORY, ~load<u32>(LANES + LANE_HISTORY));
    memory.copy(LANES, LANES + LANE, LANE_HISTORY);
    p += LANE;
  }
  while (p + LANE <= end) {
    let length = (end - p) & ~(LANE - 1);
    if (length > LANE_BLOCK) length = LANE_BLOCK;
    foldBlock(p, p + length);
    memory.copy(LANES, LANES + length, LANE_HISTORY);
    p += length;
  }
  return p;
}

function foldBlock(start: usize, end: usize): void {
  let lane = LANES;
  let p = start;
  for (; p + 4 * LANE <= end; p += 4 * LANE) {
    foldLane(p, lane);
    foldLane(p + LANE, lane + LANE);
    foldLane(p + 2 * LANE, lane + 2 * LANE);
    foldLane(p + 3 * LANE, lane + 3 * LANE);
    lane += 4 * LANE;
  }
  for (; p < end; p += LANE) {
    foldLane(p, lane);
    lane += LANE;
  }
}

/** Folds a lane; `lane` is where the one 300 before it lies. */
@inline
function foldLane(p: usize, lane: usize): void {
  if (ASC_FEATURE_SIMD) {
    const far = v128.xor(v128.load(lane), v128.load(lane, (300 - 211) * LANE));
    const near = v128.xor(v128.load(lane, (300 - 183) * LANE), v128.load(lane, (300 - 145) * LANE));
    v128.store(lane, v128.xor(v128.load(p), v128.xor(far, near)), LANE_HISTORY);
  } else {
    const far = load<u64>(lane) ^ load<u64>(lane, (300 - 211) * LANE);
    const near = load<u64>(lane, (300 - 183) * LANE) ^ load<u64>(lane, (300 - 145) * LANE);
    store<u64>(lane, load<u64>(p) ^ far ^ near, LANE_HISTORY);
  }
}

/** Takes back what the last 300 lanes gave each other: they stay. */
function unfold(): void {
  for (let at = LANE_HISTORY - LANE; <isize>at >= 0; at -= LANE) {
    takeBack(at, 145 * LANE);
    takeBack(at, 183 * LANE);
    takeBack(at, 211 * LANE);
  }
}

@inline
function takeBack(at: usize, distance: usize): void {
  if (at < distance) return;
  const lane = LANES + at;
  if (ASC_FEATURE_SIMD) v128.store(lane, v128.xor(v128.load(lane), v128.load(lane - distance)));
  else store<u64>(lane, load<u64>(lane) ^ load<u64>(lane - distance));
}
