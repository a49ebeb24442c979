// Results of jobs read straight from the text, without tokens: members of an object, each a list of one result on
// disk, written as the reference writes it (spec format.md 1.3 and 2.4):
//
//   "id":[{"comments":null,"execution_duration":0.5,"io_log_filename":"x","outcome":"pass","return_code":0}]
//
// What differs stays where it is, for the tokens. Also lists of one result that are the value of an `io_log` are read
// so: they are no logs, which whoever asks will see.

import { COMMA, NULL, QUOTE } from './characters';
import { maskSpecial } from './masks';
import { skipShortNumber } from './number';
import { closeSpan, countComma, countCommas, openSpan } from './spans';
import { shift } from './text';

// The text between the values, in words of eight bytes that may overlap.

/** `:[{"comments":` */
const COMMENTS_0: u64 = 0x6d6d6f63227b5b3a;
const COMMENTS_6: u64 = 0x3a2273746e656d6d;
/** `,"execution_duration":` */
const DURATION_0: u64 = 0x747563657865222c;
const DURATION_8: u64 = 0x617275645f6e6f69;
const DURATION_14: u64 = 0x3a226e6f69746172;
/** `,"io_log_filename":"` */
const FILENAME_0: u64 = 0x676f6c5f6f69222c;
const FILENAME_8: u64 = 0x6d616e656c69665f;
const FILENAME_12: u64 = 0x223a22656d616e65;
/** `,"outcome":"` */
const OUTCOME_0: u64 = 0x6d6f6374756f222c;
const OUTCOME_4: u64 = 0x223a22656d6f6374;
/** `,"return_code":` */
const RETURN_CODE_0: u64 = 0x6e7275746572222c;
const RETURN_CODE_7: u64 = 0x3a2265646f635f6e;
/** `}]` */
const CLOSE: u16 = 0x5d7d;

/**
 * Reads members from the name at `start` on as long as they are whole before `end` and of that form; `depth`: open
 * containers. Returns the address behind the last one, or 0 when there is none.
 */
export function readResultText(start: usize, end: usize, depth: u32): usize {
  let p = readMember(start, end, depth);
  if (!p) return 0;
  let commas: u32 = 0;
  while (load<u8>(p) == COMMA) {
    const next = readMember(p + 1, end, depth);
    if (!next) break;
    p = next;
    commas++;
  }
  countCommas(depth - 1, commas);
  return p;
}

/** The address behind the member at `start`, which is in front of `end`, or 0. */
function readMember(start: usize, end: usize, depth: u32): usize {
  const list = skipString(start, end);
  if (!list || load<u64>(list) != COMMENTS_0 || load<u64>(list, 6) != COMMENTS_6) return 0;
  let p = skipText(list + 14, end);
  if (
    !p ||
    load<u64>(p) != DURATION_0 ||
    load<u64>(p, 8) != DURATION_8 ||
    load<u64>(p, 14) != DURATION_14
  ) {
    return 0;
  }
  p = skipNumber(p + 22);
  if (
    !p ||
    load<u64>(p) != FILENAME_0 ||
    load<u64>(p, 8) != FILENAME_8 ||
    load<u64>(p, 12) != FILENAME_12
  ) {
    return 0;
  }
  p = skipString(p + 19, end);
  if (!p || load<u64>(p) != OUTCOME_0 || load<u64>(p, 4) != OUTCOME_4) return 0;
  p = skipString(p + 11, end);
  if (!p || load<u64>(p) != RETURN_CODE_0 || load<u64>(p, 7) != RETURN_CODE_7) return 0;
  p = skipNumber(p + 15);
  if (!p || p + 2 >= end || load<u16>(p) != CLOSE) return 0;
  openSpan(depth, <u32>(list + 1 - shift));
  openSpan(depth + 1, <u32>(list + 2 - shift));
  countCommas(depth + 1, 4);
  closeSpan(depth + 1, <u32>(p + 1 - shift), false);
  closeSpan(depth, <u32>(p + 2 - shift), false);
  return p + 2;
}

/** The address behind a number or `null`, or 0. */
@inline
function skipNumber(start: usize): usize {
  return load<u32>(start) == NULL ? start + 4 : skipShortNumber(start);
}

/** The address behind a string or `null`, or 0. */
@inline
function skipText(start: usize, end: usize): usize {
  return load<u32>(start) == NULL ? start + 4 : skipString(start, end);
}

/** The address behind the string at `start`, if all of it is ASCII and nothing escaped, or 0. */
@inline
function skipString(start: usize, end: usize): usize {
  if (load<u8>(start) != QUOTE) return 0;
  for (let p = start + 1; p < end; p += 64) {
    const special = maskSpecial(p);
    if (!special) continue;
    const stop = p + <usize>ctz(special);
    return load<u8>(stop) == QUOTE ? stop + 1 : 0;
  }
  return 0;
}
