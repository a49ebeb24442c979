/**
 * The interface of the hot path: gzip members in, a validated text and its structural index out.
 *
 * Two implementations satisfy it, `js.ts` and `wasm.ts`, with the same outcomes on every input, error for
 * error. Everything crosses this boundary as numbers and bytes; strings are made by the document layer, of
 * what somebody reads.
 */

export type KernelName = 'wasm-simd' | 'wasm' | 'js';

/**
 * Bounds on what an input may demand; each has its own error code. Every reader throws a RangeError for one that
 * is not a whole number from 0 to its maximum.
 */
export interface Limits {
  /**
   * Compressed bytes accepted, else `limit-input`. Default and maximum: 2^53 - 1, so that only the machine bounds
   * them.
   */
  readonly inputBytes?: number;
  /** Decompressed bytes accepted, else `limit-text`. Default and maximum: 4 GiB - 1. */
  readonly textBytes?: number;
  /** Nesting levels accepted, else `json-too-deep`. Default 1,000, maximum 5,000. */
  readonly depth?: number;
  /**
   * Digits accepted in one integer literal, else `json-integer-too-long`. Default 4,300, as the reference's
   * interpreter; maximum 2^53 - 1.
   */
  readonly integerDigits?: number;
}

export type ResolvedLimits = Required<Limits>;

export interface ScanOptions {
  readonly limits: ResolvedLimits;
  /**
   * Depth from which the text of large containers need not be kept: 0 is the root object, 1 `session`,
   * 2 its members, 3 the entries of those, 4 result objects, 5 their IO logs. A kernel that drops such text
   * must be able to make it again. {@link TextSource} hides the difference.
   */
  readonly dropDepth: number;
  /** Decode the IO logs in the same pass, for callers who will read all of them. */
  readonly decodeLogs: boolean;
}

/** How far a scan has come; both in bytes. */
export interface ScanProgress {
  readonly stage: 'inflate' | 'scan';
  readonly loaded: number;
  readonly total: number;
}

/** One gzip member (RFC 1952) as it was found. Offsets and sizes in bytes. */
export interface Member {
  /** Offset of the member's header in the compressed input. */
  readonly offset: number;
  readonly headerBytes: number;
  /** The whole member: header, deflate data and trailer. */
  readonly memberBytes: number;
  /** Offset of its payload in the decompressed text. */
  readonly textOffset: number;
  readonly textBytes: number;
  readonly crc32: number;
  /** Modification time in the header, seconds since the epoch; 0 when unknown. */
  readonly mtime: number;
  /** Original file name in the header, decoded as Latin-1; its first 64 KiB when it is longer. */
  readonly fileName: string | undefined;
}

/** A piece of the text: `bytes[0]` is at text offset `start`. */
export interface Segment {
  readonly start: number;
  readonly bytes: Uint8Array;
  /** Whether the bytes stay what they are. Otherwise they are valid until the next call on the same source. */
  readonly lasts: boolean;
}

/** The decompressed text. What `read` gives is valid until the next call on the same source. */
export interface TextSource {
  /** Length of the text in bytes. */
  readonly length: number;
  /** The bytes `[start, end)`. */
  read(start: number, end: number): Uint8Array;
  /** The longest piece around `position` that is at hand. */
  segment(position: number): Segment;
}

/**
 * The structural index: every array and object of the text that is at least `SPAN_BYTES` long and not
 * deeper than `indexDepth`, in order of its start. What is not in it is scanned again when it is read.
 */
export interface SpanIndex {
  readonly count: number;
  /** Text offsets of the opening brackets, ascending. */
  readonly starts: Uint32Array;
  /** Text offsets just behind the closing brackets. */
  readonly ends: Uint32Array;
  /** Number of items (array) or members (object, duplicates counted). */
  readonly children: Uint32Array;
}

/** Containers shorter than this many bytes are not in the {@link SpanIndex}. */
export const SPAN_BYTES = 128;

/** Containers nested deeper than this are never in the {@link SpanIndex}; the root has depth 0. */
export const SPAN_DEPTH = 7;

/** Depth of IO logs: arrays in result objects. As LOG_DEPTH in assembly/io-log.ts. */
const LOG_DEPTH = 5;

/**
 * Depth to which containers are indexed. Where even result objects need not be kept, nobody is expected to read
 * what is inside of them.
 */
export function indexDepthFor(dropDepth: number): number {
  return dropDepth < LOG_DEPTH ? dropDepth : SPAN_DEPTH;
}

/** The decoded records of one IO log, column by column. */
export interface RecordTable {
  readonly count: number;
  /** Seconds since the previous record. */
  readonly delays: Float64Array;
  /** 0 for stdout, 1 for stderr. */
  readonly streams: Uint8Array;
  /** `data.subarray(ends[i - 1] ?? 0, ends[i])` is the payload of record i. */
  readonly ends: Uint32Array;
  readonly data: Uint8Array;
}

/** What a scan gives: everything in it is validated, nothing is built. */
export interface ScannedText {
  readonly kernel: KernelName;
  readonly members: readonly Member[];
  readonly text: TextSource;
  /** Text offset of the first byte of the root value. */
  readonly root: number;
  readonly spans: SpanIndex;
  /**
   * Number of records of the array at `[start, end)` when it is an IO log in canonical form, else -1.
   * Canonical: every record is `[delay, "stdout" | "stderr", "strict padded base64"]`, the delay a number
   * literal of the JSON grammar without minus sign and finite as a double, no escape in either string, and
   * white space only as JSON allows. Whatever is not canonical gets the slow, exact check of the format layer.
   */
  countRecords(start: number, end: number): number;
  /** The records of an array for which {@link countRecords} did not give -1. */
  decodeRecords(start: number, end: number): RecordTable;
  /** Gives the memory back early; reading afterwards is an error. */
  dispose(): void;
}

/** One document on its way in. */
export interface Scan {
  /**
   * Takes the next piece of the compressed input. It must not change as long as the {@link ScannedText} is used:
   * text that was dropped is inflated from it again.
   */
  push(chunk: Uint8Array): void;
  /**
   * Ends the input. The generator pauses at least every few megabytes so that an asynchronous caller can
   * breathe; a synchronous one just drains it.
   *
   * @throws DataError in the order of the reference: envelope before text before JSON (spec `resume.md` 3)
   */
  finish(): Generator<ScanProgress, ScannedText, void>;
}

export interface Kernel {
  readonly name: KernelName;
  begin(options: ScanOptions): Scan;
  sha256(bytes: Uint8Array): Uint8Array;
  /** Rows of two tables of 32-byte digests that differ, ascending. */
  differingDigests(left: Uint8Array, right: Uint8Array): Uint32Array;
}
