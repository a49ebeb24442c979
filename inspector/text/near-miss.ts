/** What a file is that cannot be opened: told by its first bytes. */

const BYTES = 64;

/** One sentence; undefined for what nobody knows. */
export async function nearMiss(file: Blob): Promise<string | undefined> {
  const bytes = new Uint8Array(await file.slice(0, BYTES).arrayBuffer());
  if (bytes.length === 0)
    return 'The file is empty, as after a crash while it was saved. Look for another copy.';
  const first = bytes.find((byte) => byte > 0x20);
  if (first === 0x7b) return 'This looks like JSON. A session is compressed: pack it with gzip first.';
  if (first === 0x3c) return 'This looks like a report in HTML or XML, not like the session itself.';
  return undefined;
}
