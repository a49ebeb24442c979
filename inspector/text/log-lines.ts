/** Pages of a log as lines of text: a line may be spread over records, which come as the program flushed them. */

import type { LogPage } from 'plainbox-session/browser';
import { TerminalStyle } from './terminal-style.js';

export interface LogLineText {
  readonly key: string;
  /** Indexes of the records in the log that it is spread over; the line stands where the first one came. */
  readonly records: readonly number[];
  /** Whether it is the first line that begins in its first record, and carries its number. */
  readonly isFirst: boolean;
  readonly stream: string;
  /** Seconds from the start of the job to its beginning, and to its last piece. */
  readonly time: number;
  readonly endTime: number;
  /** With terminal sequences, beginning with what is still in force. */
  readonly text: string;
  /** Bytes that are not shown. */
  readonly cut: number;
}

/** Lines of one record at most: a record is one line as a rule. */
const RECORD_LINES = 200;
/** Characters from which on a line is not put together any more. */
const LINE_CHARACTERS = 20_000;

export function linesOf(page: LogPage): readonly LogLineText[] {
  const streams = new Map<string, StreamLines>();
  const lines: Line[] = [];
  for (const [index, name] of page.streams.entries()) {
    const stream = streams.get(name) ?? new StreamLines(name, lines);
    streams.set(name, stream);
    const start = index === 0 ? 0 : page.ends[index - 1]!;
    const bytes = page.data.subarray(start, page.ends[index]!);
    stream.add(page.from + index, page.times[index]!, bytes, page.cut[index]!);
  }
  return lines.map((line) => line.finished());
}

/** The line that a link to a record leads to: the first one that begins in it, or the one that it continues. */
export function lineOfRecord(lines: readonly LogLineText[], record: number): LogLineText | undefined {
  return (
    lines.find(({ records, isFirst }) => isFirst && records[0] === record) ??
    lines.find(({ records }) => records.includes(record))
  );
}

/** One stream, put together as a terminal would show it by itself. */
class StreamLines {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #style = new TerminalStyle();
  /** The line that has not ended. */
  #open: Line | undefined;
  /** The newest line, whether it has ended or not: each record has a part in one. */
  #last!: Line;

  constructor(
    private readonly name: string,
    private readonly lines: Line[],
  ) {}

  add(record: number, time: number, bytes: Uint8Array, cut: number): void {
    // A character may go on in the next record.
    const text = this.#decoder.decode(bytes, { stream: cut === 0 });
    const pieces = text.split('\n');
    const hidden = pieces.splice(RECORD_LINES).join('\n');
    let begun = 0;
    for (const [index, piece] of pieces.entries()) {
      const isLast = index === pieces.length - 1;
      // The record ends with its line.
      if (isLast && index > 0 && piece === '') break;
      if (this.#open === undefined) {
        this.#open = new Line(`${record}.${begun}`, this.name, time, begun === 0, this.#style);
        this.#last = this.#open;
        this.lines.push(this.#last);
        begun++;
      }
      this.#open.append(piece, record, time);
      if (!isLast || this.#open.length > LINE_CHARACTERS) this.#end();
    }
    const hiddenBytes = cut + new TextEncoder().encode(hidden).length;
    if (hiddenBytes > 0) {
      this.#last.cut = hiddenBytes;
      this.#end();
    }
  }

  #end(): void {
    this.#open?.end();
    this.#open = undefined;
  }
}

class Line {
  cut = 0;
  readonly #records: number[] = [];
  #endTime: number;
  /** The sequence for what is in force where the text begins. */
  #start: string;
  #text = '';

  constructor(
    private readonly key: string,
    private readonly stream: string,
    private readonly time: number,
    private readonly isFirst: boolean,
    private readonly style: TerminalStyle,
  ) {
    this.#endTime = time;
    this.#start = style.sequence;
  }

  get length(): number {
    return this.#text.length;
  }

  append(piece: string, record: number, time: number): void {
    if (this.#records.at(-1) !== record) this.#records.push(record);
    this.#endTime = time;
    // A line that overwrites itself, as progress bars do, is shown as it was left.
    const text = this.#text + piece;
    const end = text.endsWith('\r') ? text.length - 1 : text.length;
    const start = text.lastIndexOf('\r', end - 1) + 1;
    if (start > 0) {
      this.style.read(text.slice(0, start));
      this.#start = this.style.sequence;
    }
    this.#text = text.slice(start);
  }

  /** Its sequences are in force for what follows in its stream. */
  end(): void {
    this.style.read(this.#text);
  }

  finished(): LogLineText {
    const { key, stream, isFirst, time, cut } = this;
    const text = this.#start + this.#text.replace(/\r$/, '');
    return { key, records: this.#records, isFirst, stream, time, endTime: this.#endTime, text, cut };
  }
}
