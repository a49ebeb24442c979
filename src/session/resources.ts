/** From the output of a resource job to its resources (spec `state.md` 7.1). */

import type { UnitDefinitionError } from '../errors.js';
import type { IOLogRecord } from '../results/io-log.js';
import type { Resource } from '../units/languages/expression.js';
import { parseRecords } from '../units/pxu.js';

export interface ParsedResources {
  /** The records up to the first error; one empty record when there is none. */
  readonly resources: readonly Resource[];
  /** What is wrong with the output, null when nothing is. */
  readonly error: UnitDefinitionError | null;
}

/** Every `stdout` record of the log is one line, whatever line ends it holds, and is decoded on its own. */
export function parseResources(log: Iterable<IOLogRecord>): ParsedResources {
  const { records, error } = parseRecords(outputLines(log), null);
  const resources = records.map((record) => record.data);
  return { resources: resources.length === 0 ? [new Map()] : resources, error };
}

/** True for the list of a resource job that gave nothing. */
export function isEmptyOutput(resources: readonly Resource[]): boolean {
  return resources.length === 1 && resources[0]!.size === 0;
}

function* outputLines(log: Iterable<IOLogRecord>): Iterable<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (const { stream, data } of log) {
    if (stream === 'stdout') yield decoder.decode(data);
  }
}
