/** Reading gzip members (RFC 1952, spec `format.md` 1.2) for the JS kernel: all checks are ours, fflate inflates. */

import { Inflate, inflateSync } from 'fflate';
import { faults } from './faults.js';
import { decodeFileName } from './file-name.js';
import { crc32 } from './js-crc32.js';
import { measureDeflate } from './js-deflate.js';
import type { Member, ScanProgress } from './kernel.js';

const FLAG_HEADER_CRC = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;
const TRAILER_BYTES = 8;

/** Texts up to this size are inflated at once. */
const SHORT_TEXT_BYTES = 4 << 20;
/** Compressed bytes of longer ones that are inflated at a time; the generator pauses in between. */
const STEP_BYTES = 256 << 10;

/**
 * Decompresses all members of `input` into one text.
 *
 * @throws DataError of a `gzip-*` code, or `limit-text`: the first in the order of the input
 */
export function* unpackMembers(
  input: Uint8Array,
  textLimit: number,
): Generator<ScanProgress, { members: Member[]; text: Uint8Array }, void> {
  const members: Member[] = [];
  const texts: Uint8Array[] = [];
  let textBytes = 0;
  for (let offset = 0; offset < input.length; offset = skipPadding(input, members.at(-1)!)) {
    if (input[offset] !== 0x1f || input[offset + 1] !== 0x8b) {
      throw offset === 0 ? faults.notGzip(0) : faults.trailingBytes(offset);
    }
    const { member, text } = yield* unpackMember(input, offset, textBytes, textLimit);
    members.push(member);
    texts.push(text);
    textBytes += text.length;
  }
  return { members, text: texts.length === 1 ? texts[0]! : concatenate(texts, textBytes) };
}

function skipPadding(input: Uint8Array, member: Member): number {
  let offset = member.offset + member.memberBytes;
  while (input[offset] === 0) offset++;
  return offset;
}

function* unpackMember(
  input: Uint8Array,
  offset: number,
  textOffset: number,
  textLimit: number,
): Generator<ScanProgress, { member: Member; text: Uint8Array }, void> {
  const { dataStart, fileName } = readHeader(input, offset);
  const walk = measureDeflate(input, dataStart, offset, textLimit - textOffset, textLimit);
  let step = walk.next();
  for (; !step.done; step = walk.next()) yield { stage: 'inflate', loaded: step.value, total: input.length };
  const { end: dataEnd, size: textBytes } = step.value;
  if (dataEnd + TRAILER_BYTES > input.length) throw faults.truncated(input.length, 'trailer', offset);
  const text = new Uint8Array(textBytes);
  const computed = yield* inflateInto(text, input, dataStart, dataEnd);
  const stored = readUint32(input, dataEnd);
  if (computed !== stored) throw faults.crcMismatch(dataEnd, stored, computed);
  const length = readUint32(input, dataEnd + 4);
  if (length !== textBytes >>> 0) throw faults.lengthMismatch(dataEnd + 4, length, textBytes);
  const member: Member = {
    offset,
    headerBytes: dataStart - offset,
    memberBytes: dataEnd + TRAILER_BYTES - offset,
    textOffset,
    textBytes,
    crc32: stored,
    mtime: readUint32(input, offset + 4),
    fileName,
  };
  return { member, text };
}

/** The fixed part, then the optional fields; the header's own CRC is not checked, as the reference does not. */
export function readHeader(
  input: Uint8Array,
  offset: number,
): { dataStart: number; fileName: string | undefined } {
  const truncated = () => faults.truncated(input.length, 'header', offset);
  if (offset + 2 >= input.length) throw truncated();
  const method = input[offset + 2]!;
  if (method !== 8) throw faults.unsupportedMethod(offset + 2, method);
  if (offset + 10 > input.length) throw truncated();
  const flags = input[offset + 3]!;
  let position = offset + 10;
  let fileName: string | undefined;
  if (flags & FLAG_EXTRA) {
    if (position + 2 > input.length) throw truncated();
    position += 2 + (input[position]! | (input[position + 1]! << 8));
  }
  const skipText = () => {
    const end = input.indexOf(0, position);
    if (end < 0 || position > input.length) throw truncated();
    const text = input.subarray(position, end);
    position = end + 1;
    return text;
  };
  if (flags & FLAG_NAME) fileName = decodeFileName(skipText());
  if (flags & FLAG_COMMENT) skipText();
  if (flags & FLAG_HEADER_CRC) position += 2;
  if (position > input.length) throw truncated();
  return { dataStart: position, fileName };
}

/** Inflates a measured stream into `text`, exactly its size; the CRC-32 of the text. */
function* inflateInto(
  text: Uint8Array,
  input: Uint8Array,
  dataStart: number,
  dataEnd: number,
): Generator<ScanProgress, number, void> {
  if (text.length <= SHORT_TEXT_BYTES) {
    inflateSync(input.subarray(dataStart, dataEnd), { out: text });
    return crc32(0, text);
  }
  let written = 0;
  let crc = 0;
  const inflate = new Inflate((chunk) => {
    text.set(chunk, written);
    crc = crc32(crc, chunk);
    written += chunk.length;
  });
  for (let start = dataStart; start < dataEnd; start += STEP_BYTES) {
    if (start > dataStart) yield { stage: 'inflate', loaded: start, total: input.length };
    const end = Math.min(start + STEP_BYTES, dataEnd);
    inflate.push(input.subarray(start, end), end === dataEnd);
  }
  return crc;
}

/** One array of all pieces. */
export function concatenate(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let written = 0;
  for (const piece of pieces) {
    whole.set(piece, written);
    written += piece.length;
  }
  return whole;
}

function readUint32(bytes: Uint8Array, offset: number): number {
  const [a, b, c, d] = [bytes[offset]!, bytes[offset + 1]!, bytes[offset + 2]!, bytes[offset + 3]!];
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
}
