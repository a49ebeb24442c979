// Values that are numbers or words. Strings were validated when their tokens were found.

import { CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, MINUS, NULL, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './characters';
import { Expected, failJson, Fault } from './fault';
import {
  integerDigits,
  isIntegerTooLong,
  isNumberWhole,
  isShortNumber,
  readNumber,
  skipShortNumber,
  startNumber,
} from './number';
import { shift } from './text';

/** What came of reading a scalar. */
export const enum Scalar {
  READ,
  /** More text is needed, or a fault was found. */
  UNREAD,
  /** It is read, but what stands at {@link scalarEnd} fits nowhere. */
  UNFIT,
}
export let scalarEnd: usize = 0;

/** A number too long for the text at hand: its start, and how far it was read; ~0 when there is none. */
let numberStart: u32 = ~0;
let numberRead: u32 = 0;

/** A number cut off behind so many bytes is read on piece by piece. */
const LONG_NUMBER: u32 = 4096;
/** `true`, the beginning of `false`, `NaN`, `Infinity` */
const TRUE: u32 = 0x65757274;
const FALS: u32 = 0x736c6166;
const NAN: u32 = 0x4e614e;
const INFINITY: u64 = 0x7974696e69666e49;

export function startScalars(): void {
  numberStart = ~0;
}

/** Whether the number at `position` is being read piece by piece: its start may be gone. */
@inline
export function isHeldNumber(position: u32): bool {
  return position == numberStart;
}

/** Whether the value from `start` up to the token at `end` is a string, or a scalar that is quickly told. */
@inline
export function isPlain(start: usize, end: usize): bool {
  const byte = <u32>load<u8>(start);
  if (byte == QUOTE) return true;
  if (byte - 0x30 < 10) return isShortNumber(start, end, false);
  const word = load<u32>(start);
  return end - start == 4 && (word == NULL || word == TRUE);
}

/** Validates the scalar at `position` in text that ends at `end`; `last`: no text follows. */
export function readScalar(position: u32, byte: u32, end: usize, last: bool): Scalar {
  const start = <usize>position + shift;
  if (byte != MINUS && byte - 0x30 > 9) return readWord(position, start, end, last);
  let stop: usize = 0;
  if (position != numberStart) {
    stop = skipShortNumber(start);
    if (stop) return stop < end ? lookBehind(stop) : last ? Scalar.READ : Scalar.UNREAD;
    startNumber();
    stop = start;
  } else {
    stop = <usize>numberRead + shift;
  }
  stop = readNumber(stop, end);
  if (stop == end && !last) {
    if (end - start > LONG_NUMBER) {
      numberStart = position;
      numberRead = <u32>(end - shift);
    }
    return Scalar.UNREAD;
  }
  numberStart = ~0;
  if (!isNumberWhole()) {
    if (stop == start + 1 && stop < end && load<u8>(stop) == 0x49) return readWord(position, start, end, last);
    failJson(Fault.SYNTAX, <u32>(stop - shift), Expected.DIGIT);
    return Scalar.UNREAD;
  }
  if (isIntegerTooLong()) {
    failJson(Fault.INTEGER_TOO_LONG, position, integerDigits);
    return Scalar.UNREAD;
  }
  return stop == end ? Scalar.READ : lookBehind(stop);
}

/** The byte behind a scalar must be white space or a token of its own, as a quote there is not. */
@inline
function lookBehind(stop: usize): Scalar {
  const byte = <u32>load<u8>(stop);
  if (byte <= 0x20 || byte == COMMA || byte == CLOSE_OBJECT || byte == CLOSE_ARRAY || isOtherToken(byte)) {
    return Scalar.READ;
  }
  scalarEnd = stop;
  return Scalar.UNFIT;
}

function isOtherToken(byte: u32): bool {
  return byte == COLON || byte == OPEN_ARRAY || byte == OPEN_OBJECT;
}

/** The words of JSON and of Python's dialect. */
function readWord(position: u32, start: usize, end: usize, last: bool): Scalar {
  if (start + 9 > end && !last) return Scalar.UNREAD;
  const word = load<u32>(start);
  let length: usize = 0;
  if (word == TRUE || word == NULL) length = 4;
  else if (word == FALS && load<u8>(start, 4) == 0x65) length = 5;
  else if ((word & 0xffffff) == NAN) length = 3;
  else if (load<u64>(start) == INFINITY) length = 8;
  else if ((word & 0xff) == MINUS && load<u64>(start, 1) == INFINITY) length = 9;
  if (!length || start + length > end) {
    failJson(Fault.SYNTAX, position, Expected.VALUE);
    return Scalar.UNREAD;
  }
  return start + length == end ? Scalar.READ : lookBehind(start + length);
}
