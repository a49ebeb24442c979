/** Base64 as Python reads it (spec `resume.md` 6.4) and writes it (spec `format.md` 2.4). */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PAD = 0x3d;
/** Has a bit that no value has. */
export const NO_DIGIT = 64;

let digits: Uint8Array | undefined;

/** The value of each base64 digit (RFC 4648 section 4), {@link NO_DIGIT} for other bytes. */
export function digitValues(): Uint8Array {
  if (digits === undefined) {
    digits = new Uint8Array(256).fill(NO_DIGIT);
    for (let value = 0; value < 64; value++) digits[ALPHABET.charCodeAt(value)] = value;
  }
  return digits;
}

/** The bytes of an ASCII text; undefined when it has other characters. */
export function asciiBytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return undefined;
    bytes[i] = code;
  }
  return bytes;
}

/**
 * Decodes base64 text, given as bytes, with Python's leniency: what is no digit and no padding is skipped, and
 * reading stops after the first complete padding.
 *
 * @returns undefined when the text ends inside a group of four
 */
export function decodeBase64(text: Uint8Array): Uint8Array | undefined {
  return decodeStrictBase64(text) ?? decodeLenient(text);
}

/** Decodes whole groups with nothing between them and padding only at the end; undefined for any other text. */
export function decodeStrictBase64(text: Uint8Array): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const data = new Uint8Array(decodedLength(text, 0, text.length));
  return decodeGroups(text, 0, text.length, data, 0) < 0 ? undefined : data;
}

/** Bytes that whole groups of four from `start` to `end` stand for. */
export function decodedLength(text: Uint8Array, start: number, end: number): number {
  if (start === end) return 0;
  const pads = text[end - 1] !== PAD ? 0 : text[end - 2] !== PAD ? 1 : 2;
  return ((end - start) / 4) * 3 - pads;
}

/**
 * Decodes whole groups of four from `start` to `end` into `data` from `offset` on, as many bytes as
 * {@link decodedLength} says.
 *
 * @returns the offset behind the last byte, or -1 when something else is among them
 */
export function decodeGroups(
  text: Uint8Array,
  start: number,
  end: number,
  data: Uint8Array,
  offset: number,
): number {
  const values = digitValues();
  const stop = offset + decodedLength(text, start, end);
  const isPadded = end > start && text[end - 1] === PAD;
  const fullEnd = isPadded ? end - 4 : end;
  let written = offset;
  for (let i = start; i < fullEnd; i += 4) {
    const a = values[text[i]!]!;
    const b = values[text[i + 1]!]!;
    const c = values[text[i + 2]!]!;
    const d = values[text[i + 3]!]!;
    if ((a | b | c | d) & NO_DIGIT) return -1;
    data[written++] = (a << 2) | (b >> 4);
    data[written++] = (b << 4) | (c >> 2);
    data[written++] = (c << 6) | d;
  }
  if (!isPadded) return stop;
  const a = values[text[fullEnd]!]!;
  const b = values[text[fullEnd + 1]!]!;
  const c = stop - written === 2 ? values[text[fullEnd + 2]!]! : 0;
  if ((a | b | c) & NO_DIGIT) return -1;
  data[written++] = (a << 2) | (b >> 4);
  if (written < stop) data[written] = (b << 4) | (c >> 2);
  return stop;
}

function decodeLenient(text: Uint8Array): Uint8Array | undefined {
  const values = digitValues();
  const data = new Uint8Array(Math.ceil(text.length / 4) * 3);
  let written = 0;
  let held = 0;
  let group = 0;
  let pads = 0;
  for (const byte of text) {
    if (byte === PAD) {
      // A pad counts only behind two or three digits of a group.
      if (held >= 2 && held + ++pads >= 4) return data.slice(0, written);
      continue;
    }
    const value = values[byte]!;
    if (value === NO_DIGIT) continue;
    pads = 0;
    group = (group << 6) | value;
    held = (held + 1) % 4;
    // Every digit after the first completes one byte.
    if (held !== 1) data[written++] = group >> [0, 0, 4, 2][held]!;
    if (held === 0) group = 0;
  }
  return held === 0 ? data.slice(0, written) : undefined;
}

/** Standard alphabet, padded, no line breaks. */
export function encodeBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += ENCODE_STEP) {
    pieces.push(encodePiece(bytes.subarray(start, start + ENCODE_STEP)));
  }
  return pieces.join('');
}

/** Bytes encoded into one string at a time; a multiple of three. */
const ENCODE_STEP = 3 << 12;

function encodePiece(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += ALPHABET[group >> 18]! + ALPHABET[(group >> 12) & 63]!;
    text += i + 1 < bytes.length ? ALPHABET[(group >> 6) & 63]! : '=';
    text += i + 2 < bytes.length ? ALPHABET[group & 63]! : '=';
  }
  return text;
}
