// Records of an IO log: [delay, stream, payload] in canonical form (see `io-log.ts`), checked or decoded.

import { countDigits, decodeDigits, padding } from './base64';
import { CLOSE_ARRAY, COMMA, MINUS, OPEN_ARRAY, QUOTE } from './characters';
import { isFinite, NO_MICROSECONDS, shortToDouble, toDouble, toMicroseconds } from './decimal';
import { DELAYS, LONG_SHAPES, ODD_DELAYS, PAYLOADS, SHAPES } from './layout';
import {
  commaBehind,
  exponentBytes,
  isIntegerTooLong,
  isNumberInteger,
  isNumberWhole,
  isShortNumber,
  readNumber,
  skipShortNumber,
  startNumber,
} from './number';
import { addSpan } from './spans';
import { shift } from './text';

/** What records are read for: in all cases their grammar is checked. */
export const enum LogMode {
  /** Nothing: nobody will ask for them. */
  UNREAD,
  /** To know whether they are canonical. */
  CHECKED,
  DECODED,
}
export let mode: LogMode = LogMode.UNREAD;

/** Of the log being read. */
export let logRecords: u32 = 0;
export let logBytes: u32 = 0;

/** Reported in this step: records, bytes of payload, odd delays, those that the host has to convert, long shapes. */
export let records: u32 = 0;
export let payloadBytes: u32 = 0;
export let oddDelays: u32 = 0;
export let openDelays: u32 = 0;
export let longShapes: u32 = 0;
/** Reported in the steps before. */
let recordsBefore: u32 = 0;
let bytesBefore: u32 = 0;
let oddBefore: u32 = 0;

/** As LOG_DEPTH, of what is in a log. */
const RECORD_DEPTH: u32 = 6;
/** Longest delay taken as canonical: no integer of this length overflows a double. As in the JS kernel. */
const DELAY_BYTES: usize = 300;
const STDOUT: u64 = 0x2274756f64747322;
const STDERR: u64 = 0x2272726564747322;
/** In the table of delays: the others are the index of an odd one. */
const ODD_DELAY: u32 = 0x80000000;
/** Stands in the table of shapes for one that does not fit. */
const LONG_SHAPE: u32 = 0xffff;
/** Longer ones do not fit in any table. */
const MAX_PAYLOAD: u32 = 0x7fffffff;

export function startRecords(logMode: LogMode): void {
  mode = logMode;
  forgetRecords();
  recordsBefore = 0;
  bytesBefore = 0;
  oddBefore = 0;
}

export function forgetRecords(): void {
  recordsBefore += records;
  bytesBefore += payloadBytes;
  oddBefore += oddDelays;
  records = 0;
  payloadBytes = 0;
  oddDelays = 0;
  openDelays = 0;
  longShapes = 0;
}

/** The records of another log come next. */
export function startLogRecords(): void {
  logRecords = 0;
  logBytes = 0;
}

/** Index of the next record among all that were decoded, and offset of its payload. */
export function nextRecord(): u32 {
  return recordsBefore + records;
}

export function nextByte(): u32 {
  return bytesBefore + payloadBytes;
}

/** Takes the record of the seven tokens `[ delay , stream , payload ]` at the address `tokens`. */
export function takeTokens(tokens: usize, shifted: usize): bool {
  const start = <usize>load<u32>(tokens) + shifted;
  const payload = <usize>load<u32>(tokens, 20) + shifted;
  const close = <usize>load<u32>(tokens, 24) + shifted;
  if (load<u8>(close) != CLOSE_ARRAY || !takeHead(tokens, shifted)) return false;
  if (mode == LogMode.UNREAD) return true;
  if (!takePayload(payload + 1, quoteBefore(close), true)) return false;
  reportSpan(start, close);
  return true;
}

/** Takes the six tokens up to the payload. */
@inline
export function takeHead(tokens: usize, shifted: usize): bool {
  return readHead(
    <usize>load<u32>(tokens) + shifted,
    <usize>load<u32>(tokens, 4) + shifted,
    <usize>load<u32>(tokens, 8) + shifted,
    <usize>load<u32>(tokens, 12) + shifted,
    <usize>load<u32>(tokens, 16) + shifted,
    <usize>load<u32>(tokens, 20) + shifted,
    true,
  );
}

/**
 * Takes the record that may begin at `start`, if it is whole before `end` and written as the reference writes it,
 * without white space (spec format.md 1.3): then its text shows where the tokens are. Returns the address behind
 * it, or 0.
 */
@inline
export function takeText(start: usize, end: usize): usize {
  const comma = commaBehind(start);
  const payload = comma + 10;
  const digits = readDigits(payload + 1, end);
  const ending = ENDINGS + ((digits & 3) << 3);
  const stop = payload + 1 + digits;
  const close = stop + (-digits & 3) + 1;
  if ((load<u32>(stop) ^ load<u32>(ending)) & load<u32>(ending, 4) || close >= end) return 0;
  if (!readHead(start, start + 1, comma, comma + 1, comma + 9, payload, false)) return 0;
  takeDigits(digits, true);
  reportSpan(start, close);
  return close + 1;
}

