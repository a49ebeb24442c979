// CRC-32 of gzip (RFC 1952 section 8) of text that arrives in steps.
//
// WebAssembly has no carry-less multiplication, and tables reach 2 GB/s. With SIMD most of the text is folded
// away without tables instead: x^300 + x^155 + x^117 + x^89 + 1 is a multiple of the CRC's polynomial, and so
// is the same with each exponent times 128. A lane of 16 bytes can therefore be cancelled by adding it to the
// lanes 145, 183, 211 and 300 further on. What is left at the end are 300 lanes and a tail for the tables.

import { LANE_BLOCK, LANE_HISTORY, LANES } from './layout';

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
  if (ASC_FEATURE_SIMD) {
    if (!folding && end - start < FOLD_BYTES) return start;
    return fold(start, end);
  }
  state = byTables(state, start, end);
  return end;
}

/** The CRC with the last bytes `[start, end)`, which {@link updateCrc} left. */
export function finishCrc(start: usize, end: usize): u32 {
  if (ASC_FEATURE_SIMD) {
    if (folding) state = byTables(unfold(), LANES, LANES + LANE_HISTORY);
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
    // The initial value of the CRC is a difference in the first four bytes.
    foldBlock(p, p + 16);
    const first = LANES + LANE_HISTORY;
    v128.store(first, v128.xor(v128.load(first), i32x4(-1, 0, 0, 0)));
    memory.copy(LANES, LANES + 16, LANE_HISTORY);
    p += 16;
  }
  while (p + 16 <= end) {
    let length = (end - p) & ~15;
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
  for (; p + 64 <= end; p += 64) {
    v128.store(
      lane,
      v128.xor(
        v128.load(p, 0),
        v128.xor(
          v128.xor(v128.load(lane, 0), v128.load(lane, 1424)),
          v128.xor(v128.load(lane, 1872), v128.load(lane, 2480)),
        ),
      ),
      4800,
    );
    v128.store(
      lane,
      v128.xor(
        v128.load(p, 16),
        v128.xor(
          v128.xor(v128.load(lane, 16), v128.load(lane, 1440)),
          v128.xor(v128.load(lane, 1888), v128.load(lane, 2496)),
        ),
      ),
      4816,
    );
    v128.store(
      lane,
      v128.xor(
        v128.load(p, 32),
        v128.xor(
          v128.xor(v128.load(lane, 32), v128.load(lane, 1456)),
          v128.xor(v128.load(lane, 1904), v128.load(lane, 2512)),
        ),
      ),
      4832,
    );
    v128.store(
      lane,
      v128.xor(
        v128.load(p, 48),
        v128.xor(
          v128.xor(v128.load(lane, 48), v128.load(lane, 1472)),
          v128.xor(v128.load(lane, 1920), v128.load(lane, 2528)),
        ),
      ),
      4848,
    );
    lane += 64;
  }
  for (; p < end; p += 16) {
    v128.store(
      lane,
      v128.xor(
        v128.load(p, 0),
        v128.xor(
          v128.xor(v128.load(lane, 0), v128.load(lane, 1424)),
          v128.xor(v128.load(lane, 1872), v128.load(lane, 2480)),
        ),
      ),
      4800,
    );
    lane += 16;
  }
}

/** Takes back what the last 300 lanes gave each other: they stay. Their CRC starts from zero. */
function unfold(): u32 {
  for (let lane = LANES + LANE_HISTORY - 16; lane >= LANES; lane -= 16) {
    let own = v128.load(lane);
    if (lane >= LANES + 145 * 16) own = v128.xor(own, v128.load(lane - 145 * 16));
    if (lane >= LANES + 183 * 16) own = v128.xor(own, v128.load(lane - 183 * 16));
    if (lane >= LANES + 211 * 16) own = v128.xor(own, v128.load(lane - 211 * 16));
    v128.store(lane, own);
  }
  return 0;
}
