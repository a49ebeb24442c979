/** Records and record files for tests. */

import { gzipSync } from 'node:zlib';
import { IOLog, type IOLogRecord } from '../../src/results/io-log.js';

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A record of Latin-1 text: every character is one byte. */
export function record(stream: string, latin1: string, delay = 0): IOLogRecord {
  return { delay, stream, data: Uint8Array.from(latin1, (character) => character.charCodeAt(0)) };
}

export function logOf(...records: IOLogRecord[]): IOLog {
  return IOLog.from(records);
}

export function gzip(text: string | Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(text));
}
