import type { PyValue } from '../../src/python/value.js';

/**
 * simdjson's DOM parser in WebAssembly: the third tokenizer of the differential tests and a rival in the
 * benchmarks. `PROVENANCE.md` says what the module is made of.
 *
 * Its dialect is strict RFC 8259. Against the reference's dialect it refuses `NaN`, `Infinity` and `-Infinity`
 * (atom or tape errors), integers beyond 64 bits and floats beyond the range of a double (`NUMBER_ERROR`,
 * `BIGINT_ERROR`), and lone surrogate escapes (`STRING_ERROR`). Everything else is to be agreed on.
 */

/** Names of the error codes, by code. */
export const SIMDJSON_ERRORS = [
  'SUCCESS',
  'CAPACITY',
  'MEMALLOC',
  'TAPE_ERROR',
  'DEPTH_ERROR',
  'STRING_ERROR',
  'T_ATOM_ERROR',
  'F_ATOM_ERROR',
  'N_ATOM_ERROR',
  'NUMBER_ERROR',
  'BIGINT_ERROR',
  'UTF8_ERROR',
  'UNINITIALIZED',
  'EMPTY',
  'UNESCAPED_CHARS',
  'UNCLOSED_STRING',
] as const;

export type SimdjsonError = (typeof SIMDJSON_ERRORS)[number];

/** simdjson's own bound on nesting. */
const DEFAULT_DEPTH = 1024;

interface Exports {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  reserve(length: number): number;
  stage1(length: number): number;
  parse(length: number, depth: number): number;
  structural_count(): number;
  structurals(): number;
  tape(): number;
  strings(): number;
}

/** The tokens of a document in order: every bracket, colon, comma, string and bare literal. */
export interface Tokens {
  /** Offset of each token's first byte in the text. */
  readonly offsets: Uint32Array;
  /** That byte: one of `{}[]:,"`, a digit or minus sign, or `t`, `f`, `n`. */
  readonly kinds: Uint8Array;
}

/** One parser with one document at a time; it keeps its buffers for the next. */
export class Simdjson {
  readonly #exports: Exports;
  #length = 0;
  #input = 0;

  constructor(module: WebAssembly.Module) {
    const stop = (status: number) => {
      throw new Error(`simdjson ended with status ${status}`);
    };
    const instance = new WebAssembly.Instance(module, {
      env: { emscripten_notify_memory_growth: () => {} },
      wasi_snapshot_preview1: { proc_exit: stop },
    });
    this.#exports = instance.exports as unknown as Exports;
    this.#exports._initialize();
  }

  /** Bytes of WebAssembly memory in use. */
  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  /** Copies a document in; {@link stage1} and {@link parse} then work on it. */
  load(text: Uint8Array): void {
    const input = this.#exports.reserve(text.length) >>> 0;
    if (input === 0) throw new RangeError(`simdjson has no memory for a document of ${text.length} bytes`);
    new Uint8Array(this.#exports.memory.buffer).set(text, input);
    this.#input = input;
    this.#length = text.length;
  }

  /** Checks UTF-8 and control characters and finds the tokens of the loaded document, without a grammar. */
  stage1(): SimdjsonError {
    return nameOf(this.#exports.stage1(this.#length));
  }

  /** Parses the loaded document completely. `depth` is the number of nested containers accepted. */
  parse(depth = DEFAULT_DEPTH): SimdjsonError {
    return nameOf(this.#exports.parse(this.#length, depth));
  }

  /** Whether a text is a JSON document in UTF-8; `SUCCESS` or why not. */
  validate(text: Uint8Array, depth = DEFAULT_DEPTH): SimdjsonError {
    this.load(text);
    return this.parse(depth);
  }

  /** Number of tokens of the document of the last {@link stage1} or {@link parse}. */
  get tokenCount(): number {
    return this.#exports.structural_count();
  }

  /** The tokens of the document of the last {@link stage1} or {@link parse}, copied. */
  tokens(): Tokens {
    const { memory, structurals } = this.#exports;
    const offsets = new Uint32Array(memory.buffer, structurals() >>> 0, this.tokenCount).slice();
    const text = new Uint8Array(memory.buffer, this.#input, this.#length);
    return { offsets, kinds: Uint8Array.from(offsets, (offset) => text[offset]!) };
  }

  /** The document of the last successful {@link parse} as a value; of duplicate keys the last one counts. */
  value(): PyValue {
    const { memory, tape, strings } = this.#exports;
    return new TapeReader(memory.buffer, tape() >>> 0, strings() >>> 0).read(1).value;
  }
}

function nameOf(code: number): SimdjsonError {
  const name = SIMDJSON_ERRORS[code];
  if (name === undefined) throw new Error(`simdjson gave the unexpected error code ${code}`);
  return name;
}

/**
 * The result of a parse in simdjson's memory: words of 64 bits, a tag in the upper eight, below it the index
 * behind a container or the place of a string; numbers take a second word.
 */
class TapeReader {
  readonly #view: DataView;
  readonly #tape: number;
  readonly #strings: number;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(buffer: ArrayBufferLike, tape: number, strings: number) {
    this.#view = new DataView(buffer);
    this.#tape = tape;
    this.#strings = strings;
  }

  #low(index: number): number {
    return this.#view.getUint32(this.#tape + index * 8, true);
  }

  #string(index: number): string {
    const place = this.#strings + this.#low(index);
    const length = this.#view.getUint32(place, true);
    return this.#decoder.decode(new Uint8Array(this.#view.buffer, place + 4, length));
  }

  /** The value at a tape index, and the index behind it. */
  read(index: number): { value: PyValue; next: number } {
    const tag = String.fromCharCode(this.#view.getUint8(this.#tape + index * 8 + 7));
    const number = this.#tape + (index + 1) * 8;
    switch (tag) {
      case '{':
        return this.#object(index);
      case '[':
        return this.#array(index);
      case '"':
        return { value: this.#string(index), next: index + 1 };
      case 'l':
        return { value: this.#view.getBigInt64(number, true), next: index + 2 };
      case 'u':
        return { value: this.#view.getBigUint64(number, true), next: index + 2 };
      case 'd':
        return { value: this.#view.getFloat64(number, true), next: index + 2 };
      case 't':
        return { value: true, next: index + 1 };
      case 'f':
        return { value: false, next: index + 1 };
      case 'n':
        return { value: null, next: index + 1 };
      default:
        throw new Error(`unexpected tag ${tag} on the tape of simdjson`);
    }
  }

  #object(start: number): { value: PyValue; next: number } {
    const next = this.#low(start);
    const value = new Map<string, PyValue>();
    for (let index = start + 1; index < next - 1; ) {
      const member = this.read(index + 1);
      value.set(this.#string(index), member.value);
      index = member.next;
    }
    return { value, next };
  }

  #array(start: number): { value: PyValue; next: number } {
    const next = this.#low(start);
    const value: PyValue[] = [];
    for (let index = start + 1; index < next - 1; ) {
      const item = this.read(index);
      value.push(item.value);
      index = item.next;
    }
    return { value, next };
  }
}
