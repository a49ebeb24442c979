/** From the bytes of a damaged session to all text that can be unpacked (spec `format.md` 1.1 and 1.2). */

import { DataError } from '../errors.js';
import { faults } from '../kernel/faults.js';
import { crc32 } from '../kernel/js-crc32.js';
import { concatenate, readHeader } from '../kernel/js-gzip.js';
import { skipSpace } from '../kernel/js-scan.js';
import { DamagedInflater, type Inflated } from './salvage-inflate.js';

/** What the trailer says of the text; `missing`: the stream or the file breaks off before its end. */
export type TextCheck = 'match' | 'mismatch' | 'missing';

export interface SalvagedMember {
  /** Offset of the header in the file. */
  readonly offset: number;
  /** Bytes of text that it gave. */
  readonly textBytes: number;
  readonly check: TextCheck;
}

export interface SalvagedEnvelope {
  /** Pieces of text; between two of them an unknown number of bytes is missing. */
  readonly pieces: readonly Uint8Array[];
  /** Whether the last piece breaks off. */
  readonly isCut: boolean;
  readonly members: readonly SalvagedMember[];
  /** Faults in the order of the file. */
  readonly damage: readonly DataError[];
}

interface TrailerCheck {
  readonly check: TextCheck;
  readonly fault: DataError | undefined;
}

/** Headers as sessions have them: ten bytes, no optional fields (spec `format.md` 1.1). */
const PLAIN_HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
const OPEN_OBJECT = 0x7b;

/**
 * Unpacks what can be unpacked. A text that is not compressed is taken as it is.
 *
 * @param textLimit the most bytes of text to give
 * @throws DataError `limit-text`
 */
export function salvageEnvelope(input: Uint8Array, textLimit: number): SalvagedEnvelope {
  if (input[skipSpace(input, 0)] === OPEN_OBJECT) {
    if (input.length > textLimit) throw faults.textTooLong(textLimit);
    return { pieces: [Uint8Array.from(input)], isCut: false, members: [], damage: [faults.notGzip(0)] };
  }
  return new EnvelopeReader(input, textLimit).read();
}

class EnvelopeReader {
  readonly #inflater: DamagedInflater;
  readonly #pieces: Uint8Array[] = [];
  readonly #members: SalvagedMember[] = [];
  readonly #damage: DataError[] = [];
  /** Texts of the members that follow one another without a gap. */
  #piece: Uint8Array[] = [];
  #textBytes = 0;
  #isCut = true;

  constructor(
    private readonly input: Uint8Array,
    private readonly textLimit: number,
  ) {
    this.#inflater = new DamagedInflater(input);
  }

  read(): SalvagedEnvelope {
    const { input } = this;
    for (let offset = 0; offset < input.length; ) {
      offset = this.#readMember(offset) ?? this.#findMember(this.#damage.at(-1)!.offset);
      while (input[offset] === 0) offset++;
    }
    this.#endPiece();
    return { pieces: this.#pieces, isCut: this.#isCut, members: this.#members, damage: this.#damage };
  }

  /** Takes the member at `offset`; the offset behind it, or undefined when that cannot be told. */
  #readMember(offset: number): number | undefined {
    const { input } = this;
    let dataStart: number;
    try {
      if (input[offset] !== 0x1f || input[offset + 1] !== 0x8b) {
        throw offset === 0 ? faults.notGzip(0) : faults.trailingBytes(offset);
      }
      dataStart = readHeader(input, offset).dataStart;
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      this.#damage.push(error);
      return offset === 0 ? this.#readBehindHeader() : undefined;
    }
    const inflated = this.#inflate(dataStart, offset);
    const { fault } = inflated;
    const isHeaderDamaged = fault !== undefined && offset === 0 && dataStart !== PLAIN_HEADER_BYTES;
    if (isHeaderDamaged && inflated.text[0] !== OPEN_OBJECT) {
      this.#damage.push(fault);
      return this.#readBehindHeader();
    }
    return this.#take(inflated, offset);
  }

  /** A damaged header matters little: sessions all have the same one, so the data is known to begin behind it. */
  #readBehindHeader(): number | undefined {
    const inflated = this.#inflate(PLAIN_HEADER_BYTES, 0);
    return inflated.text[0] === OPEN_OBJECT ? this.#take(inflated, 0) : undefined;
  }

  #inflate(dataStart: number, member: number): Inflated {
    const room = this.textLimit - this.#textBytes;
    return this.#inflater.inflate(dataStart, member, { room, limit: this.textLimit });
  }

  #take({ text, end, fault }: Inflated, offset: number): number | undefined {
    const trailer = fault === undefined ? this.#checkTrailer(text, end, offset) : undefined;
    const damage = fault ?? trailer?.fault;
    if (damage !== undefined) this.#damage.push(damage);
    this.#members.push({ offset, textBytes: text.length, check: trailer?.check ?? 'missing' });
    this.#piece.push(text);
    this.#textBytes += text.length;
    this.#isCut = fault !== undefined;
    return fault === undefined ? Math.min(end + TRAILER_BYTES, this.input.length) : undefined;
  }

  /** A trailer that is cut off may still contradict the text. */
  #checkTrailer(text: Uint8Array, dataEnd: number, member: number): TrailerCheck {
    const stored = new Uint8Array(TRAILER_BYTES);
    const available = this.input.subarray(dataEnd, dataEnd + TRAILER_BYTES);
    stored.set(available);
    const computed = new Uint8Array(TRAILER_BYTES);
    const [was, is] = [new DataView(stored.buffer), new DataView(computed.buffer)];
    is.setUint32(0, crc32(0, text), true);
    is.setUint32(4, text.length % 2 ** 32, true);
    const isEqual = available.every((byte, index) => byte === computed[index]);
    if (available.length < TRAILER_BYTES) {
      const fault = faults.truncated(this.input.length, 'trailer', member);
      return { check: isEqual ? 'missing' : 'mismatch', fault };
    }
    if (isEqual) return { check: 'match', fault: undefined };
    const [crc, length] = [was.getUint32(0, true), was.getUint32(4, true)];
    const isCrc = crc !== is.getUint32(0, true);
    return {
      check: 'mismatch',
      fault: isCrc
        ? faults.crcMismatch(dataEnd, crc, is.getUint32(0, true))
        : faults.lengthMismatch(dataEnd + 4, length, text.length),
    };
  }

  /**
   * The next member behind damaged bytes, with a header as sessions have it, whose data goes on to its end; what
   * merely looks like a header is passed over. The end of the input when there is none.
   */
  #findMember(from: number): number {
    const { input } = this;
    for (let offset = from; offset < input.length; ) {
      offset = input.indexOf(0x1f, offset);
      if (offset < 0) break;
      const isHeader = input[offset + 1] === 0x8b && input[offset + 2] === 8 && input[offset + 3] === 0;
      if (!isHeader) {
        offset++;
        continue;
      }
      const { text, end, fault } = this.#inflate(offset + PLAIN_HEADER_BYTES, offset);
      const isMember = fault === undefined && this.#checkTrailer(text, end, offset).check !== 'mismatch';
      if (isMember && text.length > 0) {
        this.#endPiece();
        return offset;
      }
      // Not from the next byte on, so that no byte is inflated again and again.
      offset = Math.max(end, offset + 1);
    }
    return input.length;
  }

  #endPiece(): void {
    const texts = this.#piece.splice(0);
    const size = texts.reduce((sum, text) => sum + text.length, 0);
    if (size > 0) this.#pieces.push(texts.length === 1 ? texts[0]! : concatenate(texts, size));
  }
}
