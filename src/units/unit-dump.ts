/** Unit dumps: the units that an application knew, as JSON; for sessions whose unit files are not at hand. */

import { DataError, UnitDefinitionError } from '../errors.js';
import { isPyDict, isPyList, type PyDict, type PyValue } from '../python/value.js';
import type { TemplateEnvironment } from './environment.js';
import { parsePyJson } from './json-text.js';
import { createUnit } from './kinds.js';
import type { Unit } from './unit.js';

const CHECKSUM = /^[0-9a-f]{64}$/;

/**
 * The units of a dump: a list of objects with `unit_class` (the kind as unit files name it), `namespace`,
 * `data` and `checksum`, which counts when `data_complete` is false.
 *
 * @param source name of the file, for errors
 * @throws UnitDefinitionError `unit-syntax`, `unit-kind`
 */
export function unitsFromDump(
  text: string,
  source: string | null,
  environment: TemplateEnvironment,
): readonly Unit[] {
  const entries = parseDump(text, source);
  if (!isPyList(entries)) throw dumpError('unit dump is not a list', source);
  return entries.map((entry, index) => {
    const path = `$[${index}]`;
    if (!isPyDict(entry)) throw dumpError('entry of a unit dump is not an object', source, path);
    const data = member(entry, 'data', isPyDict, source, path);
    const namespace = member(entry, 'namespace', isTextOrNull, source, path);
    const complete = entry.get('data_complete') !== false;
    const checksum = complete ? undefined : member(entry, 'checksum', isChecksum, source, path);
    const origin = { source, firstLine: null, lastLine: null };
    const kind = entry.get('unit_class');
    return createUnit(data, { namespace, checksum, origin, environment }, kind);
  });
}

function parseDump(text: string, source: string | null): PyValue {
  try {
    return parsePyJson(text);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw dumpError('unit dump is not valid JSON', source, undefined, error);
  }
}

/** The member of an entry if it is of the right type; a missing one reads as null. */
function member<T extends PyValue>(
  entry: PyDict,
  key: string,
  fits: (value: PyValue) => value is T,
  source: string | null,
  path: string,
): T {
  const value = entry.get(key) ?? null;
  if (!fits(value)) throw dumpError(`entry of a unit dump has no valid '${key}'`, source, path);
  return value;
}

function isTextOrNull(value: PyValue): value is string | null {
  return value === null || typeof value === 'string';
}

function isChecksum(value: PyValue): value is string {
  return typeof value === 'string' && CHECKSUM.test(value);
}

function dumpError(
  message: string,
  source: string | null,
  path?: string,
  cause?: unknown,
): UnitDefinitionError {
  return new UnitDefinitionError(message, { code: 'unit-syntax', file: source ?? undefined, path, cause });
}
