/** Building results out of a document (spec `resume.md` 6). */

import type { JsonValue } from '../document/json-value.js';
import { pyRepr } from '../python/repr.js';
import { DiskJobResult, type JobResult, MemoryJobResult, type ReturnCode } from '../results/job-result.js';
import { ALLOWED_OUTCOMES } from '../results/outcomes.js';
import { readLog } from './records.js';
import { attempt, corrupted, type OnFault, requireMember, requireValue, stringOf } from './validate.js';

/**
 * One result. Its log stays undecoded; the log name of an on-disk result stays as it is stored.
 *
 * @throws CorruptedSessionError for the first fault, unless `onFault` lets it pass: that member is then absent
 */
export function readResult(value: JsonValue, onFault: OnFault): JobResult {
  const plain = readPlain(value, onFault);
  if (plain !== undefined) return plain;
  requireValue(value, { type: 'dict' });
  const read = <T>(reader: (result: JsonValue) => T) => attempt(onFault, null, () => reader(value));
  const outcome = read(readOutcome);
  const comments = read(readComments);
  const returnCode = read(readReturnCode);
  const executionDuration = read(readDuration);
  if (value.get('io_log_filename') !== undefined) {
    const ioLogFilename = read(readLogName);
    return new DiskJobResult({ outcome, comments, returnCode, executionDuration, ioLogFilename });
  }
  const ioLog = read((result) => readLog(requireMember(result, 'io_log', LIST), onFault));
  return new MemoryJobResult({ outcome, comments, returnCode, executionDuration, ioLog });
}

/**
 * A result as the reference writes it: its members in the order of their names, without white space, nothing escaped
 * (spec `format.md` 1.3). What is in front of the log, which is ASCII, so that its characters are bytes; and what is
 * behind the log or the name of its file.
 */
const HEAD =
  /^\{"comments":(?:null|"([ !#-[\]-~]*)"),"execution_duration":(?:null|(-?\d+[.e][\d.e+-]*)),"io_log(?:":(?=\[)|_filename":"([^"\\]*)")/;
const TAIL = /^,"outcome":(?:null|"([a-z-]+)"),"return_code":(?:null|(0|-?[1-9]\d{0,14}))\}/;
/** Bytes of text in which they are looked for. */
const PLAIN_BYTES = 384;

/** A result that is {@link HEAD} and {@link TAIL}; undefined for another one, which may be as good. */
function readPlain(value: JsonValue, onFault: OnFault): JobResult | undefined {
  const { reader } = value.document;
  const text = reader.textAt(value.offset, PLAIN_BYTES);
  const head = HEAD.exec(text);
  if (head === null) return undefined;
  const [before, comments, duration, ioLogFilename] = head;
  const log = ioLogFilename === undefined ? value.child(value.offset + before.length, 'io_log') : undefined;
  const tail = TAIL.exec(log === undefined ? text.slice(before.length) : reader.textAt(log.end, PLAIN_BYTES));
  if (tail === null) return undefined;
  const [, outcome, code] = tail;
  if (outcome !== undefined && !ALLOWED_OUTCOMES.includes(outcome)) return undefined;
  const returnCode = code === undefined ? null : Number(code);
  const executionDuration = duration === undefined ? null : Number(duration);
  if (log === undefined) {
    return new DiskJobResult({ outcome, comments, returnCode, executionDuration, ioLogFilename });
  }
  const ioLog = attempt(onFault, null, () => readLog(log, onFault));
  return new MemoryJobResult({ outcome, comments, returnCode, executionDuration, ioLog });
}

const LIST = { type: 'list' } as const;
const TEXT_OR_NULL = { type: 'str', nullable: true } as const;
const INTEGER_OR_NULL = { type: 'int', nullable: true } as const;
const FLOAT_OR_NULL = { type: 'float', nullable: true } as const;

function readOutcome(result: JsonValue): string | null {
  const value = requireMember(result, 'outcome', TEXT_OR_NULL);
  if (value === null) return null;
  const { reader } = value.document;
  const outcome = ALLOWED_OUTCOMES.find((name) => name !== null && reader.saysAt(value.offset, name));
  if (outcome !== undefined) return outcome;
  const message = `Value for key 'outcome' not in allowed set ${pyRepr(ALLOWED_OUTCOMES)}`;
  throw corrupted(message, value, {
    code: 'not-allowed',
    expected: ALLOWED_OUTCOMES,
    actual: stringOf(value),
  });
}

function readComments(result: JsonValue): string | null {
  return stringOf(requireMember(result, 'comments', TEXT_OR_NULL));
}

function readReturnCode(result: JsonValue): ReturnCode | null {
  const value = requireMember(result, 'return_code', INTEGER_OR_NULL);
  return value === null ? null : (value.toPython() as ReturnCode);
}

function readDuration(result: JsonValue): number | null {
  const value = requireMember(result, 'execution_duration', FLOAT_OR_NULL);
  return value === null ? null : (value.toPython() as number);
}

function readLogName(result: JsonValue): string {
  return requireMember(result, 'io_log_filename', { type: 'str' }).string!;
}
