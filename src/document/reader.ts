/** Reading tokens of a validated text: where a value ends, what a scalar says. */

import { CorruptedSessionError, DataError } from '../errors.js';
import type { ScannedText, Segment, SpanIndex } from '../kernel/kernel.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;

export type JsonKind = 'object' | 'array' | 'string' | 'integer' | 'float' | 'boolean' | 'null';

/** Bytes of text that surely fit in a string of any engine we know; V8 ends a little above. */
const LONGEST_STRING = 0x1fff_ffe0;

const NOTHING: Segment = { start: 0, bytes: new Uint8Array(0), lasts: true };

/**
 * A cursor-free reader over a text that the kernel has validated; it therefore never looks for faults.
 * Offsets are byte offsets into the text.
 */
export class TextReader {
  readonly #scanned: Pick<ScannedText, 'text' | 'spans'>;
  readonly #spans: SpanIndex;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #segment: Segment = NOTHING;
  /** The one before: readers often go to and fro between two places. */
  #other: Segment = NOTHING;
  #bytes = NOTHING.bytes;
  #start = 0;

  constructor(scanned: Pick<ScannedText, 'text' | 'spans'>) {
    this.#scanned = scanned;
    this.#spans = scanned.spans;
  }

  /** Forgets the segment at hand if its memory may be somebody else's from now on. */
  forget(): void {
    if (!this.#segment.lasts) this.#use(NOTHING);
  }

  /** Lets go of all text; reading afterwards asks the source. */
  release(): void {
    this.#use(NOTHING);
    this.#other = NOTHING;
  }

  #use(segment: Segment): void {
    this.#other = this.#segment.lasts ? this.#segment : NOTHING;
    this.#segment = segment;
    this.#start = segment.start;
    this.#bytes = segment.bytes;
  }

  /** The byte at `position`, or -1 behind the end. */
  byteAt(position: number): number {
    const byte = this.#bytes[position - this.#start];
    return byte !== undefined ? byte : this.#load(position);
  }

