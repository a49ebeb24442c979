// IO logs: arrays of records [delay, stream, payload] in canonical form, taken in bulk from the tokens.
//
// Canonical (as `countRecords` of src/kernel/kernel.ts): the delay is a number without minus sign and finite, the
// stream "stdout" or "stderr", the payload strict base64, no escapes, no more items. What differs, or is
// malformed, goes back to the general grammar, and the log counts as not canonical.

import { areDigits, decodeDigits, padding } from './base64';
import { CLOSE_ARRAY, COMMA, OPEN_ARRAY, QUOTE } from './characters';
import { isFinite, shortToDouble, toDouble } from './decimal';
import { DELAYS, HISTORY_BYTES, LOG_ENTRY, LOGS, LONG_SHAPES, PAYLOADS, SHAPES, TOKENS } from './layout';
import {
  exponentBytes,
  isIntegerTooLong,
  isNumberInteger,
  isNumberWhole,
  isShortNumber,
  readNumber,
  skipShortNumber,
  startNumber,
} from './number';
import { addSpan, countComma, countCommas } from './spans';
import { shift, token, tokenAt } from './text';

/**
 * Depth of the log array, as the value of `io_log` in a result of a job of `session.results`. As LOG_DEPTH in
 * src/kernel/kernel.ts.
 */
export const LOG_DEPTH: u32 = 5;

export const enum Log {
  /** No log is being read. */
  NONE,
  /** Behind the opening bracket. */
  FIRST,
  /** A record must come. */
  RECORD,
  /** Behind a record. */
  NEXT,
  /** In a payload too long to be seen as a whole; the record's bracket is open. */
  PAYLOAD,
}
export let log: Log = Log.NONE;

/** Of the log being read. */
let logStart: u32 = 0;
let canonical: bool = false;
let count: u32 = 0;
/** Index of its first record, offset of its first byte of payload, and bytes of payload so far. */
let firstRecord: u32 = 0;
let firstByte: u32 = 0;
let logBytes: u32 = 0;

/** What a log is read for: in all cases its grammar is checked. */
export const enum LogMode {
  /** Nothing: nobody will ask for it. */
  UNREAD,
  /** To know whether it is canonical. */
  CHECKED,
  DECODED,
}
let mode: LogMode = LogMode.UNREAD;

/** Reported in this step: logs, records, bytes of payload, delays that the host has to convert, long shapes. */
export let logs: u32 = 0;
export let records: u32 = 0;
export let payloadBytes: u32 = 0;
export let openDelays: u32 = 0;
export let longShapes: u32 = 0;
/** Reported in the steps before. */
let recordsBefore: u32 = 0;
let bytesBefore: u32 = 0;

/** Longest delay taken as canonical: no integer of this length overflows a double. As in the JS kernel. */
const DELAY_BYTES: usize = 300;
const STDOUT: u64 = 0x2274756f64747322;
const STDERR: u64 = 0x2272726564747322;
/** A record that is still unfinished after this many bytes must have a long payload. */
const LONG_RECORD: u32 = <u32>HISTORY_BYTES / 2;
/** Stands in the table of shapes for one that does not fit. */
const LONG_SHAPE: u32 = 0xffff;
/** Longer ones do not fit in any table. */
const MAX_PAYLOAD: u32 = 0x7fffffff;

export function startLogs(logMode: LogMode): void {
  log = Log.NONE;
  logStart = ~0;
  mode = logMode;
  recordsBefore = 0;
  bytesBefore = 0;
  records = 0;
  payloadBytes = 0;
  openDelays = 0;
  longShapes = 0;
  logs = 0;
}

export function forgetLogs(): void {
  recordsBefore += records;
  bytesBefore += payloadBytes;
  records = 0;
  payloadBytes = 0;
  openDelays = 0;
  longShapes = 0;
  logs = 0;
}

export function openLog(start: u32): void {
  log = Log.FIRST;
  logStart = start;
  canonical = true;
  count = 0;
  firstRecord = recordsBefore + records;
  firstByte = bytesBefore + payloadBytes;
  logBytes = 0;
}

/** The general grammar reads the rest of the log. */
export function leaveLog(): void {
  canonical = false;
  log = Log.NONE;
}

