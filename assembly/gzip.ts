// Members of a gzip file (RFC 1952): headers, trailers, padding and what may follow (spec format.md 1.2).

import { inputEnd, isComplete, moveTo, next, setInput } from './bits';
import { faultAt, faultDetail, Inflated } from './codes';
import { finishCrc, startCrc, updateCrc } from './crc32';
import { Fault, Part } from './fault';
import { inflate, out, setOutput, startStream } from './inflate';
import { HISTORY_BYTES, INPUT, INPUT_SLACK, MEMBER_CAPACITY, MEMBER_ENTRY, MEMBERS } from './layout';

export const enum Unpacked {
  /** The output limit is reached, or the list of members is full. */
  FULL,
  STARVED,
  /** The whole input is read. */
  ENDED,
  FAULT,
}

const enum Stage {
  /** Padding may come, then a member or the end. */
  BETWEEN,
  FIXED_HEADER,
  EXTRA_LENGTH,
  EXTRA,
  NAME,
  COMMENT,
  HEADER_CRC,
  DATA,
  TRAILER,
}
let stage: Stage = Stage.BETWEEN;
let flags: u32 = 0;
/** Bytes of the current header field still to skip. */
let skip: u32 = 0;
/** CRC and length are compared; not while text is made a second time. */
let verifying: bool = true;

/** Absolute input offset of the window's first byte. */
let inputBase: f64 = 0;
/** Absolute offset of the current member. */
export let memberOffset: f64 = 0;
let headerBytes: f64 = 0;
let nameOffset: f64 = 0;
let nameBytes: f64 = 0;
let mtime: u32 = 0;
/** Decompressed bytes of the members before this one, and of this one before the current step. */
export let memberStart: u64 = 0;
export let textBytes: u64 = 0;
/** Where the current step's text begins, and how far the CRC has come. */
let stepStart: usize = 0;
let crcFrom: usize = 0;
/** Bytes at the end of the text that the CRC has not taken yet. */
let crcPending: usize = 0;
let textLimit: u64 = 0;
/** Members in the list that the host has not fetched. */
export let members: u32 = 0;

export let envelopeFault: Fault = Fault.NONE;
/** Absolute input offset, or the text limit. */
export let envelopeOffset: f64 = 0;
/** Part or {@link Deflate}; of a mismatch the value found, with the stored one. */
export let envelopeDetail: u32 = 0;
export let envelopeStored: u32 = 0;

const FLAG_HEADER_CRC: u32 = 2;
const FLAG_EXTRA: u32 = 4;
const FLAG_NAME: u32 = 8;
const FLAG_COMMENT: u32 = 16;

/** Begins an input of at most `limit` decompressed bytes. */
export function startInput(limit: f64): void {
  textLimit = <u64>limit;
  stage = Stage.BETWEEN;
  memberOffset = -1;
  textBytes = 0;
  memberStart = 0;
  verifying = true;
  members = 0;
  crcPending = 0;
  envelopeFault = Fault.NONE;
  inputBase = 0;
  setInput(INPUT, INPUT, 1);
}

/**
 * The host has put the input from its byte `base` on, which is the next to read, at INPUT up to `end`; `beyond`
 * bytes follow later.
 */
export function setWindow(base: f64, end: usize, beyond: f64): void {
  inputBase = base;
  // The decoder reads a little past the end and expects zeros there.
  if (beyond == 0) memory.fill(end, 0, INPUT_SLACK);
  setInput(INPUT, end, <u64>beyond);
}

/** Absolute offset of an address in the window. */
function inputOffset(at: usize): f64 {
  return inputBase + <f64>(at - INPUT);
}

/** Nothing is compared from here on. */
export function resumeInput(): void {
  verifying = false;
}

/** Continues a member, which began at `member`, at a check point: nothing is compared or limited from here on. */
export function resumeMember(member: f64, text: f64): void {
  verifying = false;
  textLimit = u32.MAX_VALUE;
  memberStart = <u64>member;
  textBytes = <u64>text;
  stage = Stage.DATA;
}

