/**
 * Inflating a damaged stream (RFC 1951): every byte of output in front of the fault, which fflate, working in
 * steps, would keep back in part.
 */

import { DataError } from '../errors.js';
import { type DeflateFault, faults } from '../kernel/faults.js';
import { BitReader, BlockCodes, COPY, END_OF_BLOCK, INVALID, KIND } from '../kernel/js-deflate.js';
import type { PrefixCode } from '../kernel/js-prefix-code.js';

export interface Inflated {
  /** What the stream gives, up to the fault. */
  readonly text: Uint8Array;
  /** Offset behind the stream, or of the fault. */
  readonly end: number;
  /** Why the stream does not go on to its end; undefined when it does. */
  readonly fault: DataError | undefined;
}

export interface OutputLimit {
  /** Bytes that may still be given. */
  readonly room: number;
  /** The limit of the whole text, for the message. */
  readonly limit: number;
}

/** Inflates streams of one input; the tables of its codes serve all of them. */
export class DamagedInflater {
  readonly #codes = new BlockCodes();

  constructor(private readonly input: Uint8Array) {}

  /**
   * Inflates the stream that begins at `start`.
   *
   * @param member offset of the gzip member, for messages
   * @throws DataError `limit-text`
   */
  inflate(start: number, member: number, limit: OutputLimit): Inflated {
    return inflateStream(new BitReader(this.input, start, member), this.#codes, limit);
  }
}

function inflateStream(bits: BitReader, codes: BlockCodes, limit: OutputLimit): Inflated {
  const output = new Output(limit);
  try {
    for (let last = false; !last; ) {
      const blockStart = bits.byte;
      last = bits.take(1) === 1;
      const type = bits.take(2);
      if (type === 0) {
        copyStored(bits, output);
        continue;
      }
      if (type === 1) codes.assignFixed();
      else if (type === 2) codes.read(bits, blockStart);
      else throw faults.corruptDeflate(blockStart, 'invalid block type');
      inflateBlock(bits, codes, output);
    }
  } catch (error) {
    if (!(error instanceof DataError) || error.code === 'limit-text') throw error;
    return { text: output.bytes, end: error.offset, fault: error };
  }
  return { text: output.bytes, end: bits.alignedByte, fault: undefined };
}

/** Of a stored block that is cut off, the part that is there counts. */
function copyStored(bits: BitReader, output: Output): void {
  const { input } = bits;
  const header = bits.alignedByte;
  const data = header + 4;
  const length = (input[header] ?? 0) | ((input[header + 1] ?? 0) << 8);
  const isCut = data < input.length && data + length > input.length;
  if (isCut && (input[header + 2]! | (input[header + 3]! << 8)) === (~length & 0xffff)) {
    output.append(input.subarray(data));
  }
  output.append(input.subarray(data, data + bits.skipStored()));
}

function inflateBlock(bits: BitReader, { literals, distances }: BlockCodes, output: Output): void {
  for (;;) {
    const symbolStart = bits.byte;
    const symbol = takeValid(bits, literals, symbolStart, 'invalid literal/length code');
    const kind = symbol & KIND;
    if (kind === END_OF_BLOCK) return;
    if (kind !== COPY) {
      output.literal(symbol >> 10);
      continue;
    }
    const length = (symbol >> 10) + bits.take((symbol >> 4) & 15);
    const code = takeValid(bits, distances, symbolStart, 'invalid distance code');
    const distance = (code >> 10) + bits.take((code >> 4) & 15);
    if (distance > output.size) throw faults.corruptDeflate(symbolStart, 'distance too far back');
    output.repeat(distance, length);
  }
}

/** The entry of the next symbol (see `js-deflate.ts`). */
function takeValid(bits: BitReader, code: PrefixCode, symbolStart: number, what: DeflateFault): number {
  const { byte, bit } = bits;
  const entry = bits.takeEntry(code);
  if (entry === 0 || (entry & KIND) === INVALID) throw bits.misfit(byte, bit, symbolStart, what);
  return entry;
}

/** Little, as there may be many small members. */
const FIRST_BYTES = 1 << 8;

/** The output, growing as it is written. */
class Output {
  size = 0;
  #buffer = new Uint8Array(FIRST_BYTES);

  constructor(private readonly limit: OutputLimit) {}

  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.size);
  }

  literal(byte: number): void {
    this.#need(1);
    this.#buffer[this.size++] = byte;
  }

  append(bytes: Uint8Array): void {
    this.#need(bytes.length);
    this.#buffer.set(bytes, this.size);
    this.size += bytes.length;
  }

  /** Repeats what stands `distance` bytes back, which may be shorter than `length`. */
  repeat(distance: number, length: number): void {
    this.#need(length);
    const buffer = this.#buffer;
    for (const end = this.size + length; this.size < end; this.size++) {
      buffer[this.size] = buffer[this.size - distance]!;
    }
  }

  #need(bytes: number): void {
    const { room, limit } = this.limit;
    if (this.size + bytes <= this.#buffer.length) return;
    const larger = Math.min(room, Math.max(this.size + bytes, this.#buffer.length * 2));
    if (this.size + bytes > larger) throw faults.textTooLong(limit);
    const buffer = new Uint8Array(larger);
    buffer.set(this.bytes);
    this.#buffer = buffer;
  }
}
