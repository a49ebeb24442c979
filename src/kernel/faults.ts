/**
 * What can be wrong with the bytes, as numbers: the vocabulary that every kernel reports in, and the only
 * place that turns a number into a {@link DataError}.
 *
 * Two kernels agree only if they agree on offsets, so each fault says what its offset is.
 */

import { DataError, type ErrorCode } from '../errors.js';

/** The numbers are part of the ABI of the WebAssembly kernel (`assembly/fault.ts`). */
export const Fault = {
  none: 0,
  /** The first member does not start with `1f 8b`. Offset 0. */
  notGzip: 1,
  /** The input ends inside a member. Offset: length of the input. */
  truncated: 2,
  /** The compression method is not 8. Offset: that byte of the header. */
  unsupportedMethod: 3,
  /**
   * Not a deflate stream that zlib accepts. Offset: the byte with the first bit of the element at fault, which
   * is the block header (with its code descriptions or lengths) or one literal/length code with its distance.
   */
  corruptDeflate: 4,
  /** Offset: the CRC-32 field of the trailer. */
  crcMismatch: 5,
  /** Offset: the ISIZE field of the trailer. */
  lengthMismatch: 6,
  /** Neither zero padding nor a member follows the last member. Offset: the first such byte. */
  trailingBytes: 7,
  /** Offset: the limit. */
  inputLimit: 8,
  /** Met before any fault that lies further on in the input. Offset: the limit. */
  textLimit: 9,
  /** Offset: the first byte of the ill-formed sequence. */
  notUtf8: 10,
  /** Offset: the first byte that cannot continue a JSON text; the length of the text when it ends too early. */
  jsonSyntax: 11,
  /** Offset: the bracket that opens one level too many. */
  tooDeep: 12,
  /** Offset: the first byte of the literal. Met at the literal's end, so it is later than a fault inside. */
  integerTooLong: 13,
} as const;

export type FaultNumber = (typeof Fault)[keyof typeof Fault];

const hex = (value: unknown): string => (Number(value) >>> 0).toString(16).padStart(8, '0');

type Message = (offset: number, expected: unknown, actual: unknown) => string;

const FAULTS: Partial<Record<number, readonly [ErrorCode, Message]>> = {
  [Fault.notGzip]: ['gzip-not-gzip', () => 'not a gzip file: the first two bytes are not 1f 8b'],
  [Fault.truncated]: ['gzip-truncated', (at) => `the compressed data ends too early, after ${at} bytes`],
  [Fault.unsupportedMethod]: [
    'gzip-unsupported-method',
    (at, wanted, got) => `compression method ${got} at byte ${at}, expected ${wanted} (deflate)`,
  ],
  [Fault.corruptDeflate]: ['gzip-corrupt-deflate', (at) => `the compressed data is damaged near byte ${at}`],
  [Fault.crcMismatch]: [
    'gzip-crc-mismatch',
    (at, wanted, got) => `the CRC-32 at byte ${at} is ${hex(wanted)}, the data has ${hex(got)}`,
  ],
  [Fault.lengthMismatch]: [
    'gzip-length-mismatch',
    (at, wanted, got) => `the length at byte ${at} is ${wanted}, the data has ${got} (modulo 2^32)`,
  ],
  [Fault.trailingBytes]: ['gzip-trailing-bytes', (at) => `byte ${at} is neither padding nor a gzip member`],
  [Fault.inputLimit]: ['limit-input', (at) => `more than ${at} bytes of compressed data`],
  [Fault.textLimit]: ['limit-text', (at) => `more than ${at} bytes of decompressed data`],
  [Fault.notUtf8]: ['text-not-utf8', (at) => `byte ${at} of the text does not start a UTF-8 sequence`],
  [Fault.jsonSyntax]: ['json-syntax', (at) => `byte ${at} of the text cannot continue a JSON document`],
  [Fault.tooDeep]: [
    'json-too-deep',
    (at, wanted) => `byte ${at} of the text nests deeper than ${wanted} levels`,
  ],
  [Fault.integerTooLong]: [
    'json-integer-too-long',
    (at, wanted) => `the integer at byte ${at} of the text has more than ${wanted} digits`,
  ],
};

/**
 * @param fault one of {@link Fault} but `none`
 * @param offset bytes, see the fault
 * @param expected the figure demanded: a trailer's, or a limit
 * @param actual the figure found
 */
export function dataError(fault: number, offset: number, expected?: unknown, actual?: unknown): DataError {
  const entry = FAULTS[fault];
  if (entry === undefined) throw new RangeError(`no such fault: ${fault}`);
  return new DataError(entry[0], offset, entry[1](offset, expected, actual), expected, actual);
}