/** The position of a bit of the window in the input, in bits. */
export function inputBit(bit: u64): f64 {
  return inputBase * 8 + <f64>(<i64>(bit - ((<u64>INPUT) << 3)));
}

/** Whether the position is inside of a member's deflate data. */
export function isInData(): bool {
  return stage == Stage.DATA;
}

/** Decompresses up to `limit` behind `start`, which continues the text before it. */
export function unpack(start: usize, limit: usize): Unpacked {
  const ofMember = <usize>(textBytes - memberStart);
  stepStart = start;
  crcFrom = start - crcPending;
  setOutput(start, start - (ofMember < HISTORY_BYTES ? ofMember : HISTORY_BYTES));
  const status = readMembers(limit);
  // Also of a member whose trailer is behind the window.
  crcPending = stage >= Stage.DATA && verifying ? out - updateCrc(crcFrom, out) : 0;
  textBytes += out - stepStart;
  stepStart = out;
  return status;
}

function readMembers(limit: usize): Unpacked {
  while (true) {
    if (stage < Stage.DATA) {
      const status = readHeader();
      if (status != Unpacked.FULL) return status;
    }
    if (stage == Stage.DATA) {
      const status = readData(limit);
      if (status != Unpacked.FULL || stage == Stage.DATA) return status;
    }
    if (next + 8 > inputEnd) {
      return isComplete() ? truncated(Part.TRAILER) : Unpacked.STARVED;
    }
    if (!readTrailer()) return Unpacked.FAULT;
    if (members == MEMBER_CAPACITY) return Unpacked.FULL;
  }
}

function readData(limit: usize): Unpacked {
  const status = inflate(limit);
  const total = textBytes + (out - stepStart);
  // Text over the limit comes before whatever is wrong behind it.
  if (total > textLimit) return fault(Fault.TEXT_LIMIT, <f64>textLimit, 0);
  if (status == Inflated.ENDED) {
    stage = Stage.TRAILER;
    return Unpacked.FULL;
  }
  if (status == Inflated.STARVED) return Unpacked.STARVED;
  if (status == Inflated.TRUNCATED) return truncated(Part.DATA);
  if (status == Inflated.CORRUPT) return fault(Fault.CORRUPT_DEFLATE, inputOffset(faultAt), faultDetail);
  return Unpacked.FULL;
}

/** Reads padding and header fields as far as the window goes. FULL when the data begins. */
function readHeader(): Unpacked {
  while (true) {
    switch (stage) {
      case Stage.BETWEEN: {
        const status = findMember();
        if (status != Unpacked.FULL) return status;
        break;
      }
      case Stage.FIXED_HEADER: {
        if (next + 10 > inputEnd && !isComplete()) return Unpacked.STARVED;
        if (next + 2 >= inputEnd) return truncated(Part.HEADER);
        const method = load<u8>(next, 2);
        if (method != 8) return fault(Fault.UNSUPPORTED_METHOD, memberOffset + 2, method);
        if (next + 10 > inputEnd) return truncated(Part.HEADER);
        flags = load<u8>(next, 3);
        mtime = load<u32>(next, 4);
        moveTo(next + 10);
        nameOffset = -1;
        nameBytes = 0;
        skip = 0;
        stage = flags & FLAG_EXTRA ? Stage.EXTRA_LENGTH : Stage.EXTRA;
        break;
      }
      case Stage.EXTRA_LENGTH: {
        if (next + 2 > inputEnd) return missing();
        skip = load<u16>(next);
        moveTo(next + 2);
        stage = Stage.EXTRA;
        break;
      }
      case Stage.EXTRA: {
        if (!skipBytes()) return missing();
        if (flags & FLAG_NAME) nameOffset = inputOffset(next);
        stage = Stage.NAME;
        break;
      }
      case Stage.NAME: {
        if (flags & FLAG_NAME) {
          if (!skipText()) return missing();
          nameBytes = inputOffset(next) - 1 - nameOffset;
        }
        stage = Stage.COMMENT;
        break;
      }
      case Stage.COMMENT: {
        if (flags & FLAG_COMMENT && !skipText()) return missing();
        skip = flags & FLAG_HEADER_CRC ? 2 : 0;
        stage = Stage.HEADER_CRC;
        break;
      }
      default: {
        if (!skipBytes()) return missing();
        headerBytes = inputOffset(next) - memberOffset;
        memberStart = textBytes + (out - stepStart);
        startStream();
        startCrc();
        crcFrom = out;
        // Distances reach back to the member's own first byte only.
        setOutput(out, out);
        stage = Stage.DATA;
        return Unpacked.FULL;
      }
    }
  }
}

