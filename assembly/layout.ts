// The memory map. Everything has a fixed address: an instance never allocates, and its memory grows only for
// texts that nest deeper than the default limit allows. Slack behind a region is room for wide loads and stores
// that start inside of it; its contents never matter.

/** Static tables and the stack end here; the regions follow, each aligned to 64 bytes. */
const REGIONS: usize = (__heap_base + 63) & ~63;

/** Window of the compressed input, filled by the host. */
export const INPUT: usize = REGIONS;
export const INPUT_BYTES: usize = 128 << 10;
/** Read but never used: the bit buffer loads 8 bytes at a time. */
export const INPUT_SLACK: usize = 64;

/** Text that stays readable in front of the current step: the largest distance of deflate. */
export const HISTORY_BYTES: usize = 32 << 10;
/** Text inflated in one step: small enough to stay in the second-level cache until it is scanned. */
export const STEP_BYTES: usize = 256 << 10;
/** One match (258) and its copy's overshoot (93), six literals, and the padding of the last block (128). */
const TEXT_SLACK: usize = 1024;
export const TEXT: usize = INPUT + INPUT_BYTES + INPUT_SLACK;

/** Text of an IO log that is read on demand, with what came before. */
export const LOG_TEXT: usize = (TEXT + HISTORY_BYTES + STEP_BYTES + TEXT_SLACK + 63) & ~63;

/** Offsets of the tokens of the chunk being scanned, as u32, with those left over from the chunk before. */
export const CHUNK_BYTES: usize = 16 << 10;
/** Tokens of an unfinished record, and stores of 16 entries at a time. */
const TOKEN_SLACK: usize = 64;
export const TOKENS: usize = (LOG_TEXT + HISTORY_BYTES + STEP_BYTES + TEXT_SLACK + 63) & ~63;

/** Lanes of the folded CRC: 300 of history and a block. */
export const LANES: usize = TOKENS + ((CHUNK_BYTES + TOKEN_SLACK) << 2);
export const LANE: usize = ASC_FEATURE_SIMD ? 16 : 8;
export const LANE_HISTORY: usize = 300 * LANE;
export const LANE_BLOCK: usize = 2048 * LANE;

// What a step reports, drained by the host after each step. The capacities are what a step can bring at most.

/** Closed containers: row, start, end, children, depth as u32. Eight may end per 128 bytes. */
export const SPANS: usize = LANES + LANE_HISTORY + LANE_BLOCK;
export const SPAN_ENTRY: usize = 20;
const SPANS_BYTES: usize = ((STEP_BYTES + HISTORY_BYTES) / 128 + 2) * 8 * SPAN_ENTRY;

/**
 * Closed IO logs: start, count, first record, offset and number of payload bytes. The shortest takes 14 bytes of
 * text with its key.
 */
export const LOGS: usize = (SPANS + SPANS_BYTES + 63) & ~63;
export const LOG_ENTRY: usize = 20;
const LOGS_BYTES: usize = ((STEP_BYTES + HISTORY_BYTES) / 12 + 2) * LOG_ENTRY;

/**
 * Records: the shortest has 16 bytes. Delays in microseconds as u32, or with the highest bit set the index of an odd
 * delay, which are in seconds as f64; shapes (twice the bytes of the payload, plus the stream) as u16; for those that
 * do not fit a list of record and shape as u32.
 */
const RECORDS: usize = (STEP_BYTES + HISTORY_BYTES) / 16 + 2;
export const DELAYS: usize = (LOGS + LOGS_BYTES + 63) & ~63;
export const ODD_DELAYS: usize = (DELAYS + RECORDS * 4 + 7) & ~7;
export const SHAPES: usize = ODD_DELAYS + RECORDS * 8;
export const LONG_SHAPES: usize = SHAPES + RECORDS * 2;

/** Decoded payloads: never as many as there is room for, so that wide stores end inside. */
export const PAYLOADS: usize = (LONG_SHAPES + 64 * 8 + 63) & ~63;
const PAYLOADS_BYTES: usize = STEP_BYTES + HISTORY_BYTES;

/** Members: see `gzip.ts`. */
export const MEMBERS: usize = PAYLOADS + PAYLOADS_BYTES;
export const MEMBER_ENTRY: usize = 64;
export const MEMBER_CAPACITY: u32 = 256;

/** Kinds of the open containers, one byte per level; the last region, which grows with the nesting. */
export const NESTING: usize = MEMBERS + <usize>MEMBER_CAPACITY * MEMBER_ENTRY;

/** Levels that the memory has room for. */
export function nestingRoom(): u32 {
  return <u32>(((<usize>memory.size()) << 16) - NESTING);
}

/** Doubles the room; false when the machine refuses. */
export function growNesting(): bool {
  return memory.grow(<i32>((nestingRoom() + 0xffff) >>> 16)) >= 0;
}
