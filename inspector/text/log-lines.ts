/** Pages of a log as lines of text. */

import type { LogPage } from 'plainbox-session/browser';

export interface LogLineText {
  readonly key: string;
  /** Index of the record in the log. */
  readonly record: number;
  /** Whether it is the first line of its record, which carries time and number. */
  readonly isFirst: boolean;
  readonly stream: string;
  /** Seconds since the job started. */
  readonly time: number;
  /** With terminal sequences. */
  readonly text: string;
  /** Bytes that are not shown. */
  readonly cut: number;
}

/** Lines of one record at most: a record is one line as a rule. */
const RECORD_LINES = 200;

export function linesOf(page: LogPage): readonly LogLineText[] {
  const decoders = new Map<string, TextDecoder>();
  return page.streams.flatMap((stream, index): LogLineText[] => {
    const decoder = decoders.get(stream) ?? new TextDecoder('utf-8', { ignoreBOM: true });
    decoders.set(stream, decoder);
    const start = index === 0 ? 0 : page.ends[index - 1]!;
    // A character may go on in the next record of its stream.
    const text = decoder.decode(page.data.subarray(start, page.ends[index]!), {
      stream: page.cut[index] === 0,
    });
    const record = page.from + index;
    const lines = text.replace(/\r?\n$/, '').split('\n', RECORD_LINES);
    return lines.map((line, number) => ({
      key: `${record}.${number}`,
      record,
      isFirst: number === 0,
      stream,
      time: page.times[index]!,
      text: asLeft(line),
      cut: number === lines.length - 1 ? page.cut[index]! : 0,
    }));
  });
}

/** A line that overwrites itself, as progress bars do, as it was left. */
function asLeft(line: string): string {
  const end = line.endsWith('\r') ? line.length - 1 : line.length;
  return line.slice(line.lastIndexOf('\r', end - 1) + 1, end);
}
