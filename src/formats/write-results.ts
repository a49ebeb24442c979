/** Writing results and their logs (spec `format.md` 2.3 and 2.4). */

import { relativePath } from '../files/lexical-path.js';
import type { PyValue } from '../python/value.js';
import type { IOLogRecord } from '../results/io-log.js';
import { type JobResult, MemoryJobResult, type ReturnCode } from '../results/job-result.js';
import type { FormatVersion } from './versions.js';
import type { DocumentWriter } from './write-document.js';

/** What decides how the log of an on-disk result is named. */
export interface LogNaming {
  readonly format: FormatVersion;
  /** The session directory; null when there is none. */
  readonly location: string | null;
}

/** @throws SessionResumeError `not-representable` */
export function writeResult(writer: DocumentWriter, result: JobResult, naming: LogNaming): void {
  writer.object([
    ['comments', () => writer.value(result.comments)],
    ['execution_duration', () => writer.value(result.executionDuration)],
    result instanceof MemoryJobResult
      ? ['io_log', () => writeLog(writer, result.ioLog)]
      : ['io_log_filename', () => writeLogName(writer, result.ioLogFilename, naming)],
    ['outcome', () => writer.value(result.outcome)],
    ['return_code', () => writer.value(returnCodeValue(result.returnCode))],
  ]);
}

/** The log as an array of records; a delay or a stream as the record has it. */
export function writeLog(writer: DocumentWriter, log: Iterable<IOLogRecord>): void {
  writer.array(log, ({ delay, stream, data, stored }) => {
    const head = stored ?? { delay, stream };
    const parts = [
      () => writer.value(head.delay),
      () => writer.value(head.stream),
      () => writer.base64(data),
    ];
    writer.array(parts, (write) => write());
  });
}

function writeLogName(writer: DocumentWriter, name: string | null, { format, location }: LogNaming): void {
  const isRelative = format.relativeLogNames && location !== null;
  if (isRelative && !name) throw writer.notRepresentable('a log on disk has no name', name);
  writer.value(isRelative && name !== null ? relativePath(name, location) : name);
}

function returnCodeValue(code: ReturnCode | null): PyValue {
  return typeof code === 'number' ? BigInt(code) : code;
}