  #load(position: number): number {
    const { text } = this.#scanned;
    if (position >= text.length) return -1;
    const inOther = position - this.#other.start;
    this.#use(inOther >= 0 && inOther < this.#other.bytes.length ? this.#other : text.segment(position));
    return this.#bytes[position - this.#start]!;
  }

  skipSpace(position: number): number {
    let p = position;
    for (;;) {
      const byte = this.byteAt(p);
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return p;
      p++;
    }
  }

  kindAt(position: number): JsonKind {
    switch (this.byteAt(position)) {
      case OPEN_OBJECT:
        return 'object';
      case OPEN_ARRAY:
        return 'array';
      case QUOTE:
        return 'string';
      case 0x74:
      case 0x66:
        return 'boolean';
      case 0x6e:
        return 'null';
      default:
        return this.#isInteger(position) ? 'integer' : 'float';
    }
  }

  /** A number is an integer unless it has a fraction or an exponent, or is NaN or infinite. */
  #isInteger(position: number): boolean {
    let p = this.byteAt(position) === 0x2d ? position + 1 : position;
    while (isDigit(this.byteAt(p))) p++;
    const byte = this.byteAt(p);
    return byte !== 0x2e && byte !== 0x65 && byte !== 0x45 && byte !== 0x49 && byte !== 0x4e;
  }

  /** Offset just behind the value that begins at `position`. */
  skipValue(position: number): number {
    switch (this.byteAt(position)) {
      case QUOTE:
        return this.skipString(position);
      case OPEN_OBJECT:
      case OPEN_ARRAY: {
        const row = this.rowOf(position);
        return row >= 0 ? this.#spans.ends[row]! : this.#skipContainer(position);
      }
      default:
        return this.#skipWord(position);
    }
  }

  skipString(position: number): number {
    for (let p = position + 1; ; ) {
      this.byteAt(p);
      const bytes = this.#bytes;
      const start = this.#start;
      // Most strings have no escapes: the first quote ends them.
      const quote = bytes.indexOf(QUOTE, p - start);
      if (quote !== -1 && bytes[quote - 1] !== BACKSLASH) return start + quote + 1;
      let i = p - start;
      for (; i < bytes.length; i++) {
        const byte = bytes[i]!;
        if (byte === QUOTE) return start + i + 1;
        if (byte === BACKSLASH) i++;
      }
      p = start + i;
    }
  }

  /** A container that the structural index does not hold: short, or deep inside. */
  #skipContainer(position: number): number {
    let depth = 0;
    for (let p = position; ; ) {
      const byte = this.byteAt(p);
      if (byte === QUOTE) {
        p = this.skipString(p);
        continue;
      }
      p++;
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
      else if ((byte === OPEN_OBJECT + 2 || byte === OPEN_ARRAY + 2) && --depth === 0) return p;
    }
  }

  /** Where the members of the object at `position` are: offsets of a key and of its value, in turn. */
  memberOffsets(position: number): number[] {
    const offsets: number[] = [];
    let p = this.skipSpace(position + 1);
    while (this.byteAt(p) === QUOTE) {
      const value = this.skipSpace(this.skipSpace(this.skipString(p)) + 1);
      offsets.push(p, value);
      p = this.skipSpace(this.skipValue(value));
      if (this.byteAt(p) === COMMA) p = this.skipSpace(p + 1);
    }
    return offsets;
  }

  /** Whether the string token at `position` says `text`. */
  saysAt(position: number, text: string): boolean {
    let p = position + 1;
    for (let i = 0; i < text.length; i++, p++) {
      const byte = this.byteAt(p);
      // What is escaped, or encoded in several bytes, has to be decoded.
      if (byte === BACKSLASH || byte >= 0x80) {
        return this.stringAt(position, this.skipString(position)) === text;
      }
      if (byte !== text.charCodeAt(i) || byte === QUOTE) return false;
    }
    return this.byteAt(p) === QUOTE;
  }

  #skipWord(position: number): number {
    let p = position;
    for (;;) {
      const byte = this.byteAt(p);
      const inside =
        isDigit(byte) || (byte | 0x20) >= 0x61 || byte === 0x2e || byte === 0x2d || byte === 0x2b;
      if (byte < 0 || !inside || byte === OPEN_ARRAY + 2 || byte === OPEN_OBJECT + 2) return p;
      p++;
    }
  }

  /** Row of the structural index for the container at `position`, or -1. */
  rowOf(position: number): number {
    const { starts, count } = this.#spans;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (starts[middle]! < position) low = middle + 1;
      else high = middle;
    }
    return low < count && starts[low] === position ? low : -1;
  }

  /**
   * The text from `position` on, as far as it is at hand and at most `most` bytes. A character cut off at the end
   * reads as U+FFFD.
   */
  textAt(position: number, most: number): string {
    this.byteAt(position);
    const from = position - this.#start;
    return this.#decoder.decode(this.#bytes.subarray(from, from + most));
  }

  /** The text of the string token `[start, end)`, quotes included in the range. */
  stringAt(start: number, end: number): string {
    const raw = this.rawAt(start + 1, end - 1);
    // Strings are where Python's dialect is JSON itself.
    return raw.includes('\\') ? JSON.parse(`"${raw}"`) : raw;
  }

  /**
   * The text `[start, end)` as it stands.
   *
   * @throws CorruptedSessionError `limit-text` when no string can hold it
   */
  rawAt(start: number, end: number): string {
    if (end - start > LONGEST_STRING) {
      const message = `the token at byte ${start} is longer than a string can be`;
      const cause = new DataError('limit-text', start, message, LONGEST_STRING, end - start);
      throw new CorruptedSessionError('Cannot interpret session JSON', {
        code: 'limit-text',
        offset: start,
        cause,
      });
    }
    const from = start - this.#start;
    const to = end - this.#start;
    const inside = from >= 0 && to <= this.#bytes.length;
    const bytes = inside ? this.#bytes.subarray(from, to) : this.#scanned.text.read(start, end);
    const text = this.#decoder.decode(bytes);
    // A read may have taken the place of the segment at hand.
    if (!inside) this.forget();
    return text;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
