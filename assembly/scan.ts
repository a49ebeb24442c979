// One pass over the text while it is in cache: UTF-8, control characters, strings and escapes in blocks of 64
// bytes; the tokens of a chunk of blocks; then their grammar.

import { Expected, failJson, Fault, jsonFault } from './fault';
import { ahead, finishGrammar, passGrammar, walk } from './grammar';
import { isAtRecord, readRecordText } from './io-log';
import { CHUNK_BYTES, TOKENS } from './layout';
import {
  bytesBelow,
  equalBytes,
  gather,
  maskControls,
  maskEqual,
  operatorBytes,
  operatorLanes,
  packBits,
  prefixXor,
} from './masks';
import { shift, token, tokenAt } from './text';
import { findMalformed, isBlockWellFormed } from './utf8';

const BLOCK: usize = 64;
/** An escape reaches this far into the next block. */
const LOOKAHEAD: usize = 8;

/** Next block to look at. */
let at: usize = 0;
/** Tokens that wait for more text. */
let waiting: u32 = 0;
/** Of the bytes before the block: all ones inside of a string; 1 behind an escaping backslash; 1 in a scalar. */
let stringCarry: u64 = 0;
let escapeCarry: u64 = 0;
let scalarCarry: u64 = 0;

/** End of the text that is there. */
let reach: usize = 0;
/** Size of the next chunk: small at first and behind records, since others may follow that need no tokens. */
let chunkBytes: usize = 0;
const FIRST_CHUNK_BYTES: usize = 1 << 10;
/** Where records could last not be read without tokens: the tokens go on from there. */
let refused: u32 = ~0;

/** Whether the text is not UTF-8, and where. */
export let textFault: bool = false;
export let textOffset: u32 = 0;

/** Begins at an address, with text before it that is not looked at. */
export function startScan(start: usize): void {
  skipTo(start);
  refused = ~0;
  textFault = false;
}

/** The text was moved down by `bytes`. */
export function moveScan(bytes: usize): void {
  at -= bytes;
}

/** Start of what is not scanned yet. */
export function scanned(): usize {
  return at;
}

/** Scans the text up to `end`, or as far as its blocks are whole. */
export function scan(end: usize): void {
  reach = end;
  while (at + BLOCK + LOOKAHEAD <= end && !textFault) {
    if (!scanRecords(end)) scanChunk(nextChunk((end - LOOKAHEAD - at) & ~(BLOCK - 1)), 0);
  }
  // The text before `at` is about to move on.
  if (!textFault && !jsonFault) dropTokens(passGrammar(waiting, <u32>(at - shift), stringCarry != 0));
}

/** Scans the rest of the text, which ends at `end`. */
export function finishScan(end: usize): void {
  reach = end;
  memory.fill(end, 0x20, BLOCK * 2);
  while (at <= end && !textFault) {
    if (!scanRecords(end)) scanChunk(nextChunk((end - at + BLOCK) & ~(BLOCK - 1)), end);
  }
  if (textFault || jsonFault) return;
  walk(closeTokens(), end, true);
  if (jsonFault) return;
  const length = <u32>(end - shift);
  if (stringCarry) failJson(Fault.SYNTAX, length, Expected.QUOTE);
  else finishGrammar(length, true);
}

/** The end of the next chunk, of at most so many bytes. */
function nextChunk(most: usize): usize {
  const bytes = most < chunkBytes ? most : chunkBytes;
  if (chunkBytes < CHUNK_BYTES) chunkBytes <<= 1;
  return at + bytes;
}

/** Goes on over records of a log that are read without tokens. Whether there are such. */
function scanRecords(end: usize): bool {
  if (jsonFault || !isAtRecord()) return false;
  const start = waiting ? tokenAt(0) : at;
  if (<u32>(start - shift) == refused) return false;
  const stop = readRecordText(start, end);
  refused = <u32>(stop - shift);
  if (stop == start) return false;
  skipTo(stop);
  return true;
}

/** Goes on at an address outside of all tokens. */
function skipTo(address: usize): void {
  at = address;
  waiting = 0;
  stringCarry = 0;
  escapeCarry = 0;
  scalarCarry = 0;
  chunkBytes = FIRST_CHUNK_BYTES;
}

/** Adds no token, but lets the grammar see all that wait. */
function closeTokens(): u32 {
  const n = waiting;
  waiting = 0;
  return n;
}

function dropTokens(n: u32): void {
  if (!n) return;
  waiting -= n;
  memory.copy(TOKENS, TOKENS + ((<usize>n) << 2), (<usize>waiting) << 2);
}

