// The WebAssembly kernel: bytes in, numbers out. No strings, no managed objects, no allocation.
//
// The host fills the input window and calls `step` until it says ENDED or FAULT. After each step it fetches what
// the step reports: members, spans, logs, records, payloads, and the text of the step as long as it is there.

import { prepareDigits } from './base64';
import { bitPosition, headerBit, next, seekBit } from './bits';
import { prepareTables } from './crc32';
import { jsonFault } from './fault';
import { depth, root, startGrammar, startAtLog } from './grammar';
import {
  forgetMembers,
  inputBit,
  isInData,
  members,
  memberStart,
  resumeInput,
  resumeMember,
  startInput,
  textBytes,
  unpack,
  Unpacked,
} from './gzip';
import { prepareSymbols } from './huffman';
import { isBetweenBlocks, out, readHeader, seekStored, startStream } from './inflate';
import { forgetLogs, LOG_DEPTH, logs, startLogs } from './io-log';
import { HISTORY_BYTES, INPUT, LOG_TEXT, STEP_BYTES, TEXT } from './layout';
import { startNumbers } from './number';
import { LogMode, longShapes, oddDelays, openDelays, payloadBytes, records } from './record';
import { finishScan, moveScan, scan, startScan, textFault } from './scan';
import { forgetSpans, spans, startSpans } from './spans';
import { setShift, shift } from './text';

export { compareDigests } from './checksum';
export { jsonDetail, jsonFault, jsonOffset } from './fault';
export {
  envelopeDetail,
  envelopeFault,
  envelopeOffset,
  envelopeStored,
  memberOffset,
  setWindow,
} from './gzip';
export { storedRemaining } from './inflate';
export {
  DELAYS,
  HISTORY_BYTES,
  INPUT,
  INPUT_BYTES,
  LOGS,
  LONG_SHAPES,
  MEMBERS,
  ODD_DELAYS,
  PAYLOADS,
  SHAPES,
  SPANS,
  STEP_BYTES,
  TEXT,
} from './layout';
export { scanned, textFault, textOffset } from './scan';
export { finishDigest, startDigest, updateDigest } from './sha256';
export { openStart } from './spans';

/** Which of the two builds this is. */
export const SIMD: bool = ASC_FEATURE_SIMD;

let prepared: bool = false;
/** The text is validated; not while it is made a second time. */
let scanning: bool = false;

/** Begins a document. Deeper containers than `indexDepth` are not indexed, and logs that are deeper not read. */
export function begin(textLimit: f64, depthLimit: u32, integerDigits: u32, decodeLogs: bool, indexDepth: u32): void {
  if (!prepared) {
    prepareSymbols();
    prepareTables();
    prepareDigits();
    prepared = true;
  }
  startInput(textLimit);
  end = startText(TEXT, 0);
  startSpans(indexDepth);
  startLogs(indexDepth < LOG_DEPTH ? LogMode.UNREAD : logMode(decodeLogs));
  startGrammar(depthLimit);
  startNumbers(integerDigits);
  scanning = true;
}

function logMode(decodeLogs: bool): LogMode {
  return decodeLogs ? LogMode.DECODED : LogMode.CHECKED;
}

/** End of the text in memory: where the next step's begins. */
let end: usize = 0;

/** The text from `position` on will be scanned in a region, behind its history. Returns where. */
function startText(region: usize, position: u32): usize {
  const start = region + HISTORY_BYTES;
  setShift(start - position);
  // Nothing stands before the text.
  store<u64>(start - 8, 0);
  startScan(start);
  return start;
}

/**
 * Decompresses until the step is full, the window is used up or the input ends. Scans the text, except when it
 * was the window that ended: then the step goes on after `setWindow`.
 */
export function step(): Unpacked {
  const status = unpack(end, TEXT + HISTORY_BYTES + STEP_BYTES);
  end = out;
  if (scanning) {
    if (status == Unpacked.FULL) scan(end);
    else if (status == Unpacked.ENDED) finishScan(end);
  }
  return status;
}

/** Forgets what the step reported, and moves its last 32 KiB to the front as the history of the next. */
export function nextStep(): void {
  forgetMembers();
  forget();
  if (scanning) moveText(end - (TEXT + HISTORY_BYTES));
  end = slide(TEXT, end);
}

