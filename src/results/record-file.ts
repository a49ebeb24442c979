/** Record files, `*.record.gz` (spec `format.md` 5): lines of gzipped JSON, read one at a time. */

import { CorruptedSessionError, DataError, type ErrorFacts } from '../errors.js';
import { gunzip } from '../files/gunzip.js';
import { pyRepr } from '../python/repr.js';
import { IOLog, type IOLogRecord } from './io-log.js';
import { LineSplitter } from './line-splitter.js';
import { parseRecordLine, RecordLineError } from './record-line.js';
import { RecordTableBuilder } from './record-table.js';

export interface RecordFileLimits {
  /** Decompressed bytes accepted from one record file; default 1 GiB. */
  readonly textBytes?: number | undefined;
}

const DEFAULT_TEXT_BYTES = 1 << 30;

/** Faults that the reference takes for the end of the log: no gzip data, or data that fails its checks. */
const ENDS_OF_LOG: ReadonlySet<string> = new Set([
  'gzip-not-gzip',
  'gzip-unsupported-method',
  'gzip-crc-mismatch',
  'gzip-length-mismatch',
  'gzip-trailing-bytes',
]);

/** A fault in a record file: the facts for an error. */
export interface RecordFault {
  readonly message: string;
  readonly facts: ErrorFacts;
  /** Path of the record file. */
  readonly file: string;
  /** 1-based number of the line at fault. */
  readonly line: number;
  /** Whether the reference takes the fault for the end of the log. */
  readonly endsLog: boolean;
}

/** A record file that the reference cannot read; what can be read of it is in {@link records}. */
export class DamagedRecordFileError extends CorruptedSessionError {
  /** Path of the record file. */
  readonly file: string;
  /** 1-based number of the line at fault. */
  readonly line: number;
  /** The records in front of the fault. */
  readonly records: IOLog;

  constructor(fault: RecordFault, records: IOLog) {
    super(fault.message, fault.facts);
    this.file = fault.file;
    this.line = fault.line;
    this.records = records;
  }
}

/**
 * Reads a whole record file.
 *
 * @param path for messages
 * @returns the log; a fault that the reference takes for the end of the log is its `problem`
 * @throws DamagedRecordFileError `damaged-record-file` or `limit-text`
 */
export function readRecordFile(path: string, compressed: Uint8Array, limits: RecordFileLimits = {}): IOLog {
  const builder = new RecordTableBuilder();
  const records = recordsOf(path, compressed, limits);
  let step = records.next();
  for (; !step.done; step = records.next()) builder.add(step.value);
  const fault = step.value;
  const problem = fault?.endsLog ? new CorruptedSessionError(fault.message, fault.facts) : undefined;
  const log = IOLog.ofRecordFile(builder.build(), builder.exceptions, problem);
  if (fault !== undefined && !fault.endsLog) throw new DamagedRecordFileError(fault, log);
  return log;
}

/**
 * The records of a file one after another, each decoded when it is asked for. Returns the fault that ended
 * them, undefined when the file is sound.
 */
export function* recordsOf(
  path: string,
  compressed: Uint8Array,
  { textBytes = DEFAULT_TEXT_BYTES }: RecordFileLimits = {},
): Generator<IOLogRecord, RecordFault | undefined, void> {
  const lines = new LineSplitter();
  const pieces = gunzip(compressed, textBytes);
  for (let piece = nextPiece(pieces); piece !== undefined; piece = nextPiece(pieces)) {
    if (piece instanceof DataError) return yield* endEarly(path, lines, piece);
    for (const line of lines.push(piece)) {
      const record = tryParse(line);
      if (record instanceof Error) return describe(path, lines, record, false);
      yield record;
    }
  }
  const rest = lines.rest();
  if (rest.length === 0) return undefined;
  const record = tryParse(rest);
  if (record instanceof Error) return describe(path, lines, record, false);
  yield record;
  return undefined;
}

/** The compressed data is at fault: what about the line that it breaks off in? */
function* endEarly(
  path: string,
  lines: LineSplitter,
  fault: DataError,
): Generator<IOLogRecord, RecordFault, void> {
  const endsLog = ENDS_OF_LOG.has(fault.code);
  const rest = lines.rest();
  // The reference leaves an unfinished line out when it takes the fault for the end of the log, and so must we.
  // Otherwise it has no log at all, and a line that lacks but its terminator is worth keeping.
  const record = endsLog || rest.length === 0 ? undefined : tryParse(rest);
  const isWhole = record !== undefined && !(record instanceof Error);
  if (isWhole) yield record;
  return describe(path, lines, fault, endsLog, isWhole ? 0 : rest.length);
}

function describe(
  file: string,
  lines: LineSplitter,
  cause: DataError | RecordLineError,
  endsLog: boolean,
  lostBytes = 0,
): RecordFault {
  const { line } = lines;
  const isLimit = cause instanceof DataError && cause.code === 'limit-text';
  const inLine = cause instanceof DataError && !isLimit && !cause.code.startsWith('gzip-') ? cause.offset : 0;
  const lost = lostBytes > 0 ? `; ${lostBytes} bytes of an unfinished line are left out` : '';
  return {
    message: `record file ${pyRepr(file)} is damaged at line ${line}: ${cause.message}${lost}`,
    facts: {
      code: isLimit ? 'limit-text' : 'damaged-record-file',
      offset: lines.offset + inLine,
      actual: file,
      cause,
    },
    file,
    line,
    endsLog,
  };
}

function nextPiece(pieces: Generator<Uint8Array, void, void>): Uint8Array | DataError | undefined {
  try {
    const step = pieces.next();
    return step.done ? undefined : step.value;
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
}

function tryParse(line: Uint8Array): IOLogRecord | DataError | RecordLineError {
  try {
    return parseRecordLine(line);
  } catch (error) {
    if (error instanceof DataError || error instanceof RecordLineError) return error;
    throw error;
  }
}
