// CRC-32 (RFC 1952 section 8), one byte at a time.

const TABLE = memory.data(256 * 4, 16);

function fillTable(): void {
  for (let n: u32 = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >> 1) : c >> 1;
    store<u32>(TABLE + ((<usize>n) << 2), c);
  }
}

/** Continues `crc` (0 at the start) over the bytes `[start, end)` of memory. */
export function crc32(crc: u32, start: usize, end: usize): u32 {
  if (load<u32>(TABLE + 4) == 0) fillTable();
  let c = ~crc;
  for (let p = start; p < end; p++) {
    c = load<u32>(TABLE + ((<usize>((c ^ load<u8>(p)) & 0xff)) << 2)) ^ (c >> 8);
  }
  return ~c;
}
