/** Python's error handler `surrogateescape`: bytes that are no UTF-8 as text, one lone surrogate for each byte. */

const ESCAPE_BASE = 0xdc00;

/** The text of the bytes, without loss: a byte `b` outside of valid UTF-8 is the code unit U+DC00 + b. */
export function decodeSurrogateEscape(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return decodeInvalid(bytes);
  }
}

/** Bytes that the text stands for. */
export function escapedByteLength(text: string): number {
  let size = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) size += 1;
    else if (unit < 0x800) size += 2;
    else if (unit >= 0xdc00 && unit <= 0xdfff) size += 1;
    // The high half of a pair; its low half counts one byte.
    else size += 3;
  }
  return size;
}

function decodeInvalid(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parts: string[] = [];
  let valid = 0;
  for (let p = 0; p < bytes.length; ) {
    const length = sequenceLength(bytes, p);
    if (length > 0) {
      p += length;
      continue;
    }
    parts.push(decoder.decode(bytes.subarray(valid, p)), String.fromCharCode(ESCAPE_BASE + bytes[p]!));
    valid = ++p;
  }
  parts.push(decoder.decode(bytes.subarray(valid)));
  return parts.join('');
}

/** Length of the UTF-8 sequence at `p` (RFC 3629 section 4); 0 when there is none. */
function sequenceLength(bytes: Uint8Array, p: number): number {
  const lead = bytes[p]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[p + 1] ?? 0;
  if (second < low || second > high) return 0;
  for (let i = 2; i < length; i++) if (((bytes[p + i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}
