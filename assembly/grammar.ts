// The grammar of Python's JSON dialect (spec format.md 1.3), walked over the tokens of a chunk.
//
// A token is a bracket, comma, colon, opening quote, or the first byte of anything else. Strings were validated
// when the tokens were found. The walk may stop behind any token and go on with the next chunk.

import { CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './characters';
import { Expected, failJson, Fault } from './fault';
import {
  closeLog,
  feedPayload,
  finishPayload,
  holdRecord,
  leaveLog,
  Log,
  log,
  LOG_DEPTH,
  openLog,
  readRecords,
} from './io-log';
import { growNesting, HISTORY_BYTES, NESTING, nestingRoom, TOKENS } from './layout';
import { readResultText } from './result-text';
import { isHeldNumber, isPlain, readScalar, Scalar, scalarEnd, startScalars } from './scalars';
import { closeSpan, countComma, countCommas, openSpan, openStart } from './spans';
import { shift, token, tokenAt } from './text';

const enum State {
  NAME,
  COLON,
  VALUE,
  /** Behind a bracket: as NAME or VALUE, or the closing bracket. */
  OBJECT_FIRST,
  ARRAY_FIRST,
  /** Behind a value. */
  OBJECT_NEXT,
  ARRAY_NEXT,
  /** Behind the root value. */
  END,
  LOG,
}
let state: State = State.VALUE;
/** Open containers. */
export let depth: u32 = 0;
let inObject: bool = false;
/** Position of the last name, to know `io_log` by. */
let name: u32 = 0;
/** Position of the root value; ~0 before it. */
export let root: u32 = ~0;

let depthLimit: u32 = 0;
/** As deep as the memory has room for now, at most the limit. */
let depthRoom: u32 = 0;

/** `"io_log"` */
const IO_LOG: u64 = 0x22676f6c5f6f6922;

export function startGrammar(depths: u32): void {
  state = State.VALUE;
  depth = 0;
  inObject = false;
  root = ~0;
  startScalars();
  depthLimit = depths;
  depthRoom = depths < nestingRoom() ? depths : nestingRoom();
  failJson(Fault.NONE, 0, 0);
}

/** Starts inside of a valid document, at the opening bracket of an IO log. */
export function startAtLog(): void {
  startGrammar(~0);
  depth = LOG_DEPTH;
  inObject = true;
  store<u8>(NESTING + depth, CLOSE_OBJECT);
  name = ~0;
}

/** Fails at a byte that fits nowhere, or at the end of the text, with what should have come. */
function failHere(offset: u32): void {
  let expected = Expected.VALUE;
  switch (state) {
    case State.NAME:
    case State.OBJECT_FIRST: {
      expected = Expected.NAME;
      break;
    }
    case State.COLON: {
      expected = Expected.COLON;
      break;
    }
    case State.OBJECT_NEXT: {
      expected = Expected.OBJECT_COMMA;
      break;
    }
    case State.ARRAY_NEXT: {
      expected = Expected.ARRAY_COMMA;
      break;
    }
    case State.END: {
      expected = Expected.END;
      break;
    }
    case State.LOG: {
      if (log == Log.NEXT) expected = Expected.ARRAY_COMMA;
      break;
    }
    default:
  }
  failJson(Fault.SYNTAX, offset, expected);
}

/** The text ends at `offset`, unless that is where a byte `fits` nowhere. */
export function finishGrammar(offset: u32, fits: bool): void {
  if (!fits || state != State.END) failHere(offset);
}

/** Before the text in front of `end` moves on; the `n` tokens are left over. Returns how many are done with. */
export function passGrammar(n: u32, end: u32, inString: bool): u32 {
  if (holdRecord(n, end, inString)) {
    // The general grammar closes the record.
    const start = token(0);
    open(start, OPEN_ARRAY);
    countComma(depth - 1);
    countComma(depth - 1);
    state = State.ARRAY_NEXT;
    feedPayload(end, inString);
    return n;
  }
  feedPayload(end, inString);
  // Of a record that turned out not to be canonical the text may be gone later: the general grammar takes it now.
  return state == State.LOG && log == Log.NONE ? walk(n, <usize>end + shift, false) : 0;
}

/** Where the walk came to behind its tokens, reading text without them; 0 when it did not. */
export let ahead: usize = 0;

/**
 * Walks the `n` tokens of text that ends at the address `end`; `last`: no text follows. Returns the first token
 * that needs more text, `n` when all are done. On a fault `jsonFault` is set.
 *
 * `reach`: where the text ends that is there behind that of the tokens. See {@link ahead}.
 */
export function walk(n: u32, end: usize, last: bool, reach: usize = 0): u32 {
  ahead = 0;
  const shifted = shift;
  if (!n) return 0;
  if (log == Log.PAYLOAD) finishPayload();
  let i: u32 = 0;
  let position = token(0);
  // The start of a long number may be gone.
  let byte: u32 = isHeldNumber(position) ? 0x30 : load<u8>(<usize>position + shifted);
  if (root == ~0) root = position;
  while (true) {
    switch (state) {
      case State.OBJECT_FIRST: {
        if (byte == CLOSE_OBJECT) {
          close(position, true);
          break;
        }
      }
      case State.NAME: {
        if (byte != QUOTE) {
          failJson(Fault.SYNTAX, position, Expected.NAME);
          return i;
        }
        const plain = skipPlainMembers(i, n);
        if (plain != i) {
          countCommas(depth - 1, (plain - i) >> 2);
          i = plain;
          position = token(i);
        }
        if (isLastPlainMember(i, n)) {
          i += 3;
          position = token(i);
          close(position, false);
          break;
        }
        if (mayBeResults(i, n)) {
          const stop = readResultText(<usize>position + shifted, reach, depth);
          if (stop) {
            state = State.OBJECT_NEXT;
            if (stop >= end) {
              ahead = stop;
              return n;
            }
            const next = <u32>(stop - shifted);
            while (i < n && token(i) < next) i++;
            if (i == n) return n;
            position = token(i);
            byte = load<u8>(<usize>position + shifted);
            continue;
          }
        }
        name = position;
        state = State.COLON;
        if (++i == n) return i;
        position = token(i);
        byte = load<u8>(<usize>position + shifted);
      }
      case State.COLON: {
        if (byte != COLON) {
          failJson(Fault.SYNTAX, position, Expected.COLON);
          return i;
        }
        state = State.VALUE;
        if (++i == n) return i;
        position = token(i);
        byte = load<u8>(<usize>position + shifted);
      }
      case State.VALUE: {
        if (byte == QUOTE) {
          state = stateBehind();
          break;
        }
        if (byte == OPEN_OBJECT || byte == OPEN_ARRAY) {
          if (!open(position, byte)) return i;
          break;
        }
        const scalar = readScalar(position, byte, end, last);
        if (scalar == Scalar.UNREAD) return i;
        state = stateBehind();
        if (scalar == Scalar.UNFIT) {
          failHere(<u32>(scalarEnd - shift));
          return i;
        }
        break;
      }
      case State.OBJECT_NEXT: {
        if (byte == COMMA) {
          countComma(depth - 1);
          state = State.NAME;
        } else if (byte == CLOSE_OBJECT) {
          close(position, false);
        } else {
          failJson(Fault.SYNTAX, position, Expected.OBJECT_COMMA);
          return i;
        }
        break;
      }
      case State.ARRAY_FIRST: {
        if (byte == CLOSE_ARRAY) {
          close(position, true);
          break;
        }
        state = State.VALUE;
        continue;
      }
      case State.ARRAY_NEXT: {
        if (byte == COMMA) {
          countComma(depth - 1);
          state = State.VALUE;
        } else if (byte == CLOSE_ARRAY) {
          close(position, false);
        } else {
          failJson(Fault.SYNTAX, position, Expected.ARRAY_COMMA);
          return i;
        }
        break;
      }
      case State.LOG: {
        if (log != Log.NONE) i = readRecords(i, n);
        if (i == n || (log == Log.RECORD && !last)) return i;
        if (log == Log.RECORD) leaveLog();
        state = log == Log.FIRST ? State.ARRAY_FIRST : log == Log.NEXT ? State.ARRAY_NEXT : State.VALUE;
        position = token(i);
        byte = load<u8>(<usize>position + shifted);
        continue;
      }
      default: {
        failJson(Fault.SYNTAX, position, Expected.END);
        return i;
      }
    }
    if (++i == n) return i;
    position = token(i);
    byte = load<u8>(<usize>position + shifted);
  }
}

/** From a name over members whose values are plain to the last name that is not known to begin such a one. */
@inline
function skipPlainMembers(first: u32, n: u32): u32 {
  const shifted = shift;
  let p = TOKENS + ((<usize>first) << 2);
  const last = TOKENS + ((<usize>n) << 2) - 16;
  while (
    p < last &&
    !(
      (<u32>load<u8>(<usize>load<u32>(p, 4) + shifted) ^ COLON) |
      (<u32>load<u8>(<usize>load<u32>(p, 12) + shifted) ^ COMMA) |
      (<u32>load<u8>(<usize>load<u32>(p, 16) + shifted) ^ QUOTE)
    ) &&
    isPlain(<usize>load<u32>(p, 8) + shifted, <usize>load<u32>(p, 12) + shifted)
  ) {
    p += 16;
  }
  return <u32>((p - TOKENS) >> 2);
}

/** Whether the name at token `i` begins a member whose value is a list of an object, not too deep. */
@inline
function mayBeResults(i: u32, n: u32): bool {
  return (
    i + 3 < n &&
    load<u8>(tokenAt(i + 3)) == OPEN_OBJECT &&
    load<u8>(tokenAt(i + 2)) == OPEN_ARRAY &&
    depth + 2 <= depthRoom
  );
}

/** Whether the name at token `i` begins a member with a plain value that the object ends behind. */
@inline
function isLastPlainMember(i: u32, n: u32): bool {
  if (i + 3 >= n) return false;
  const end = tokenAt(i + 3);
  return load<u8>(end) == CLOSE_OBJECT && load<u8>(tokenAt(i + 1)) == COLON && isPlain(tokenAt(i + 2), end);
}

@inline
function stateBehind(): State {
  return !depth ? State.END : inObject ? State.OBJECT_NEXT : State.ARRAY_NEXT;
}

@inline
function open(position: u32, byte: u32): bool {
  if (depth == depthRoom && !deepen()) {
    failJson(Fault.TOO_DEEP, position, 0);
    return false;
  }
  openSpan(depth, position);
  const isLog =
    depth == LOG_DEPTH && byte == OPEN_ARRAY && inObject && depthLimit > LOG_DEPTH + 1 && isLogName(position);
  // The closing brackets come two behind the opening ones.
  store<u8>(NESTING + depth, <u8>(byte + 2));
  depth++;
  inObject = byte == OPEN_OBJECT;
  state = inObject ? State.OBJECT_FIRST : State.ARRAY_FIRST;
  if (isLog) {
    openLog(position);
    state = State.LOG;
  }
  return true;
}

@inline
function close(position: u32, empty: bool): void {
  depth--;
  closeSpan(depth, position + 1, empty);
  if (depth == LOG_DEPTH) closeLog(openStart(LOG_DEPTH));
  inObject = depth != 0 && load<u8>(NESTING + depth - 1) == CLOSE_OBJECT;
  state = log == Log.NEXT ? State.LOG : stateBehind();
}

/** Makes room for more levels; false at the limit. */
function deepen(): bool {
  if (depth == depthLimit || !growNesting()) return false;
  depthRoom = depthLimit < nestingRoom() ? depthLimit : nestingRoom();
  return true;
}

/** Whether the name in front of a value at `position` is `io_log`; one further away may be gone. */
function isLogName(position: u32): bool {
  return name == ~0 || (position - name < <u32>HISTORY_BYTES / 2 && load<u64>(<usize>name + shift) == IO_LOG);
}