/** What comes behind the digits of a payload, by their number modulo 4, and which bits of it count. */
const ENDINGS = memory.data<u32>([
  0x5d22, 0xffff, // `"]`
  0x41, 0xff, // Never: a group has no single digit, and no digit follows the last one.
  0x5d223d3d, 0xffffffff, // `=="]`
  0x5d223d, 0xffffff, // `="]`
]);

@inline
function reportSpan(start: usize, close: usize): void {
  addSpan(RECORD_DEPTH, <u32>(start - shift), <u32>(close - shift) + 1, 3);
}

/** Of the record being read: its delay as reported, stream, and bytes of payload taken. */
let delay: u32 = 0;
let stream: u32 = 0;
let taken: u32 = 0;

/** Checks the tokens up to the payload; `spaced`: there may be white space behind the delay. */
@inline
function readHead(
  start: usize,
  number: usize,
  comma: usize,
  name: usize,
  comma2: usize,
  payload: usize,
  spaced: bool,
): bool {
  const differs =
    (<u32>load<u8>(start) ^ OPEN_ARRAY) |
    (<u32>load<u8>(comma) ^ COMMA) |
    (<u32>load<u8>(comma2) ^ COMMA) |
    (<u32>load<u8>(payload) ^ QUOTE);
  const text = load<u64>(name);
  if (differs || <u32>(text != STDOUT) & <u32>(text != STDERR)) return false;
  stream = <u32>(text == STDERR);
  taken = 0;
  if (!isShortNumber(number, comma, true)) return readDelay(number, comma, spaced);
  if (mode == LogMode.DECODED) takeDelay(number, comma, true);
  return true;
}

/** Takes a delay that is not short, or not directly followed by the comma. */
function readDelay(start: usize, comma: usize, spaced: bool): bool {
  let end = skipShortNumber(start);
  const isShort = end != 0;
  if (!isShort) {
    end = skipLongDelay(start, comma);
    if (!end) return false;
  }
  if (end != comma && (!spaced || load<u8>(end) > 0x20)) return false;
  if (mode == LogMode.DECODED) takeDelay(start, end, isShort);
  return true;
}

/** The end of a delay that is not short and simple, or 0. */
function skipLongDelay(start: usize, comma: usize): usize {
  if (load<u8>(start) == MINUS) return 0;
  startNumber();
  const end = readNumber(start, comma);
  if (!isNumberWhole() || end - start > DELAY_BYTES) return 0;
  if (isNumberInteger()) return isIntegerTooLong() ? 0 : end;
  return isFinite(start, end) ? end : 0;
}

@inline
function takeDelay(start: usize, end: usize, isShort: bool): void {
  delay = isShort ? toMicroseconds(start, end, exponentBytes) : NO_MICROSECONDS;
  if (delay == NO_MICROSECONDS) takeOddDelay(start, end, isShort);
}

/** Reports an odd delay at once: its text may be gone when the record ends. */
function takeOddDelay(start: usize, end: usize, isShort: bool): void {
  let seconds = isShort ? shortToDouble(start, end, exponentBytes) : toDouble(start, end);
  if (seconds != seconds) {
    // The host finds the literal by the position in the NaN.
    seconds = reinterpret<f64>(0x7ff8_0000_0000_0000 | <u64>(start - shift));
    openDelays++;
  }
  delay = ODD_DELAY | (oddBefore + oddDelays);
  store<f64>(ODD_DELAYS + (<usize>(oddDelays++) << 3), seconds);
}

/** Takes a piece of a payload, all of it or whole groups of digits; reports the record with the last one. */
export function takePayload(start: usize, end: usize, last: bool): bool {
  const pads = last ? padding(start, end) : 0;
  if (pads < 0) return false;
  const digits = end - pads - start;
  return readDigits(start, end - pads) >= digits && takeDigits(digits, last);
}

/** Reads as many digits as there are up to `end`, or some more. */
@inline
function readDigits(start: usize, end: usize): usize {
  return mode == LogMode.DECODED ? decodeDigits(start, end, PAYLOADS + payloadBytes) : countDigits(start, end);
}

/** Takes digits that were read. */
@inline
function takeDigits(digits: usize, last: bool): bool {
  const bytes = <u32>((digits * 3) >> 2);
  logBytes += bytes;
  logRecords += <u32>last;
  if (mode != LogMode.DECODED) return true;
  payloadBytes += bytes;
  taken += bytes;
  if (last) reportRecord();
  return taken <= MAX_PAYLOAD;
}

@inline
function reportRecord(): void {
  store<u32>(DELAYS + ((<usize>records) << 2), delay);
  const shape = (taken << 1) | stream;
  if (shape >= LONG_SHAPE) {
    store<u32>(LONG_SHAPES + ((<usize>longShapes) << 3), recordsBefore + records);
    store<u32>(LONG_SHAPES + ((<usize>longShapes) << 3), shape, 4);
    longShapes++;
  }
  store<u16>(SHAPES + ((<usize>records) << 1), <u16>(shape < LONG_SHAPE ? shape : LONG_SHAPE));
  records++;
}

/** The closing quote in front of the token at `end`. */
@inline
export function quoteBefore(end: usize): usize {
  let quote = end - 1;
  while (load<u8>(quote) <= 0x20) quote--;
  return quote;
}
