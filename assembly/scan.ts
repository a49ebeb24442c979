// One pass over the text while it is in cache: UTF-8, control characters, strings and escapes in blocks of 64
// bytes; the tokens of a chunk of blocks; then their grammar.

import { Expected, Fault } from './fault';
import { failJson, finishGrammar, jsonFault, jsonOffset, passGrammar, walk } from './grammar';
import { CHUNK_BYTES, TOKENS } from './layout';
import { gather, maskBelow, maskEqual, packBits, prefixXor, zeroBytes } from './masks';
import { shift, token } from './text';
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

/** Whether the text is not UTF-8, and where. */
export let textFault: bool = false;
export let textOffset: u32 = 0;

/** Begins at an address, with text before it that is not looked at. */
export function startScan(start: usize): void {
  at = start;
  waiting = 0;
  stringCarry = 0;
  escapeCarry = 0;
  scalarCarry = 0;
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
  while (at + BLOCK + LOOKAHEAD <= end && !textFault) {
    let chunk = (end - LOOKAHEAD - at) & ~(BLOCK - 1);
    if (chunk > CHUNK_BYTES) chunk = CHUNK_BYTES;
    scanChunk(at + chunk, 0);
  }
  // The text before `at` is about to move on.
  if (!textFault && !jsonFault) dropTokens(passGrammar(waiting, <u32>(at - shift), stringCarry != 0));
}

/** Scans the rest of the text, which ends at `end`. */
export function finishScan(end: usize): void {
  memory.fill(end, 0x20, BLOCK * 2);
  while (at <= end && !textFault) {
    let chunk = (end - at + BLOCK) & ~(BLOCK - 1);
    if (chunk > CHUNK_BYTES) chunk = CHUNK_BYTES;
    scanChunk(at + chunk, end);
  }
  if (textFault || jsonFault) return;
  walk(closeTokens(), end, true);
  if (jsonFault) return;
  const length = <u32>(end - shift);
  if (stringCarry) failJson(Fault.SYNTAX, length, Expected.QUOTE);
  else finishGrammar(length, true);
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
  const done = walk(found, textEnd && textEnd < end ? textEnd : end, false);
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
  // A sequence that is not finished at the block's start counts as the block's.
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
  for (; p < end; p += BLOCK) {
    if (!checkEncoding(p)) break;
    const backslashes = maskEqual(p, 0x5c);
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
    const quotes = maskEqual(p, 0x22) & ~escaped;
    const strings = prefixXor(quotes) ^ inString;
    inString = <u64>(<i64>strings >> 63);
    const blanks = maskBelow(p, 0x21);
    const operators = maskOperators(p);
    const scalars = ~(operators | blanks);
    const plain = scalars & ~quotes;
    const starts = scalars & ~((plain << 1) | inScalar);
    inScalar = plain >> 63;
    // Inside of strings, and at their closing quotes, nothing begins.
    let tokens = (operators | starts) & ~(strings ^ quotes);
    const controls = blanks & ~maskEqual(p, 0x20);
    if (controls | (escapes & strings)) {
      if (findFault(p, controls, strings, escapes & strings)) {
        tokens &= ((<u64>1) << (faultAt - p)) - 1;
      }
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

/** Brackets, commas and colons; some control characters too, which are faults in any place. */
@inline
function maskOperators(p: usize): u64 {
  return maskEqual(p, 0x2c) | maskEqual(p, 0x3a) | maskFolded(p, 0x7b) | maskFolded(p, 0x7d);
}

/** Bytes that are `byte` with bit 5 set: "[" and "{", "]" and "}". */
@inline
function maskFolded(p: usize, byte: u8): u64 {
  if (ASC_FEATURE_SIMD) {
    const bit = i8x16.splat(0x20);
    const wanted = i8x16.splat(byte);
    return gather(
      i8x16.eq(v128.or(v128.load(p), bit), wanted),
      i8x16.eq(v128.or(v128.load(p, 16), bit), wanted),
      i8x16.eq(v128.or(v128.load(p, 32), bit), wanted),
      i8x16.eq(v128.or(v128.load(p, 48), bit), wanted),
    );
  }
  let mask: u64 = 0;
  for (let i: usize = 0; i < 64; i += 8) {
    mask |= packBits(zeroBytes((load<u64>(p + i) | 0x2020202020202020) ^ (<u64>byte * 0x0101010101010101))) << i;
  }
  return mask;
}

/** Stores the positions of the set bits; up to 15 entries too many. */
@inline
function writeTokens(to: usize, position: u32, tokens: u64): usize {
  let bits = tokens;
  const end = to + (<usize>popcnt(bits) << 2);
  for (let p = to; p < end; p += 4) {
    store<u32>(p, position + <u32>ctz(bits));
    bits &= bits - 1;
  }
  return end;
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
