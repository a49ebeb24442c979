/** From the pieces of a text to one whole JSON document that holds every value that is complete. */

import { DataError } from '../errors.js';
import { concatenate } from '../kernel/js-gzip.js';
import { validateUtf8 } from '../kernel/js-utf8.js';
import type { ResolvedLimits } from '../kernel/kernel.js';
import { type JsonPrefix, scanPrefix } from './salvage-prefix.js';
import { findTail, type JsonTail } from './salvage-tail.js';

export interface SalvagedText {
  /** A JSON document. */
  readonly text: Uint8Array;
  /** Offsets of the containers of {@link text} that lack something. */
  readonly incomplete: ReadonlySet<number>;
  /** Whether the lack is in the middle: the end of the document is there. */
  readonly hasTail: boolean;
  /** What is wrong with the text itself; a text that merely breaks off is not. */
  readonly damage: DataError | undefined;
  /** Bytes of the pieces that are not in the document. */
  readonly lostBytes: number;
}

const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;
const CLOSE_OBJECT = 0x7d;
/** Longest beginning of a character (RFC 3629) that may break off, in bytes. */
const SPLIT_CHARACTER_BYTES = 3;

/**
 * @param pieces what could be unpacked; between two pieces something is missing
 * @param isCut whether the last piece breaks off
 * @returns undefined when no value of a session is complete
 */
export function salvageText(
  pieces: readonly Uint8Array[],
  isCut: boolean,
  limits: ResolvedLimits,
): SalvagedText | undefined {
  const first = pieces[0] ?? new Uint8Array(0);
  const last = pieces.at(-1) ?? first;
  const total = pieces.reduce((size, { length }) => size + length, 0);
  const valid = validStart(first);
  const prefix = scanPrefix(valid.text, limits);
  const damage = damageOf(prefix, valid, first, isCut || pieces.length > 1);
  if (prefix.open.length === 0 && prefix.end > 0) {
    const text = first.subarray(0, prefix.end);
    const used = prefix.fault === undefined ? first.length : prefix.end;
    return { text, incomplete: new Set(), hasTail: false, damage, lostBytes: total - used };
  }
  const from = last === first ? (damage?.offset ?? first.length) : 0;
  const tail = isCut ? undefined : findTail(last, from, limits);
  const joined = tail === undefined ? undefined : join(first, prefix, last, tail);
  if (joined !== undefined && scanPrefix(joined.text, limits).fault === undefined) {
    const lostBytes = total - prefix.end - (last.length - tail!.start);
    return { ...joined, hasTail: true, damage, lostBytes };
  }
  if (prefix.open.length === 0) return undefined;
  return {
    text: concatenateAll([first.subarray(0, prefix.end), closersOf(prefix, 0)]),
    incomplete: new Set(prefix.open.map(({ offset }) => offset)),
    hasTail: false,
    damage,
    lostBytes: total - prefix.end,
  };
}

interface ValidStart {
  readonly text: Uint8Array;
  readonly fault: DataError | undefined;
}

function validStart(text: Uint8Array): ValidStart {
  try {
    for (const _progress of validateUtf8(text));
    return { text, fault: undefined };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { text: text.subarray(0, error.offset), fault: error };
  }
}

function damageOf(
  { fault, end }: JsonPrefix,
  valid: ValidStart,
  whole: Uint8Array,
  breaksOff: boolean,
): DataError | undefined {
  const isInText = fault !== undefined && fault.offset < valid.text.length;
  if (isInText) return fault;
  if (valid.fault === undefined) return breaksOff ? undefined : fault;
  const isSplit = breaksOff && whole.length - valid.text.length <= SPLIT_CHARACTER_BYTES;
  return isSplit || (fault === undefined && end === 0) ? undefined : valid.fault;
}

/** The beginning and the end of a document as one; what is missing in between is left out. */
function join(
  first: Uint8Array,
  prefix: JsonPrefix,
  last: Uint8Array,
  tail: JsonTail,
): Pick<SalvagedText, 'text' | 'incomplete'> {
  const incomplete = new Set(prefix.open.map(({ offset }) => offset));
  const parts: Uint8Array[] = [first.subarray(0, prefix.end)];
  let size = prefix.end;
  const push = (bytes: Uint8Array | string) => {
    const part = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
    parts.push(part);
    size += part.length;
  };
  let depth = prefix.open.length > 0 ? 1 : 0;
  while (depth > 0 && depth <= tail.path.length && prefix.open[depth]?.key === tail.path[depth - 1]) depth++;
  push(closersOf(prefix, depth));
  /** Whether the container that is open has a member or an item. */
  let isFilled = depth < prefix.open.length || !isOpener(first[prefix.end - 1]);
  for (; depth <= tail.path.length; depth++) {
    if (isFilled) push(',');
    if (depth > 0) push(`${JSON.stringify(tail.path[depth - 1])}:`);
    incomplete.add(size);
    push(String.fromCharCode((depth === tail.path.length ? tail.closer : CLOSE_OBJECT) - 2));
    isFilled = false;
  }
  if (isFilled && last[tail.start] !== tail.closer) push(',');
  push(last.subarray(tail.start));
  return { text: concatenateAll(parts), incomplete };
}

function isOpener(byte: number | undefined): boolean {
  return byte === undefined || byte === OPEN_OBJECT || byte === OPEN_ARRAY;
}

/** The closing brackets of the open containers from `depth` on, innermost first. */
function closersOf({ open }: JsonPrefix, depth: number): Uint8Array {
  return Uint8Array.from(open.slice(depth).reverse(), ({ closer }) => closer);
}

function concatenateAll(parts: readonly Uint8Array[]): Uint8Array {
  return concatenate(
    parts,
    parts.reduce((size, { length }) => size + length, 0),
  );
}
