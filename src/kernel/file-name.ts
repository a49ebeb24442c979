/** File names in gzip headers (RFC 1952, 2.3): Latin-1, and as long as whoever wrote the file likes. */

/** How much of a name is kept, in bytes. */
export const FILE_NAME_BYTES: number = 64 << 10;
/** As many arguments as any engine takes. */
const STEP_BYTES = 4 << 10;

/** The text of a name: of a longer one, {@link FILE_NAME_BYTES} are kept. */
export function decodeFileName(bytes: Uint8Array): string {
  const kept = bytes.subarray(0, FILE_NAME_BYTES);
  let name = '';
  for (let start = 0; start < kept.length; start += STEP_BYTES) {
    name += String.fromCharCode(...kept.subarray(start, start + STEP_BYTES));
  }
  return name;
}
