/** IO logs as lines for people, one after another in bounded memory. */

import type { IOLogRecord } from '../results/io-log.js';
import { plainText } from './plain-text.js';

export type LineStream = 'stdout' | 'stderr';

/** One line of output as it is left on a terminal. */
export interface LogLine {
  readonly stream: LineStream;
  /** Plain text, see {@link plainText}. */
  readonly text: string;
}

/** Characters kept of one line; base64 blobs and binary data have no line ends. */
const LINE_LIMIT = 65_536;

/**
 * The lines of a log in the order in which they were completed. The streams are decoded apart; what is no UTF-8
 * becomes U+FFFD. A line that overwrites itself, as progress bars do, is given as it was seen last.
 */
export function* logLines(records: Iterable<IOLogRecord>): Generator<LogLine, void, void> {
  const streams = { stdout: new StreamLines(), stderr: new StreamLines() };
  for (const { stream: name, data } of records) {
    const stream = name === 'stderr' ? 'stderr' : 'stdout';
    for (const text of streams[stream].push(data)) yield { stream, text };
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    for (const text of streams[stream].end()) yield { stream, text };
  }
}

class StreamLines {
  readonly #decoder = new TextDecoder();
  readonly #line = new LineBuffer();

  push(data: Uint8Array): Generator<string, void, void> {
    return this.#split(this.#decoder.decode(data, { stream: true }));
  }

  *end(): Generator<string, void, void> {
    yield* this.#split(this.#decoder.decode());
    if (!this.#line.isEmpty) yield this.#line.take();
  }

  *#split(text: string): Generator<string, void, void> {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#line.add(text.slice(start, end));
      yield this.#line.take();
      start = end + 1;
    }
    if (start < text.length) this.#line.add(text.slice(start));
  }
}

/** A line in the making, cut off loudly at {@link LINE_LIMIT}. */
class LineBuffer {
  #parts: string[] = [];
  #size = 0;
  #dropped = 0;

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  add(text: string): void {
    if (this.#size + text.length <= LINE_LIMIT) {
      this.#parts.push(text);
      this.#size += text.length;
    } else if (text.includes('\r')) {
      const overwritten = text.slice(0, -1).lastIndexOf('\r');
      this.#restart(text.slice(overwritten + 1));
    } else {
      const room = LINE_LIMIT - this.#size;
      if (room > 0) this.#parts.push(text.slice(0, room));
      this.#size = LINE_LIMIT;
      this.#dropped += text.length - room;
    }
  }

  take(): string {
    const line = this.#parts.join('');
    const dropped = this.#dropped;
    this.#restart('');
    const shown = plainText(lastWritten(line));
    return dropped === 0 ? shown : `${shown} [… ${dropped} more characters of this line are left out]`;
  }

  #restart(text: string): void {
    this.#parts = text === '' ? [] : [text.slice(0, LINE_LIMIT)];
    this.#size = Math.min(text.length, LINE_LIMIT);
    this.#dropped = text.length - this.#size;
  }
}

/** What is left on a terminal of a line that returned to its beginning. */
export function lastWritten(line: string): string {
  if (!line.includes('\r')) return line;
  return line.split('\r').findLast((part) => part.trim() !== '') ?? '';
}

/** The end of a log within a budget. */
export class LogTail {
  #lines: LogLine[] = [];
  #first = 0;
  #size = 0;
  #omitted = 0;

  /**
   * @param limit what the lines kept may amount to
   * @param measure what one line amounts to
   */
  constructor(
    private readonly limit: number,
    private readonly measure: (line: LogLine) => number,
  ) {}

  push(line: LogLine): void {
    this.#lines.push(line);
    this.#size += this.measure(line);
    while (this.#size > this.limit && this.#first < this.#lines.length) {
      this.#size -= this.measure(this.#lines[this.#first++]!);
      this.#omitted++;
    }
    if (this.#first > 1024 && this.#first * 2 > this.#lines.length) {
      this.#lines = this.#lines.slice(this.#first);
      this.#first = 0;
    }
  }

  get lines(): readonly LogLine[] {
    return this.#lines.slice(this.#first);
  }

  /** What the lines amount to. */
  get size(): number {
    return this.#size;
  }

  /** Number of lines in front of these. */
  get omitted(): number {
    return this.#omitted;
  }
}

/** Words by which programs say that something went wrong. */
const FAILURE = /\b(?:fail(?:ed|ure)?|error|fatal|traceback|exception|panic|segfault|critical)\b/i;

/**
 * The line that says most likely why a job failed: the first one that speaks of a failure, else the last one
 * of standard error, else the last one of all; undefined when nothing was written.
 */
export function firstFailingLine(lines: Iterable<LogLine>): string | undefined {
  let lastError: string | undefined;
  let last: string | undefined;
  for (const { stream, text } of lines) {
    const line = text.trim();
    if (line === '') continue;
    if (FAILURE.test(line)) return line;
    if (stream === 'stderr') lastError = line;
    else last = line;
  }
  return lastError ?? last;
}
