// The structural index: containers of some length and not too deep, in the order of their start.
//
// A container takes a row when it opens. When it closes and is too short, its row is the last one, because
// everything inside of it was too short as well, and goes again. So a row is final when it is reported.

import { SPAN_ENTRY, SPANS } from './layout';

/** Shorter containers are not indexed. As SPAN_BYTES in src/kernel/kernel.ts. */
const MIN_BYTES: u32 = 128;
/** Deeper containers are never indexed. As SPAN_DEPTH in src/kernel/kernel.ts. */
const MAX_DEPTH: u32 = 7;
/** Deepest containers to index. */
let maxDepth: u32 = MAX_DEPTH;

/** Of the open container of each depth: its start, row and number of commas. */
const OPEN = memory.data((MAX_DEPTH + 1) * 16, 16);

let rows: u32 = 0;
/** Spans reported in this step. */
export let spans: u32 = 0;

/** `depths`: deepest container to index, 7 at most. */
export function startSpans(depths: u32): void {
  maxDepth = depths;
  rows = 0;
  spans = 0;
}

export function forgetSpans(): void {
  spans = 0;
}

/** `depth`: of the container, 0 for the root. */
@inline
export function openSpan(depth: u32, start: u32): void {
  if (depth > maxDepth) return;
  const open = OPEN + ((<usize>depth) << 4);
  store<u32>(open, start);
  store<u32>(open, rows++, 4);
  store<u32>(open, 0, 8);
}

@inline
export function countComma(depth: u32): void {
  countCommas(depth, 1);
}

@inline
export function countCommas(depth: u32, commas: u32): void {
  if (depth > maxDepth) return;
  const open = OPEN + ((<usize>depth) << 4);
  store<u32>(open, load<u32>(open, 8) + commas, 8);
}

@inline
export function closeSpan(depth: u32, end: u32, empty: bool): void {
  if (depth > maxDepth) return;
  const open = OPEN + ((<usize>depth) << 4);
  const start = load<u32>(open);
  if (end - start < MIN_BYTES) rows--;
  else report(load<u32>(open, 4), start, end, empty ? 0 : load<u32>(open, 8) + 1, depth);
}

/** A whole container at once, for those that are read as one. */
@inline
export function addSpan(depth: u32, start: u32, end: u32, children: u32): void {
  if (depth <= maxDepth && end - start >= MIN_BYTES) report(rows++, start, end, children, depth);
}

function report(row: u32, start: u32, end: u32, children: u32, depth: u32): void {
  const entry = SPANS + <usize>(spans++) * SPAN_ENTRY;
  store<u32>(entry, row);
  store<u32>(entry, start, 4);
  store<u32>(entry, end, 8);
  store<u32>(entry, children, 12);
  store<u32>(entry, depth, 16);
}

/** Start of the open container of this depth. */
export function openStart(depth: u32): u32 {
  return load<u32>(OPEN + ((<usize>depth) << 4));
}
