/**
 * Gzip that gives what it can: record files are read up to the fault, where the envelope of a session is all or
 * nothing (spec `format.md` 5 and 1.2).
 */

import { Inflate } from 'fflate';
import { DataError } from '../errors.js';
import { faults } from '../kernel/faults.js';
import { crc32 } from '../kernel/js-crc32.js';
import { measureDeflate } from '../kernel/js-deflate.js';
import { readHeader } from '../kernel/js-gzip.js';

/** Compressed bytes handed to fflate at a time; bounds the size of a piece to about a thousand times that. */
const STEP_BYTES = 16 << 10;
/** Bytes at the end of data that breaks off which may hold a code that does not exist: the longest has 15 bits. */
const UNFINISHED_BYTES = 3;
const TRAILER_BYTES = 8;

/**
 * Decompresses all members of `input`, piece by piece. Everything before a fault has been given when the fault
 * is thrown.
 *
 * @param textLimit the most bytes to give
 * @throws DataError of a `gzip-*` code, or `limit-text`
 */
export function* gunzip(input: Uint8Array, textLimit: number): Generator<Uint8Array, void, void> {
  let total = 0;
  for (let offset = 0; offset < input.length; ) {
    if (input[offset] !== 0x1f || input[offset + 1] !== 0x8b) {
      throw offset === 0 ? faults.notGzip(0) : faults.trailingBytes(offset);
    }
    const { dataStart } = readHeader(input, offset);
    const { dataEnd, fault } = findDataEnd(input, dataStart, offset);
    let crc = 0;
    let size = 0;
    for (const piece of inflate(input.subarray(dataStart, dataEnd), fault !== undefined)) {
      crc = crc32(crc, piece);
      size += piece.length;
      total += piece.length;
      if (total > textLimit) throw faults.textTooLong(textLimit);
      yield piece;
    }
    if (fault !== undefined) throw fault;
    checkTrailer(input, offset, dataEnd, crc, size);
    offset = dataEnd + TRAILER_BYTES;
    while (input[offset] === 0) offset++;
  }
}

/** Where a member's deflate data ends, or stops making sense. */
function findDataEnd(
  input: Uint8Array,
  dataStart: number,
  member: number,
): { dataEnd: number; fault: DataError | undefined } {
  try {
    const walk = measureDeflate(input, dataStart, member, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    let step = walk.next();
    while (!step.done) step = walk.next();
    return { dataEnd: step.value.end, fault: undefined };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { dataEnd: error.offset, fault: error };
  }
}

/** Inflates deflate data that is known to be well-formed, though it may break off. */
function* inflate(data: Uint8Array, breaksOff: boolean): Generator<Uint8Array, void, void> {
  const pieces: Uint8Array[] = [];
  const inflater = new Inflate((piece) => pieces.push(piece));
  const sure = breaksOff ? Math.max(0, data.length - UNFINISHED_BYTES) : data.length;
  for (let start = 0; start < sure; start += STEP_BYTES) {
    inflater.push(data.subarray(start, Math.min(start + STEP_BYTES, sure)), false);
    yield* pieces.splice(0);
  }
  for (let start = sure; start < data.length; start++) {
    try {
      inflater.push(data.subarray(start, start + 1), false);
    } catch (error) {
      // What is cut off there is no code, in the words of fflate; the caller knows.
      if (error instanceof Error && 'code' in error) return;
      throw error;
    }
    yield* pieces.splice(0);
  }
}

function checkTrailer(input: Uint8Array, member: number, dataEnd: number, crc: number, size: number): void {
  if (dataEnd + TRAILER_BYTES > input.length) throw faults.truncated(input.length, 'trailer', member);
  const trailer = new DataView(input.buffer, input.byteOffset + dataEnd, TRAILER_BYTES);
  const storedCrc = trailer.getUint32(0, true);
  if (crc !== storedCrc) throw faults.crcMismatch(dataEnd, storedCrc, crc);
  const storedSize = trailer.getUint32(4, true);
  if (size >>> 0 !== storedSize) throw faults.lengthMismatch(dataEnd + 4, storedSize, size);
}
