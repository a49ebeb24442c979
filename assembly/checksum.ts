// Tables of 32-byte digests side by side.

import { INPUT } from './layout';

const DIGEST_BYTES: usize = 32;

/**
 * Compares `rows` digests at INPUT with as many right behind them. Writes the numbers of the rows that differ
 * over the first table, as u32; returns how many.
 */
export function compareDigests(rows: u32): u32 {
  const right = <usize>rows * DIGEST_BYTES;
  let differing: u32 = 0;
  for (let row: u32 = 0; row < rows; row++) {
    const p = INPUT + <usize>row * DIGEST_BYTES;
    const difference =
      (load<u64>(p) ^ load<u64>(p + right)) |
      (load<u64>(p, 8) ^ load<u64>(p + right, 8)) |
      (load<u64>(p, 16) ^ load<u64>(p + right, 16)) |
      (load<u64>(p, 24) ^ load<u64>(p + right, 24));
    // The list is shorter than the rows already read.
    if (difference) store<u32>(INPUT + (<usize>(differing++) << 2), row);
  }
  return differing;
}
