/** CRC-32 of gzip (RFC 1952 section 8) for the JS kernel. */

let table: Uint32Array | undefined;

function makeTable(): Uint32Array {
  const entries = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    entries[n] = c;
  }
  return entries;
}

/** Continues `crc` (0 at the start) over `bytes`; an unsigned 32-bit number. */
export function crc32(crc: number, bytes: Uint8Array): number {
  table ??= makeTable();
  let c = ~crc;
  for (let i = 0; i < bytes.length; i++) c = table[(c ^ bytes[i]!) & 0xff]! ^ (c >>> 8);
  return ~c >>> 0;
}
