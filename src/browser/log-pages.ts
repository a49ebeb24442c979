/** One log at a time, in pages of bounded size. */

import { SessionResumeError } from '../errors.js';
import type { DormantSession } from '../formats/dormant-session.js';
import type { LogPlace } from '../formats/stored-logs.js';
import { IOLog } from '../results/io-log.js';
import type { JobResult } from '../results/job-result.js';
import { DamagedRecordFileError } from '../results/record-file.js';
import { recordsWith } from './log-search.js';
import { FOUND_RECORDS, LOG_PAGE_RECORDS, type LogFacts, type LogPage } from './queries.js';

/** Bytes shown of one record: base64 blobs and binary data have no line ends. */
const RECORD_BYTES = 16_384;
/** Bytes of a page, from which on only the beginnings of records are shown. */
const PAGE_BYTES = 1 << 20;
const BEGINNING_BYTES = 200;

export class LogPages {
  /** Seconds from the start of the job to each record. */
  readonly #times: Float64Array;

  private constructor(
    private readonly log: IOLog,
    private readonly problem: string | undefined,
  ) {
    this.#times = new Float64Array(log.length);
    let seconds = 0;
    let index = 0;
    for (const { delay } of log) {
      if (Number.isFinite(delay)) seconds += delay;
      this.#times[index++] = seconds;
    }
  }

  /** Reads the log of a result, as much of it as there is. */
  static async of(result: JobResult, session: DormantSession, place: LogPlace): Promise<LogPages> {
    try {
      const log = await session.readLog(result, place);
      return new LogPages(log, log.problem?.message);
    } catch (error) {
      if (error instanceof DamagedRecordFileError) return new LogPages(error.records, error.message);
      if (!(error instanceof SessionResumeError)) throw error;
      return new LogPages(IOLog.from([]), error.message);
    }
  }

  get facts(): LogFacts {
    let bytes = 0;
    for (const { data } of this.log) bytes += data.length;
    return { records: this.log.length, bytes, problem: this.problem };
  }

  page(from: number, to: number): LogPage {
    const start = Math.max(0, from);
    const end = Math.max(start, Math.min(to, this.log.length, start + LOG_PAGE_RECORDS));
    const count = end - start;
    const streams: string[] = [];
    const pieces: Uint8Array[] = [];
    const ends = new Uint32Array(count);
    const cut = new Uint32Array(count);
    let size = 0;
    for (let i = 0; i < count; i++) {
      const { stream, data } = this.log.at(start + i)!;
      const piece = data.subarray(0, size < PAGE_BYTES ? RECORD_BYTES : BEGINNING_BYTES);
      streams.push(stream);
      pieces.push(piece);
      cut[i] = data.length - piece.length;
      size += piece.length;
      ends[i] = size;
    }
    return {
      from: start,
      times: this.#times.slice(start, end),
      streams,
      ends,
      data: joined(pieces, size),
      cut,
    };
  }

  find(text: string): Uint32Array {
    const found: number[] = [];
    for (const index of recordsWith(this.log, text)) {
      found.push(index);
      if (found.length === FOUND_RECORDS) break;
    }
    return Uint32Array.from(found);
  }

  bytes(stream: string | undefined): Blob {
    return new Blob([this.log.bytes(stream) as Uint8Array<ArrayBuffer>]);
  }
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let written = 0;
  for (const piece of pieces) {
    bytes.set(piece, written);
    written += piece.length;
  }
  return bytes;
}
