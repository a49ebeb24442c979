/** The end of a log, for a summary. */

import { lastWritten } from '../report/log-lines.js';
import { stripAnsi } from '../results/comments.js';
import type { IOLog } from '../results/io-log.js';
import { visible } from './visible.js';

/** Bytes looked at from the end. */
const WINDOW_BYTES = 32_768;

export interface LogTail {
  readonly stream: 'stderr' | 'stdout';
  /** Visible text, without colours. */
  readonly lines: readonly string[];
  /** Whether the stream has more lines in front of these. */
  readonly isCut: boolean;
}

/** The last lines of standard error, or of standard output where nothing was written there. */
export function tailOf(log: IOLog, lineCount: number): LogTail | undefined {
  for (const stream of ['stderr', 'stdout'] as const) {
    const { bytes, isWhole } = lastBytes(log, stream);
    const lines = new TextDecoder()
      .decode(bytes)
      .split('\n')
      .map(asShown)
      .filter((line) => line.trim() !== '');
    if (lines.length === 0) continue;
    return { stream, lines: lines.slice(-lineCount), isCut: !isWhole || lines.length > lineCount };
  }
  return undefined;
}

function lastBytes(log: IOLog, stream: string): { bytes: Uint8Array; isWhole: boolean } {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let index = log.length - 1;
  for (; index >= 0 && size < WINDOW_BYTES; index--) {
    const record = log.at(index)!;
    if (record.stream !== stream) continue;
    pieces.push(record.data);
    size += record.data.length;
  }
  return {
    bytes: Buffer.concat(pieces.reverse()).subarray(-WINDOW_BYTES),
    isWhole: index < 0 && size <= WINDOW_BYTES,
  };
}

function asShown(line: string): string {
  return visible(stripAnsi(lastWritten(line)).replaceAll('\t', '    ')).trimEnd();
}
