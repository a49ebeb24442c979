/**
 * What can be wrong with the bytes of a session, in one place for all kernels: codes, offsets and sentences.
 *
 * Offsets of `gzip-*` faults count bytes of the compressed input, the others bytes of the decompressed text.
 */

import { DataError } from '../errors.js';

/** The parts of a gzip member in which the input can end too early (RFC 1952 section 2.3). */
export type MemberPart = 'header' | 'deflate data' | 'trailer';

export const faults = {
  /** `offset`: where a member should begin. */
  notGzip: (offset: number) =>
    new DataError('gzip-not-gzip', offset, `not gzip: no magic number 1f 8b at byte ${offset}`),

  /** `offset`: the compression method byte of the header. */
  unsupportedMethod: (offset: number, method: number) =>
    new DataError(
      'gzip-unsupported-method',
      offset,
      `gzip compression method ${method} at byte ${offset} is not 8 (deflate)`,
      8,
      method,
    ),

  /** `offset`: the length of the input. */
  truncated: (offset: number, part: MemberPart, member: number) =>
    new DataError(
      'gzip-truncated',
      offset,
      `input ends at byte ${offset}, inside the ${part} of the gzip member that begins at byte ${member}`,
    ),

  /**
   * `offset`: the byte that holds the first bit of the element at fault: a block's header for its type and
   * code lengths, the LEN field of a stored block, the literal/length code for a bad symbol or distance.
   */
  corruptDeflate: (offset: number, what: DeflateFault) =>
    new DataError('gzip-corrupt-deflate', offset, `corrupt deflate data at byte ${offset}: ${what}`),

  /** `offset`: the CRC-32 field of the trailer. */
  crcMismatch: (offset: number, stored: number, computed: number) =>
    new DataError(
      'gzip-crc-mismatch',
      offset,
      `CRC-32 stored at byte ${offset} is ${hex(stored)}, the data has ${hex(computed)}`,
      stored,
      computed,
    ),

  /** `offset`: the ISIZE field of the trailer. */
  lengthMismatch: (offset: number, stored: number, actual: number) =>
    new DataError(
      'gzip-length-mismatch',
      offset,
      `length stored at byte ${offset} is ${stored}, the data has ${actual} bytes (modulo 2^32)`,
      stored,
      actual,
    ),

  /** `offset`: the first byte that is neither padding nor a member. */
  trailingBytes: (offset: number) =>
    new DataError('gzip-trailing-bytes', offset, `bytes that are no gzip member follow at byte ${offset}`),

  /** `offset`: the first byte over the limit. */
  inputTooLong: (limit: number) =>
    new DataError('limit-input', limit, `compressed input is longer than the limit of ${limit} bytes`, limit),

  /** `offset`: the first byte of the text over the limit. */
  textTooLong: (limit: number) =>
    new DataError('limit-text', limit, `decompressed text is longer than the limit of ${limit} bytes`, limit),

  /** `offset`: the first byte of the ill-formed sequence. */
  notUtf8: (offset: number) => new DataError('text-not-utf8', offset, `invalid UTF-8 at byte ${offset}`),

  /** `offset`: the first byte that cannot continue a JSON document. */
  syntax: (offset: number, expected: string) =>
    new DataError('json-syntax', offset, `JSON syntax error at byte ${offset}: expected ${expected}`),

  /** `offset`: the opening bracket over the limit. */
  tooDeep: (offset: number, limit: number) =>
    new DataError(
      'json-too-deep',
      offset,
      `JSON at byte ${offset} is nested deeper than ${limit} levels`,
      limit,
    ),

  /** `offset`: the first byte of the literal. */
  integerTooLong: (offset: number, limit: number, digits: number) =>
    new DataError(
      'json-integer-too-long',
      offset,
      `integer at byte ${offset} has ${digits} digits, more than ${limit}`,
      limit,
      digits,
    ),
};

/** What a deflate stream can get wrong (RFC 1951). */
export type DeflateFault =
  | 'invalid block type'
  | 'stored block length does not match its complement'
  | 'too many length or distance symbols'
  | 'invalid code lengths'
  | 'invalid code length repeat'
  | 'missing end-of-block code'
  | 'invalid literal/length code'
  | 'invalid distance code'
  | 'distance too far back';

function hex(value: number): string {
  return `0x${(value >>> 0).toString(16).padStart(8, '0')}`;
}