/** The array that began at `start` ends: reports it if it was a log. */
export function closeLog(start: u32): void {
  if (mode == LogMode.UNREAD) {
    log = Log.NONE;
    return;
  }
  if (start != logStart) return;
  const entry = LOGS + <usize>(logs++) * LOG_ENTRY;
  store<u32>(entry, logStart);
  store<i32>(entry, canonical ? count : -1, 4);
  store<u32>(entry, firstRecord, 8);
  store<u32>(entry, firstByte, 12);
  store<u32>(entry, logBytes, 16);
  log = Log.NONE;
  logStart = ~0;
}

/**
 * Reads records from token `first` on as long as they are whole. Returns the token it did not take: the bracket
 * that ends the log, something not canonical (`log` is NONE), or the first of a record that is not whole.
 */
export function readRecords(first: u32, n: u32): u32 {
  const shifted = shift;
  let i = first;
  while (true) {
    if (log == Log.NEXT) {
      if (i == n || load<u8>(<usize>token(i) + shifted) != COMMA) return i;
      countComma(LOG_DEPTH);
      log = Log.RECORD;
      i++;
    } else if (log == Log.FIRST) {
      if (i == n || load<u8>(<usize>token(i) + shifted) == CLOSE_ARRAY) return i;
      log = Log.RECORD;
    }
    // Records one after the other, as long as they come.
    const start = i;
    let whole: bool = true;
    let goes: bool = i + 8 <= n;
    while (goes) {
      whole = readRecord(TOKENS + ((<usize>i) << 2), shifted);
      goes = whole && load<u8>(<usize>token(i + 7) + shifted) == COMMA;
      if (goes) {
        i += 8;
        goes = i + 8 <= n;
      }
    }
    countCommas(LOG_DEPTH, (i - start) >> 3);
    if (whole) {
      if (i + 7 > n) return i;
      whole = i + 8 <= n || readRecord(TOKENS + ((<usize>i) << 2), shifted);
    }
    if (!whole) {
      leaveLog();
      return i;
    }
    i += 7;
    log = Log.NEXT;
  }
}

/** Takes the record of the seven tokens `[ delay , stream , payload ]` at the address `tokens`. */
@inline
function readRecord(tokens: usize, shifted: usize): bool {
  const end = <usize>load<u32>(tokens, 24) + shifted;
  if (load<u8>(end) != CLOSE_ARRAY || !readPrefix(tokens, shifted)) return false;
  if (mode == LogMode.UNREAD) return true;
  if (!takePayload(<usize>load<u32>(tokens, 20) + shifted + 1, quoteBefore(end), true)) return false;
  addSpan(LOG_DEPTH + 1, load<u32>(tokens), load<u32>(tokens, 24) + 1, 3);
  return true;
}

/** Of the record being read: its delay, stream, and bytes of payload taken. */
let delay: f64 = 0;
let stream: u32 = 0;
let taken: u32 = 0;

/** Checks the six tokens up to the payload. */
function readPrefix(tokens: usize, shifted: usize): bool {
  const number = <usize>load<u32>(tokens, 4) + shifted;
  const comma = <usize>load<u32>(tokens, 8) + shifted;
  const text = <usize>load<u32>(tokens, 12) + shifted;
  if (
    load<u8>(<usize>load<u32>(tokens) + shifted) != OPEN_ARRAY ||
    load<u8>(comma) != COMMA ||
    load<u8>(<usize>load<u32>(tokens, 16) + shifted) != COMMA ||
    load<u8>(<usize>load<u32>(tokens, 20) + shifted) != QUOTE
  ) {
    return false;
  }
  const isShort = isShortNumber(number, comma);
  if (mode == LogMode.UNREAD) {
    if (load<u8>(text) != QUOTE) return false;
    if (isShort) return true;
  } else {
    const name = load<u64>(text);
    if (name != STDOUT && name != STDERR) return false;
    stream = <u32>(name == STDERR);
    taken = 0;
    if (mode == LogMode.CHECKED && isShort) return true;
  }
  let end = skipShortNumber(number);
  const short: bool = end != 0;
  if (!short) {
    end = skipLongDelay(number, comma);
    if (!end) return false;
  }
  if (end != comma && load<u8>(end) > 0x20) return false;
  if (mode == LogMode.DECODED) {
    delay = short ? shortToDouble(number, end, exponentBytes) : toDouble(number, end);
    // The host finds the literal by the position in the NaN.
    if (delay != delay) delay = reinterpret<f64>(0x7ff8_0000_0000_0000 | <u64>load<u32>(tokens, 4));
  }
  return true;
}