/** `textEnd`: 0, or where the text ends, in this chunk or behind it. */
function scanChunk(end: usize, textEnd: usize): void {
  if (jsonFault) {
    for (; at < end; at += BLOCK) if (!checkEncoding(at)) return;
    return;
  }
  const found = findTokens(end);
  if (textFault) return;
  if (faultAt) {
    // Whatever the grammar has against the text before comes first.
    const offset = <u32>(faultAt - shift);
    const detail = faultDetail;
    let n = found;
    while (n && token(n - 1) >= offset) n--;
    walk(n, faultAt, true);
    if (!jsonFault) {
      if (detail == Expected.VALUE) finishGrammar(offset, false);
      else failJson(Fault.SYNTAX, offset, detail);
    }
    // The encoding of the blocks behind.
    for (; at < end; at += BLOCK) if (!checkEncoding(at)) return;
    return;
  }
  const done = walk(found, textEnd && textEnd < end ? textEnd : end, false, reach);
  if (ahead) {
    skipTo(ahead);
    return;
  }
  waiting = found;
  dropTokens(done);
}

/** A fault inside of strings, or a control character between tokens: its address, and what was expected. */
let faultAt: usize = 0;
let faultDetail: Expected = Expected.VALUE;

/** Checks the encoding of a block; false when it is at fault. */
@inline
function checkEncoding(p: usize): bool {
  return isAscii(p) || isBlockWellFormed(p) || failEncoding(p);
}

@inline
function isAscii(p: usize): bool {
  // Also not when a sequence is not finished at the block's start.
  if (load<u32>(p - 4) & 0x80808000) return false;
  if (ASC_FEATURE_SIMD) {
    const a = v128.or(v128.load(p), v128.load(p, 16));
    const b = v128.or(v128.load(p, 32), v128.load(p, 48));
    return !i8x16.bitmask(v128.or(a, b));
  }
  let all: u64 = 0;
  for (let i: usize = 0; i < BLOCK; i += 8) all |= load<u64>(p + i);
  return !(all & 0x8080808080808080);
}

function failEncoding(p: usize): bool {
  textFault = true;
  // The sequence may have begun in the block before.
  textOffset = <u32>(findMalformed(p - 3, p + BLOCK) - shift);
  return false;
}

/** Finds the tokens up to `end` behind those that wait; returns how many there are then. */
function findTokens(end: usize): u32 {
  let to = TOKENS + ((<usize>waiting) << 2);
  let inString = stringCarry;
  let escapedCarry = escapeCarry;
  let inScalar = scalarCarry;
  faultAt = 0;
  let p = at;
  /** Whether a sequence of several bytes may not be finished at the block's start. */
  let unfinished = load<u32>(p - 4) & 0x80808000;
  for (; p < end; p += BLOCK) {
    let backslashes: u64 = 0;
    let quotes: u64 = 0;
    let blanks: u64 = 0;
    let operators: u64 = 0;
    let controls: u64 = 0;
    if (ASC_FEATURE_SIMD) {
      const a = v128.load(p);
      const b = v128.load(p, 16);
      const c = v128.load(p, 32);
      const d = v128.load(p, 48);
      // As signed numbers, both control characters and what is not ASCII are below the space.
      const lowest = i8x16.min_s(i8x16.min_s(a, b), i8x16.min_s(c, d));
      const isUnusual = v128.any_true(i8x16.lt_s(lowest, i8x16.splat(0x20)));
      if (isUnusual || unfinished) {
        if (!checkEncoding(p)) break;
        unfinished = load<u32>(p + BLOCK - 4) & 0x80808000;
        controls = maskControls(p);
      }
      const backslash = i8x16.splat(0x5c);
      backslashes = gather(
        i8x16.eq(a, backslash),
        i8x16.eq(b, backslash),
        i8x16.eq(c, backslash),
        i8x16.eq(d, backslash),
      );
      const quote = i8x16.splat(0x22);
      quotes = gather(i8x16.eq(a, quote), i8x16.eq(b, quote), i8x16.eq(c, quote), i8x16.eq(d, quote));
      const space = i8x16.splat(0x20);
      blanks = controls | gather(i8x16.eq(a, space), i8x16.eq(b, space), i8x16.eq(c, space), i8x16.eq(d, space));
      operators = gather(operatorLanes(a), operatorLanes(b), operatorLanes(c), operatorLanes(d));
    } else {
      if (!checkEncoding(p)) break;
      for (let i: usize = 0; i < BLOCK; i += 8) {
        const text = load<u64>(p + i);
        backslashes |= packBits(equalBytes(text, 0x5c)) << i;
        quotes |= packBits(equalBytes(text, 0x22)) << i;
        blanks |= packBits(bytesBelow(text, 0x21)) << i;
        operators |= packBits(operatorBytes(text)) << i;
        controls |= packBits(bytesBelow(text, 0x20)) << i;
      }
    }
    let escaped = escapedCarry;
    let escapes: u64 = 0;
    if (backslashes) {
      // A run of backslashes escapes pairwise: an addition along odd places finds where each run ends.
      const starts = backslashes & ~escapedCarry;
      const odd: u64 = 0xaaaaaaaaaaaaaaaa;
      const codes = (((starts << 1) | odd) - starts) ^ odd;
      escaped = codes ^ (starts | escapedCarry);
      escapes = codes & starts;
      escapedCarry = escapes >> 63;
    } else {
      escapedCarry = 0;
    }
    quotes &= ~escaped;
    const strings = prefixXor(quotes) ^ inString;
    inString = <u64>(<i64>strings >> 63);
    const scalars = ~(operators | blanks);
    const plain = scalars & ~quotes;
    const starts = scalars & ~((plain << 1) | inScalar);
    inScalar = plain >> 63;
    // Inside of strings, and at their closing quotes, nothing begins.
    let tokens = (operators | starts) & ~(strings ^ quotes);
    escapes &= strings;
    if ((controls | escapes) && findFault(p, controls, strings, escapes)) {
      tokens &= ((<u64>1) << (faultAt - p)) - 1;
    }
    to = writeTokens(to, <u32>(p - shift), tokens);
    if (faultAt) {
      p += BLOCK;
      break;
    }
  }
  at = p;
  stringCarry = inString;
  escapeCarry = escapedCarry;
  scalarCarry = inScalar;
  return <u32>((to - TOKENS) >> 2);
}

