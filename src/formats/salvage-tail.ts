/**
 * The end of a document whose middle is damaged. Inside of a JSON string every quote is escaped, so a bare quote
 * with a letter or digit behind it can only open a string: from there on the text can be read for certain, and
 * the brackets that are closed without having been opened tell how deep it stands.
 */

import { DataError } from '../errors.js';
import { faults } from '../kernel/faults.js';
import { skipKey, skipScalar, skipSpace, skipString } from '../kernel/js-scan.js';
import { sequenceLength } from '../kernel/js-utf8.js';
import type { ResolvedLimits } from '../kernel/kernel.js';
import { formatOfVersion, LATEST_VERSION } from './versions.js';

export interface JsonTail {
  /** Keys of the containers that are open at the tail's start, the root left out: none, `session`, a table. */
  readonly path: readonly string[];
  /** The closing bracket of the innermost of them. */
  readonly closer: number;
  /** Offset of the first complete member or item, or of the closing bracket. */
  readonly start: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** The members of `session` in the order of writers (spec `format.md` 2). */
const TABLES: readonly string[] = [
  'desired_job_list',
  'jobs',
  'mandatory_job_list',
  'metadata',
  'results',
  'system_information',
];
const LISTS: readonly string[] = ['desired_job_list', 'mandatory_job_list'];

/**
 * Finds the longest end of the document behind `from` whose place in it is certain.
 *
 * @param text the end of the document is its end
 * @returns undefined when there is none
 */
export function findTail(text: Uint8Array, from: number, limits: ResolvedLimits): JsonTail | undefined {
  let start = behindIllFormed(text, from);
  for (;;) {
    const quote = findString(text, start);
    if (quote < 0) return undefined;
    const { closers, fault } = readOut(text, quote, limits);
    if (fault === undefined) return placeOf(text, quote, closers);
    start = Math.max(fault, quote + 1);
  }
}

/** The offset behind the last ill-formed UTF-8 at or after `from`. */
function behindIllFormed(text: Uint8Array, from: number): number {
  let behind = from;
  for (let p = from; p < text.length; ) {
    const length = text[p]! < 0x80 ? 1 : sequenceLength(text, p);
    if (length === 0) behind = p + 1;
    p += length || 1;
  }
  return behind;
}

/** The first quote that can only open a string, or -1. */
function findString(text: Uint8Array, from: number): number {
  // Backslashes in front of the position; undefined while it is not known where they begin.
  let backslashes: number | undefined;
  for (let p = from; p < text.length; p++) {
    const byte = text[p]!;
    if (byte === BACKSLASH) {
      if (backslashes !== undefined) backslashes++;
      continue;
    }
    const isBare = backslashes !== undefined && backslashes % 2 === 0;
    if (byte === QUOTE && isBare && isAlphanumeric(text[p + 1])) return p;
    backslashes = 0;
  }
  return -1;
}

interface Closer {
  readonly offset: number;
  readonly byte: number;
}

/** Reads to the end of the text: the closing brackets of containers that were open before, or where it fails. */
function readOut(
  text: Uint8Array,
  start: number,
  limits: ResolvedLimits,
): { closers: readonly Closer[]; fault: number | undefined } {
  const closers: Closer[] = [];
  /** Closing brackets of the containers that are opened on the way. */
  const open: number[] = [];
  let position = start;
  try {
    for (;;) {
      position = readValue(text, position, open, limits);
      for (;;) {
        position = skipSpace(text, position);
        const byte = text[position];
        if (byte !== CLOSE_ARRAY && byte !== CLOSE_OBJECT) break;
        const expected = open.pop();
        if (expected === undefined) closers.push({ offset: position, byte });
        else if (expected !== byte) return { closers, fault: position };
        position++;
      }
      if (position === text.length && open.length === 0) return { closers, fault: undefined };
      if (text[position] !== COMMA) return { closers, fault: position };
      position = skipSpace(text, position + 1);
    }
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { closers, fault: error.offset };
  }
}

/** Reads a value with its key, if it has one, down to its first scalar or empty container. */
function readValue(text: Uint8Array, start: number, open: number[], limits: ResolvedLimits): number {
  for (let position = start; ; ) {
    const container = open.at(-1);
    if (container === CLOSE_OBJECT) position = skipKey(text, position);
    else if (container === undefined) position = skipOptionalKey(text, position);
    const byte = text[position];
    if (byte !== OPEN_ARRAY && byte !== OPEN_OBJECT) {
      return skipScalar(text, position, limits.integerDigits);
    }
    if (open.length === limits.depth) throw faults.tooDeep(position, limits.depth);
    open.push(byte + 2);
    position = skipSpace(text, position + 1);
    if (text[position] === byte + 2) return position;
  }
}

function skipOptionalKey(text: Uint8Array, position: number): number {
  if (text[position] !== QUOTE) return position;
  const colon = skipSpace(text, skipString(text, position));
  return text[colon] === COLON ? skipSpace(text, colon + 1) : position;
}

/** Where in the document the tail stands; the last three closing brackets are a table's, `session`'s, the root's. */
function placeOf(text: Uint8Array, quote: number, closers: readonly Closer[]): JsonTail | undefined {
  const [container, session, root] = [closers.at(-3), closers.at(-2), closers.at(-1)];
  const inside = closers.at(-4);
  const innermost = container ?? session ?? root;
  if (innermost === undefined) return undefined;
  const isItem = innermost.byte === CLOSE_ARRAY;
  const start =
    inside !== undefined ? skipComma(text, inside.offset + 1) : isItem ? quote : memberStart(text, quote);
  const at = { closer: innermost.byte, start };
  if (session === undefined) return { path: [], ...at };
  if (container === undefined) return { path: ['session'], ...at };
  const table = tableName(text, container.offset, session.offset);
  if (table === undefined || LISTS.includes(table) !== isItem) return undefined;
  return { path: ['session', table], ...at };
}

/** The quote opens a key, or a value, whose member is not complete. */
function memberStart(text: Uint8Array, quote: number): number {
  const end = skipString(text, quote);
  return text[skipSpace(text, end)] === COLON ? quote : skipComma(text, end);
}

function skipComma(text: Uint8Array, position: number): number {
  const p = skipSpace(text, position);
  return text[p] === COMMA ? skipSpace(text, p + 1) : p;
}

/** Writers sort the keys, so the table is told by the key behind it; the last table of all by the version. */
function tableName(text: Uint8Array, end: number, sessionEnd: number): string | undefined {
  const next = skipSpace(text, end + 1);
  if (next === sessionEnd) {
    const version = /^,\s*"version"\s*:\s*(\d+)\s*\}\s*$/.exec(
      decode(text.subarray(sessionEnd + 1)).trimStart(),
    );
    const number = Number(version?.[1]);
    if (!(number >= 1 && number <= LATEST_VERSION)) return undefined;
    return formatOfVersion(number).systemInformation ? 'system_information' : 'results';
  }
  const key = skipComma(text, next);
  const following = decode(text.subarray(key + 1, skipString(text, key) - 1));
  return TABLES[TABLES.indexOf(following) - 1];
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function isAlphanumeric(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const lower = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (lower >= 0x61 && lower <= 0x7a);
}
