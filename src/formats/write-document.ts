/**
 * Writing a document as the reference does (spec `format.md` 1.4), straight into its envelope: of a large
 * document neither the text nor a string of it ever exists as a whole.
 */

import { type JsonValue, jsonPath } from '../document/json-value.js';
import { SessionResumeError } from '../errors.js';
import { encodeBase64 } from '../python/base64.js';
import { writePyJson } from '../python/json.js';
import { compareCodePoints } from '../python/text.js';
import { isPyDict, isPyList, type PyValue } from '../python/value.js';
import { GzipWriter } from './write-envelope.js';

/** The text reaches the envelope in blocks of this size, however it is written: equal texts give equal bytes. */
const BLOCK_BYTES = 1 << 16;
/** Bytes turned into base64 at a time; a multiple of three. */
const BASE64_STEP = 3 << 12;
const LONE_SURROGATE = /\p{Cs}/u;
const AS_WRITTEN = { ascii: false, sortKeys: true } as const;

/** A member of an object: its key, and what writes its value. */
export type MemberWriter = readonly [key: string, write: () => void];

export class DocumentWriter {
  readonly #gzip = new GzipWriter();
  readonly #encoder = new TextEncoder();
  readonly #block = new Uint8Array(BLOCK_BYTES);
  #filled = 0;
  /** Keys and indices on the way to the value that is being written. */
  readonly #place: (string | number)[] = [];

  /** An object; its members are sorted by code point. */
  object(members: Iterable<MemberWriter>): void {
    this.#ascii('{');
    let separator = '';
    for (const [key, write] of [...members].sort(([a], [b]) => compareCodePoints(a, b))) {
      this.#ascii(separator);
      separator = ',';
      this.#place.push(key);
      this.#string(key);
      this.#ascii(':');
      write();
      this.#place.pop();
    }
    this.#ascii('}');
  }

  /** An array of what `write` makes of each item. */
  array<T>(items: Iterable<T>, write: (item: T) => void): void {
    this.#ascii('[');
    let index = 0;
    for (const item of items) {
      if (index > 0) this.#ascii(',');
      this.#place.push(index++);
      write(item);
      this.#place.pop();
    }
    this.#ascii(']');
  }

  /** @throws SessionResumeError `not-representable` for a lone surrogate in any string */
  value(value: PyValue): void {
    if (typeof value === 'string') this.#string(value);
    else if (isPyList(value)) this.array(value, (item) => this.value(item));
    else if (isPyDict(value))
      this.object(Array.from(value, ([key, item]) => [key, () => this.value(item)] as const));
    else this.#ascii(writePyJson(value, AS_WRITTEN));
  }

  /** Bytes as a string in base64. */
  base64(data: Uint8Array): void {
    this.#ascii('"');
    for (let start = 0; start < data.length; start += BASE64_STEP) {
      this.#ascii(encodeBase64(data.subarray(start, start + BASE64_STEP)));
    }
    this.#ascii('"');
  }

  /** A value of an opened document, byte for byte as it stands there. */
  copy(value: JsonValue): void {
    for (const piece of value.document.pieces(value.offset, value.end)) this.#bytes(piece);
  }

  /** The error for what this place of the document cannot hold. */
  notRepresentable(reason: string, actual: PyValue): SessionResumeError {
    const path = jsonPath(this.#place);
    const [, table, id] = this.#place;
    const isJob = (table === 'jobs' || table === 'results') && typeof id === 'string';
    return new SessionResumeError(`${path} cannot be written: ${reason}`, {
      code: 'not-representable',
      path,
      jobId: isJob ? id : undefined,
      actual,
    });
  }

  /** Ends the document. */
  finish(): Uint8Array {
    this.#gzip.push(this.#block.subarray(0, this.#filled));
    return this.#gzip.finish();
  }

  #string(text: string): void {
    if (LONE_SURROGATE.test(text)) throw this.notRepresentable('it has a lone surrogate', text);
    this.#utf8(writePyJson(text, AS_WRITTEN));
  }

  #ascii(text: string): void {
    for (let i = 0; i < text.length; i++) {
      if (this.#filled === BLOCK_BYTES) this.#flush();
      this.#block[this.#filled++] = text.charCodeAt(i);
    }
  }

  #utf8(text: string): void {
    let rest = text;
    while (rest !== '') {
      const { read, written } = this.#encoder.encodeInto(rest, this.#block.subarray(this.#filled));
      this.#filled += written;
      rest = rest.slice(read);
      if (rest === '') return;
      // A character that does not fit is split, so that every block is full.
      const character = String.fromCodePoint(rest.codePointAt(0)!);
      this.#bytes(this.#encoder.encode(character));
      rest = rest.slice(character.length);
    }
  }

  #bytes(bytes: Uint8Array): void {
    for (let p = 0; p < bytes.length; ) {
      if (this.#filled === BLOCK_BYTES) this.#flush();
      const piece = bytes.subarray(p, p + BLOCK_BYTES - this.#filled);
      this.#block.set(piece, this.#filled);
      this.#filled += piece.length;
      p += piece.length;
    }
  }

  #flush(): void {
    this.#gzip.push(this.#block);
    this.#filled = 0;
  }
}
