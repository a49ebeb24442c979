/** CRC-32 of gzip (RFC 1952 section 8) for the JS kernel, four bytes at a time ("slicing by four"). */

/** Four tables of 256 entries; entry n of table k is the CRC of byte n followed by k zeros. */
let tables: Int32Array | undefined;

function makeTables(): Int32Array {
  const entries = new Int32Array(4 * 256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    entries[n] = c;
  }
  for (let i = 256; i < entries.length; i++) {
    const shorter = entries[i - 256]!;
    entries[i] = entries[shorter & 0xff]! ^ (shorter >>> 8);
  }
  return entries;
}

/** Continues `crc` (0 at the start) over `bytes`; an unsigned 32-bit number. */
export function crc32(crc: number, bytes: Uint8Array): number {
  tables ??= makeTables();
  const entries = tables;
  let c = ~crc;
  let i = 0;
  for (const stop = bytes.length - 3; i < stop; i += 4) {
    c ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    c =
      entries[768 + (c & 0xff)]! ^
      entries[512 + ((c >>> 8) & 0xff)]! ^
      entries[256 + ((c >>> 16) & 0xff)]! ^
      entries[c >>> 24]!;
  }
  for (; i < bytes.length; i++) c = entries[(c ^ bytes[i]!) & 0xff]! ^ (c >>> 8);
  return ~c >>> 0;
}