function forget(): void {
  forgetSpans();
  forgetLogs();
}

function moveText(distance: usize): void {
  setShift(shift - distance);
  moveScan(distance);
}

/** Moves the last 32 KiB before `from` to the front of a region; returns their new end. */
function slide(region: usize, from: usize): usize {
  memory.copy(region, from - HISTORY_BYTES, HISTORY_BYTES);
  return region + HISTORY_BYTES;
}

/** Address of the end of the text in memory, and its position. */
export function textEnd(): usize {
  return end;
}

export function textPosition(): f64 {
  return <f64>textBytes;
}

// What a step has to report, and where it stands. Functions: for the host, to call one is ten times quicker than to
// read a global.

export function memberCount(): u32 {
  return members;
}

export function spanCount(): u32 {
  return spans;
}

export function logCount(): u32 {
  return logs;
}

export function recordCount(): u32 {
  return records;
}

export function oddDelayCount(): u32 {
  return oddDelays;
}

export function openDelayCount(): u32 {
  return openDelays;
}

export function longShapeCount(): u32 {
  return longShapes;
}

export function payloadSize(): u32 {
  return payloadBytes;
}

/** Whether the text is no UTF-8, or no JSON. */
export function isFaulty(): bool {
  return textFault || jsonFault != 0;
}

/** Open containers. */
export function openCount(): u32 {
  return depth;
}

/** Position of the root value. */
export function rootPosition(): u32 {
  return root;
}

/** What to add to a position in the text for its address. */
export function textShift(): usize {
  return shift;
}

/** Address of the next byte of the input. */
export function inputAddress(): usize {
  return next;
}

// Check points. Where a step ended inside of a member, the text behind can be made again from: the 32 KiB before,
// the position of the next symbol, and that of its block's header, where the codes are. Positions are in bits.

/** Whether the end of the step can be a check point. */
export function isCheckPoint(): bool {
  return isInData();
}

export function symbolPosition(): f64 {
  return inputBit(bitPosition());
}

/** The header of the current block, or -1 between blocks. */
export function headerPosition(): f64 {
  return isBetweenBlocks() ? -1 : inputBit(headerBit);
}

/** Position in the text at which the current member began. */
export function memberPosition(): f64 {
  return <f64>memberStart;
}

/** First half of the return to a check point in a block: its header begins at bit `bit` of the window. */
export function replayHeader(bit: u32): void {
  startStream();
  seekBit(((<u64>INPUT) << 3) + bit);
  readHeader();
}

/**
 * Second half, or all of it between blocks (`stored`: see `storedRemaining`): the next symbol begins at bit `bit`
 * of the window, and the 32 KiB of text in front of `position` are at TEXT. Steps only inflate from here on.
 */
export function replay(bit: u32, between: bool, stored: u32, member: f64, position: f64): void {
  if (between) startStream();
  seekBit(((<u64>INPUT) << 3) + bit);
  seekStored(stored);
  resumeMember(member, position);
  scanning = false;
  end = TEXT + HISTORY_BYTES;
}

/** Returns to the very beginning of the input. */
export function replayAll(): void {
  startInput(<f64>u32.MAX_VALUE);
  resumeInput();
  scanning = false;
  end = TEXT + HISTORY_BYTES;
}

// IO logs on demand: the host copies the text of an array, piece by piece, to where `logText` says.

let logEnd: usize = 0;

export function logText(): usize {
  return logEnd;
}

/** Begins the array at `position`, whose text comes next. */
export function startLog(position: u32, decodeLogs: bool, integerDigits: u32): void {
  startSpans(LOG_DEPTH);
  startLogs(logMode(decodeLogs));
  startNumbers(integerDigits);
  logEnd = startText(LOG_TEXT, position);
  startAtLog();
}

/** The host has put `bytes` of text, a step's at most, at the end of the text; `last`: the array ends there. */
export function readLog(bytes: usize, last: bool): void {
  logEnd += bytes;
  if (last) finishScan(logEnd);
  else scan(logEnd);
}

/** Forgets what the piece reported, and makes room for the next. */
export function nextLogPiece(): void {
  forget();
  moveText(logEnd - (LOG_TEXT + HISTORY_BYTES));
  logEnd = slide(LOG_TEXT, logEnd);
}