/** The end of a delay that is not short and simple, or 0. */
function skipLongDelay(start: usize, comma: usize): usize {
  if (load<u8>(start) == 0x2d) return 0;
  startNumber();
  const end = readNumber(start, comma);
  if (!isNumberWhole() || end - start > DELAY_BYTES) return 0;
  if (isNumberInteger()) return isIntegerTooLong() ? 0 : end;
  return isFinite(start, end) ? end : 0;
}

/** Takes a piece of a payload, all of it or whole groups of digits; reports the record with the last one. */
function takePayload(start: usize, end: usize, last: bool): bool {
  const pads = last ? padding(start, end) : 0;
  if (pads < 0) return false;
  if (mode == LogMode.CHECKED) {
    if (!areDigits(start, end - pads)) return false;
    logBytes += <u32>(((end - pads - start) * 3) >> 2);
    if (last) count++;
    return true;
  }
  const from = PAYLOADS + payloadBytes;
  const to = decodeDigits(start, end - pads, from);
  if (!to) return false;
  payloadBytes += <u32>(to - from);
  taken += <u32>(to - from);
  logBytes += <u32>(to - from);
  if (taken > MAX_PAYLOAD) return false;
  if (!last) return true;
  if (delay != delay) openDelays++;
  store<f64>(DELAYS + ((<usize>records) << 3), delay);
  const shape = (taken << 1) | stream;
  if (shape >= LONG_SHAPE) {
    store<u32>(LONG_SHAPES + ((<usize>longShapes) << 3), recordsBefore + records);
    store<u32>(LONG_SHAPES + ((<usize>longShapes) << 3), shape, 4);
    longShapes++;
  }
  store<u16>(SHAPES + ((<usize>records) << 1), <u16>(shape < LONG_SHAPE ? shape : LONG_SHAPE));
  records++;
  count++;
  return true;
}

// A long payload is taken piece by piece while the text passes.

let payloadFrom: u32 = 0;

/**
 * Before the text moves on to `end`: whether the unfinished record in front of the `n` tokens has become a long
 * payload, of which the first six tokens are done with. Leaves the log when it is anything else that is long.
 */
export function holdRecord(n: u32, end: u32, inString: bool): bool {
  if (log != Log.RECORD || !n || end - token(0) < LONG_RECORD) return false;
  if (n != 6 || !inString || !readPrefix(TOKENS, shift) || delay != delay) {
    leaveLog();
    return false;
  }
  log = Log.PAYLOAD;
  payloadFrom = token(5) + 1;
  return true;
}

/** Before the text moves on to `end`: takes what is there of a long payload. */
export function feedPayload(end: u32, inString: bool): void {
  if (log != Log.PAYLOAD) return;
  // The last digits may be followed by padding, which only the whole payload shows.
  const digits: u32 = inString && end - payloadFrom > 4 ? (end - 4 - payloadFrom) & ~3 : 0;
  const start = <usize>payloadFrom + shift;
  if (mode != LogMode.UNREAD && !takePayload(start, start + digits, false)) leaveLog();
  payloadFrom += digits;
  if (end - payloadFrom > LONG_RECORD) leaveLog();
}

/** The token behind a long payload is here: the bracket that closes the record, or it is not canonical. */
export function finishPayload(): void {
  const end = tokenAt(0);
  const isRecord: bool =
    load<u8>(end) == CLOSE_ARRAY &&
    (mode == LogMode.UNREAD || takePayload(<usize>payloadFrom + shift, quoteBefore(end), true));
  if (isRecord) log = Log.NEXT;
  else leaveLog();
}

/** The closing quote in front of the token at `end`. */
@inline
function quoteBefore(end: usize): usize {
  let quote = end - 1;
  while (load<u8>(quote) <= 0x20) quote--;
  return quote;
}
