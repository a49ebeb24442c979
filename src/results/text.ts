/** IO logs as text (spec `results.md` 4.1 and 4.2). */

import { IOLog, type IOLogRecord } from './io-log.js';

/** C0 and C1 control characters and DEL, but for TAB, LF, VT and CR. */
const CONTROLS = /[\0-\x08\x0c\x0e-\x1f\x7f-\x9f]/g;

/** Bytes decoded at a time. */
const RUN_BYTES = 1 << 16;

/**
 * All output in its order, piece by piece. Characters may be split over records, also of different streams;
 * what is no UTF-8 becomes U+FFFD; control characters but TAB, LF, VT and CR are left out.
 */
export function* flatTextPieces(records: Iterable<IOLogRecord>): Generator<string, void, void> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (const run of runsOf(records)) {
    const text = decoder.decode(run, { stream: true });
    if (text !== '') yield text.replace(CONTROLS, '');
  }
  const end = decoder.decode();
  if (end !== '') yield end;
}

/** `flatTextPieces` as one string, for logs that fit into one (2^29 characters in V8). */
export function flatText(records: Iterable<IOLogRecord>): string {
  return Array.from(flatTextPieces(records)).join('');
}

/**
 * The standard output as a text attachment, piece by piece: nothing at all unless every byte of it is UTF-8.
 * Control characters are left out as in `flatTextPieces`.
 *
 * @param log is gone through twice
 */
export function* textAttachmentPieces(log: Iterable<IOLogRecord>): Generator<string, void, void> {
  if (!isUtf8(log)) return;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (const run of runsOf(log, 'stdout')) yield decoder.decode(run, { stream: true }).replace(CONTROLS, '');
}

/** `textAttachmentPieces` as one string. */
export function textAttachment(log: Iterable<IOLogRecord>): string {
  return Array.from(textAttachmentPieces(log)).join('');
}

function isUtf8(log: Iterable<IOLogRecord>): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (const run of runsOf(log, 'stdout')) decoder.decode(run, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** The payloads of all records or of one stream: of a log in long runs, of other records one by one. */
function* runsOf(records: Iterable<IOLogRecord>, only?: string): Generator<Uint8Array, void, void> {
  if (records instanceof IOLog) {
    const bytes = records.bytes(only);
    for (let i = 0; i < bytes.length; i += RUN_BYTES) yield bytes.subarray(i, i + RUN_BYTES);
    return;
  }
  for (const { stream, data } of records) if (only === undefined || stream === only) yield data;
}
