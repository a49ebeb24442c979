/** The faults that the WebAssembly kernel reports as numbers, as errors. */

import type { DataError } from '../errors.js';
import { type DeflateFault, faults, type MemberPart } from './faults.js';
import type { ResolvedLimits } from './kernel.js';
import type { Exports } from './wasm-module.js';

/** In the order of `assembly/fault.ts`. */
const FAULTS = [
  'none',
  'notGzip',
  'unsupportedMethod',
  'truncated',
  'corruptDeflate',
  'crcMismatch',
  'lengthMismatch',
  'trailingBytes',
  'textTooLong',
  'notUtf8',
  'syntax',
  'tooDeep',
  'integerTooLong',
] as const;

const PARTS: readonly MemberPart[] = ['header', 'deflate data', 'trailer'];

const DEFLATE_FAULTS: readonly DeflateFault[] = [
  'invalid block type',
  'stored block length does not match its complement',
  'too many length or distance symbols',
  'invalid code lengths',
  'invalid code length repeat',
  'missing end-of-block code',
  'invalid literal/length code',
  'invalid distance code',
  'distance too far back',
];

const EXPECTED = [
  'a value',
  'a member name in double quotes',
  '":"',
  '"," or "]"',
  '"," or "}"',
  'the end of the document',
  'a digit',
  'the end of a string',
  'an escape for a control character',
  'an escape \\uXXXX',
  'a valid escape',
];

/** The fault of the envelope, after a step that ended with one. `inputBytes`: length of the input. */
export function envelopeError(exports: Exports, inputBytes: number): DataError {
  const offset = exports.envelopeOffset.value;
  const detail = exports.envelopeDetail.value;
  const stored = exports.envelopeStored.value >>> 0;
  switch (FAULTS[exports.envelopeFault.value]) {
    case 'notGzip':
      return faults.notGzip(offset);
    case 'unsupportedMethod':
      return faults.unsupportedMethod(offset, detail);
    case 'truncated':
      return faults.truncated(inputBytes, PARTS[detail]!, exports.memberOffset.value);
    case 'corruptDeflate':
      return faults.corruptDeflate(offset, DEFLATE_FAULTS[detail]!);
    case 'crcMismatch':
      return faults.crcMismatch(offset, stored, detail >>> 0);
    case 'lengthMismatch':
      return faults.lengthMismatch(offset, stored, detail >>> 0);
    case 'trailingBytes':
      return faults.trailingBytes(offset);
    default:
      return faults.textTooLong(offset);
  }
}

/** The first fault of the text, if it has one: of its encoding before that of its grammar. */
export function textError(exports: Exports, limits: ResolvedLimits): DataError | undefined {
  if (exports.textFault.value) return faults.notUtf8(exports.textOffset.value >>> 0);
  const offset = exports.jsonOffset.value >>> 0;
  const detail = exports.jsonDetail.value >>> 0;
  switch (FAULTS[exports.jsonFault.value]) {
    case 'none':
      return undefined;
    case 'tooDeep':
      return faults.tooDeep(offset, limits.depth);
    case 'integerTooLong':
      return faults.integerTooLong(offset, limits.integerDigits, detail);
    default:
      return faults.syntax(offset, EXPECTED[detail]!);
  }
}