/** After a member: padding, then a header or the end of the input. */
function findMember(): Unpacked {
  let p = next;
  if (memberOffset >= 0) while (p < inputEnd && !load<u8>(p)) p++;
  moveTo(p);
  if (p + 2 > inputEnd && !isComplete()) return Unpacked.STARVED;
  if (p == inputEnd) return Unpacked.ENDED;
  if (p + 2 > inputEnd || load<u16>(p) != 0x8b1f) {
    return fault(memberOffset < 0 ? Fault.NOT_GZIP : Fault.TRAILING_BYTES, inputOffset(p), 0);
  }
  memberOffset = inputOffset(p);
  stage = Stage.FIXED_HEADER;
  return Unpacked.FULL;
}

/** Skips the rest of a field; false when the window ends first. */
function skipBytes(): bool {
  const present = <u32>(inputEnd - next);
  const step = skip < present ? skip : present;
  skip -= step;
  moveTo(next + step);
  return !skip;
}

/** Skips a text with its final zero byte; false when the window ends first. */
function skipText(): bool {
  let p = next;
  while (p < inputEnd && load<u8>(p)) p++;
  const found = p < inputEnd;
  moveTo(found ? p + 1 : p);
  return found;
}

function missing(): Unpacked {
  return isComplete() ? truncated(Part.HEADER) : Unpacked.STARVED;
}

function readTrailer(): bool {
  const stored = load<u32>(next);
  const length = load<u32>(next, 4);
  const offset = inputOffset(next);
  const bytes = textBytes + (out - stepStart) - memberStart;
  if (verifying) {
    crcFrom = updateCrc(crcFrom, out);
    const crc = finishCrc(crcFrom, out);
    crcFrom = out;
    if (crc != stored) {
      envelopeStored = stored;
      fault(Fault.CRC_MISMATCH, offset, crc);
      return false;
    }
    if (length != <u32>bytes) {
      envelopeStored = length;
      fault(Fault.LENGTH_MISMATCH, offset + 4, <u32>bytes);
      return false;
    }
    const entry = MEMBERS + <usize>members * MEMBER_ENTRY;
    store<f64>(entry, memberOffset);
    store<f64>(entry, headerBytes, 8);
    store<f64>(entry, offset + 8 - memberOffset, 16);
    store<f64>(entry, <f64>memberStart, 24);
    store<f64>(entry, <f64>bytes, 32);
    store<f64>(entry, nameOffset, 40);
    store<f64>(entry, nameBytes, 48);
    store<u32>(entry, stored, 56);
    store<u32>(entry, mtime, 60);
    members++;
  }
  moveTo(next + 8);
  stage = Stage.BETWEEN;
  return true;
}

export function forgetMembers(): void {
  members = 0;
}

function truncated(part: Part): Unpacked {
  return fault(Fault.TRUNCATED, inputOffset(inputEnd), part);
}

function fault(what: Fault, offset: f64, detail: u32): Unpacked {
  envelopeFault = what;
  envelopeOffset = offset;
  envelopeDetail = detail;
  return Unpacked.FAULT;
}
