/** The results in another version of the format (spec `format.md` 3). */

import type { JsonValue } from '../document/json-value.js';
import { isAbsolutePath, joinPath, pathInside } from '../files/lexical-path.js';
import { type ConversionStep, copyOf, objectOf, type ValueWriter } from './conversion.js';
import { readResult } from './results.js';
import { requireMember, throwFault } from './validate.js';

/**
 * Results stay as they are but for the length of the history and the names of logs. A job that never ran gets no
 * result, also in versions 1 to 3, whose writers give it an empty one: readers of all versions take that, while
 * an empty result of a resource job makes the reference refuse the session.
 *
 * @throws CorruptedSessionError when the table, or a history that must be looked at, is malformed
 */
export function convertResults(session: JsonValue, step: ConversionStep): ValueWriter {
  const table = requireMember(session, 'results', { type: 'dict' });
  const { from, to } = step;
  const stays = from.wholeHistory === to.wholeHistory && from.relativeLogNames === to.relativeLogNames;
  if (stays) return copyOf(table);
  const histories = new Map<string, ValueWriter>();
  for (const id of table.members().keys()) {
    const history = convertHistory(requireMember(table, id, { type: 'list' }), step);
    if (history !== undefined) histories.set(id, history);
  }
  return objectOf(histories);
}

function convertHistory(history: JsonValue, step: ConversionStep): ValueWriter | undefined {
  const stored = [...history.items()];
  const kept = keptResults(history, stored, step);
  if (kept.length === 0 && stored.length > 0) return undefined;
  const names = kept.map((result) => newLogName(result, step));
  if (kept.length === stored.length && names.every((name) => name === undefined)) return copyOf(history);
  return (writer) => writer.array(kept.keys(), (index) => withLogName(kept[index]!, names[index])(writer));
}

/** Until version 3 a history is the current result, hollow or not; later on it is everything that came out. */
function keptResults(history: JsonValue, stored: readonly JsonValue[], { from, to, lose }: ConversionStep) {
  if (from.wholeHistory === to.wholeHistory) return stored;
  if (to.wholeHistory) return stored.filter((result) => !isHollow(result));
  const earlier = stored.length - 1;
  if (earlier > 0) {
    const results = earlier === 1 ? 'the earlier result is' : `${earlier} earlier results are`;
    lose(history, `${results} dropped: version ${to.version} keeps the last one only`);
  }
  return stored.slice(-1);
}

function isHollow(result: JsonValue): boolean {
  return result.get('outcome')?.kind === 'null' && readResult(result, throwFault).isHollow;
}

/** The name of a log as the new version has it; undefined when it stays, or when there is none. */
function newLogName(result: JsonValue, { from, to, location, lose }: ConversionStep): string | undefined {
  const value = result.get('io_log_filename');
  const name = value?.string;
  if (value === undefined || name === undefined || from.relativeLogNames === to.relativeLogNames) {
    return undefined;
  }
  if (!isAbsolutePath(name)) {
    if (from.relativeLogNames && location !== null) return joinPath(location, name);
    const [before, after] = from.relativeLogNames ? ['session', 'working'] : ['working', 'session'];
    lose(value, `the relative name counted from the ${before} directory, now from the ${after} directory`);
    return undefined;
  }
  // A name outside of the directory stays absolute, which all versions read: it outlives a move of the session.
  return to.relativeLogNames && location !== null ? pathInside(name, location) : undefined;
}

function withLogName(result: JsonValue, name: string | undefined): ValueWriter {
  if (name === undefined) return copyOf(result);
  const members = new Map<string, ValueWriter>();
  for (const [key, value] of result.members()) members.set(key, copyOf(value));
  return objectOf(members.set('io_log_filename', (writer) => writer.value(name)));
}
