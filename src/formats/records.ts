/** Reading IO log records (spec `resume.md` 6.4). */

import type { JsonValue } from '../document/json-value.js';
import type { CorruptedSessionError } from '../errors.js';
import { asciiBytes, decodeBase64 } from '../python/base64.js';
import { parsePyFloat } from '../python/float.js';
import { pyRepr, pyReprBytes, pyStr } from '../python/repr.js';
import { IOLog, type IOLogRecord } from '../results/io-log.js';
import { attempt, corrupted, MOST_FAULTS, type OnFault, requireItem, requireValue } from './validate.js';

const STREAMS: readonly string[] = ['stdout', 'stderr'];

/**
 * The log that an array of records holds. What the kernel finds canonical is validated there in bulk and stays
 * undecoded until somebody reads it; anything else is read record by record.
 *
 * @throws CorruptedSessionError for the first bad record, unless `onFault` lets it pass: it is then left out, and
 *   behind more than {@link MOST_FAULTS} of them the rest of the log
 */
export function readLog(array: JsonValue, onFault: OnFault): IOLog {
  const { document } = array;
  const { offset, end } = array;
  const count = document.countRecords(offset, end);
  if (count >= 0) return IOLog.lazy(count, () => document.decodeRecords(offset, end));
  const records: IOLogRecord[] = [];
  let leftOut = 0;
  for (const item of array.items()) {
    const record = attempt(onFault, undefined, () => readRecord(item));
    if (record !== undefined) records.push(record);
    else if (++leftOut > MOST_FAULTS) break;
  }
  return IOLog.from(records);
}

function readRecord(value: JsonValue): IOLogRecord {
  requireValue(value, { type: 'list' });
  const items: JsonValue[] = [];
  for (const item of value.items()) if (items.push(item) === 3) break;

  const delay = readDelay(requireItem(value, items, 0));
  const streamValue = requireItem(value, items, 1, { type: 'str' });
  const stream = streamValue.string!;
  if (!STREAMS.includes(stream)) {
    throw corrupted(`Value for key 1 not in allowed set ${pyRepr(STREAMS)}`, streamValue, {
      code: 'not-allowed',
      expected: STREAMS,
      actual: stream,
    });
  }
  return { delay, stream, data: readData(requireItem(value, items, 2, { type: 'str' })) };
}

function readDelay(value: JsonValue): number {
  const given = value.toPython();
  const delay = toFloat(given);
  const fail = (message: string): CorruptedSessionError =>
    corrupted(message, value, { code: 'bad-delay', expected: 'seconds, not negative', actual: value.toJS() });
  if (delay === undefined) throw fail(`IOLogRecord has invalid delay ${pyStr(given)}`);
  if (delay < 0) throw fail('delay cannot be negative');
  return delay;
}

/** Python's `float(value)`; undefined where it raises. */
function toFloat(value: ReturnType<JsonValue['toPython']>): number | undefined {
  switch (typeof value) {
    case 'number':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'bigint': {
      const float = Number(value);
      return Number.isFinite(float) ? float : undefined;
    }
    case 'string':
      return parsePyFloat(value);
    default:
      return undefined;
  }
}

function readData(value: JsonValue): Uint8Array {
  const text = value.string!;
  const encoded = asciiBytes(text);
  if (encoded === undefined) {
    throw corrupted(`record data ${pyRepr(text)} is not ASCII`, value, { code: 'not-ascii' });
  }
  const data = decodeBase64(encoded);
  if (data === undefined) {
    const message = `record data ${pyReprBytes(encoded)} is not correct base64`;
    throw corrupted(message, value, { code: 'bad-base64' });
  }
  return data;
}