/** Stores the positions of the set bits: always eight, always sixteen from the ninth on, then one by one. */
@inline
function writeTokens(to: usize, position: u32, tokens: u64): usize {
  const count = <usize>popcnt(tokens);
  let bits = writeEight(to, position, tokens);
  if (count > 8) {
    bits = writeEight(to + 32, position, bits);
    for (let i: usize = 64; i < count << 2; i += 4) {
      store<u32>(to + i, position + <u32>ctz(bits));
      bits &= bits - 1;
    }
  }
  return to + (count << 2);
}

/** Stores the positions of the first eight set bits, or fewer and then anything; returns the other bits. */
@inline
function writeEight(to: usize, position: u32, tokens: u64): u64 {
  let bits = tokens;
  store<u32>(to, position + <u32>ctz(bits));
  bits &= bits - 1;
  store<u32>(to, position + <u32>ctz(bits), 4);
  bits &= bits - 1;
  store<u32>(to, position + <u32>ctz(bits), 8);
  bits &= bits - 1;
  store<u32>(to, position + <u32>ctz(bits), 12);
  bits &= bits - 1;
  store<u32>(to, position + <u32>ctz(bits), 16);
  bits &= bits - 1;
  store<u32>(to, position + <u32>ctz(bits), 20);
  bits &= bits - 1;
  store<u32>(to, position + <u32>ctz(bits), 24);
  bits &= bits - 1;
  store<u32>(to, position + <u32>ctz(bits), 28);
  return bits & (bits - 1);
}

/** Looks for the first fault of a block; sets `faultAt` and `faultDetail`. */
function findFault(p: usize, controls: u64, strings: u64, escapes: u64): bool {
  let first: u32 = 64;
  const inside = controls & strings;
  if (inside) {
    first = <u32>ctz(inside);
    faultDetail = Expected.CONTROL_ESCAPE;
  }
  const outside = controls & ~strings & ~(maskEqual(p, 0x09) | maskEqual(p, 0x0a) | maskEqual(p, 0x0d));
  if (outside && <u32>ctz(outside) < first) {
    first = <u32>ctz(outside);
    faultDetail = Expected.VALUE;
  }
  for (let rest = escapes; rest; rest &= rest - 1) {
    const i = <u32>ctz(rest);
    if (i > first) break;
    const detail = escapeFault(p + i + 1);
    if (detail == Expected.VALUE) continue;
    first = i;
    faultDetail = detail;
  }
  if (first < 64) faultAt = p + first;
  return first < 64;
}

/** What is wrong with the escape whose backslash is in front of `p`; VALUE when nothing is. */
function escapeFault(p: usize): Expected {
  switch (<u32>load<u8>(p)) {
    case 0x22:
    case 0x5c:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return Expected.VALUE;
    case 0x75:
      return areHexDigits(load<u32>(p, 1)) ? Expected.VALUE : Expected.UNICODE_ESCAPE;
    default:
      return Expected.ESCAPE;
  }
}

/** Whether all four bytes are hexadecimal digits. */
function areHexDigits(bytes: u32): bool {
  for (let i = 0; i < 32; i += 8) {
    const byte = (bytes >>> i) & 0xff;
    if (byte - 0x30 > 9 && (byte | 0x20) - 0x61 > 5) return false;
  }
  return true;
}
