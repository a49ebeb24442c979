// IO logs: arrays of records [delay, stream, payload] in canonical form, taken in bulk from the tokens, or straight
// from the text.
//
// Canonical (as `countRecords` of src/kernel/kernel.ts): the delay is a number without minus sign and finite, the
// stream "stdout" or "stderr", the payload strict base64, no escapes, no more items. What differs, or is
// malformed, goes back to the general grammar, and the log counts as not canonical.

import { CLOSE_ARRAY, COMMA } from './characters';
import { HISTORY_BYTES, LOG_ENTRY, LOGS, TOKENS } from './layout';
import {
  forgetRecords,
  logBytes,
  LogMode,
  logRecords,
  mode,
  nextByte,
  nextRecord,
  quoteBefore,
  startLogRecords,
  startRecords,
  takeHead,
  takePayload,
  takeText,
  takeTokens,
} from './record';
import { countComma, countCommas } from './spans';
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
/** Index of its first record, and offset of its first byte of payload. */
let firstRecord: u32 = 0;
let firstByte: u32 = 0;

/** Logs reported in this step. */
export let logs: u32 = 0;

/** A record that is still unfinished after this many bytes must have a long payload. */
const LONG_RECORD: u32 = <u32>HISTORY_BYTES / 2;

export function startLogs(logMode: LogMode): void {
  log = Log.NONE;
  logStart = ~0;
  logs = 0;
  startRecords(logMode);
}

export function forgetLogs(): void {
  logs = 0;
  forgetRecords();
}

export function openLog(start: u32): void {
  log = Log.FIRST;
  logStart = start;
  canonical = true;
  firstRecord = nextRecord();
  firstByte = nextByte();
  startLogRecords();
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
  store<i32>(entry, canonical ? logRecords : -1, 4);
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
      whole = takeTokens(TOKENS + ((<usize>i) << 2), shifted);
      goes = whole && load<u8>(<usize>token(i + 7) + shifted) == COMMA;
      if (goes) {
        i += 8;
        goes = i + 8 <= n;
      }
    }
    countCommas(LOG_DEPTH, (i - start) >> 3);
    if (whole) {
      if (i + 7 > n) return i;
      whole = i + 8 <= n || takeTokens(TOKENS + ((<usize>i) << 2), shifted);
    }
    if (!whole) {
      leaveLog();
      return i;
    }
    i += 7;
    log = Log.NEXT;
  }
}

/** Whether the next token is one of the log's own: a record, or what comes between them. */
export function isAtRecord(): bool {
  return log == Log.FIRST || log == Log.RECORD || log == Log.NEXT;
}

/**
 * Reads records from the text at `start`, which is the next token, as long as they are whole before `end` and can be
 * read without tokens. Returns where it stopped.
 */
export function readRecordText(start: usize, end: usize): usize {
  let p = start;
  let commas: u32 = 0;
  let between = <u32>(log == Log.NEXT);
  while (!between || load<u8>(p) == COMMA) {
    const next = takeText(p + between, end);
    if (!next) break;
    p = next;
    commas += between;
    between = 1;
  }
  if (p != start) log = Log.NEXT;
  countCommas(LOG_DEPTH, commas);
  return p;
}

// A long payload is taken piece by piece while the text passes.

let payloadFrom: u32 = 0;

/**
 * Before the text moves on to `end`: whether the unfinished record in front of the `n` tokens has become a long
 * payload, of which the first six tokens are done with. Leaves the log when it is anything else that is long.
 */
export function holdRecord(n: u32, end: u32, inString: bool): bool {
  if (log != Log.RECORD || !n || end - token(0) < LONG_RECORD) return false;
  if (n != 6 || !inString || !takeHead(TOKENS, shift)) {
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
