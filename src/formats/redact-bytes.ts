/** Replacing text in bytes that come in pieces: a match may span pieces, and what does not match stays as it is. */

import { concatenate } from '../kernel/js-gzip.js';
import { decodeSurrogateEscape, escapedByteLength } from '../python/surrogate-escape.js';
import type { Replacer } from './redaction-rules.js';

/** Bytes searched as one text; the text ends with the first line that ends behind this size, */
const WINDOW_BYTES = 8 << 20;
/** or here, if there is none: a string cannot be of any length. */
const LONGEST_WINDOW = 128 << 20;
const LINE_FEED = 0x0a;

/** Bytes `[start, end)` of a window that are replaced. */
interface Edit {
  readonly start: number;
  readonly end: number;
}

export interface ReplacedBytes {
  readonly pieces: readonly Uint8Array[];
  readonly count: number;
}

/** Matches are replaced in the piece in which they begin; their rest is taken out of the pieces behind it. */
export function replaceInPieces(pieces: readonly Uint8Array[], replacer: Replacer): ReplacedBytes {
  const by = new TextEncoder().encode(replacer.by);
  const replaced: Uint8Array[] = [];
  let count = 0;
  for (const window of windowsOf(pieces)) {
    const edits = [...editsOf(joined(window), replacer)];
    count += edits.length;
    for (const piece of edits.length === 0 ? window : applyEdits(window, edits, by)) replaced.push(piece);
  }
  return { pieces: replaced, count };
}

function* windowsOf(pieces: readonly Uint8Array[]): Generator<readonly Uint8Array[], void, void> {
  let window: Uint8Array[] = [];
  let size = 0;
  for (const piece of pieces) {
    window.push(piece);
    size += piece.length;
    const isEnd = size >= WINDOW_BYTES && (piece.at(-1) === LINE_FEED || size >= LONGEST_WINDOW);
    if (!isEnd) continue;
    yield window;
    window = [];
    size = 0;
  }
  yield window;
}

function* editsOf(bytes: Uint8Array, replacer: Replacer): Generator<Edit, void, void> {
  const text = decodeSurrogateEscape(bytes);
  let searched = 0;
  let offset = 0;
  for (const match of replacer.matches(text)) {
    const start = offset + escapedByteLength(text.slice(searched, match.start));
    offset = start + escapedByteLength(text.slice(match.start, match.end));
    searched = match.end;
    yield { start, end: offset };
  }
}

function applyEdits(pieces: readonly Uint8Array[], edits: readonly Edit[], by: Uint8Array): Uint8Array[] {
  let pieceEnd = 0;
  let next = 0;
  return pieces.map((piece) => {
    const start = pieceEnd;
    const end = start + piece.length;
    pieceEnd = end;
    const parts: Uint8Array[] = [];
    let p = start;
    for (; next < edits.length && edits[next]!.start < end; next++) {
      const edit = edits[next]!;
      if (edit.start >= start) parts.push(piece.subarray(p - start, edit.start - start), by);
      p = Math.min(edit.end, end);
      // The piece behind this one continues the same match.
      if (edit.end > end) break;
    }
    return p === start ? piece : joined([...parts, piece.subarray(p - start)]);
  });
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return concatenate(
    parts,
    parts.reduce((size, part) => size + part.length, 0),
  );
}
