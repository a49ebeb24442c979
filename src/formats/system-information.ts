/** Reading `session.system_information` (spec `format.md` 2.5, `resume.md` 5.9). */

import type { JsonValue } from '../document/json-value.js';
import { isPyDict, isPyList, type PyDict, type PyValue } from '../python/value.js';
import type { CollectorOutput } from '../session/system-information.js';
import { attempt, type OnFault, requireMember } from './validate.js';

const SUCCESS_MEMBERS = ['payload', 'stderr'] as const;
const FAILURE_MEMBERS = ['stdout', 'stderr', 'return_code'] as const;

/**
 * The collectors' outputs by name. Each is checked at once and built when it is looked at: a journal may be
 * most of a document.
 *
 * @throws CorruptedSessionError for the first malformed member, unless `onFault` lets it pass: it is then left out
 */
export function readSystemInformation(
  session: JsonValue,
  onFault: OnFault,
): ReadonlyMap<string, CollectorOutput> {
  const outputs = new Map<string, CollectorOutput>();
  const table = requireMember(session, 'system_information', { type: 'dict' });
  for (const name of table.members().keys()) {
    const output = attempt(onFault, undefined, () => readCollector(table, name));
    if (output !== undefined) outputs.set(name, output);
  }
  return outputs;
}

function readCollector(table: JsonValue, name: string): CollectorOutput {
  const collector = requireMember(table, name, { type: 'dict' });
  const success = isTruthy(requireMember(collector, 'success', { nullable: true }));
  const outputs = requireMember(collector, 'outputs', { type: 'dict' });
  const names = success ? SUCCESS_MEMBERS : FAILURE_MEMBERS;
  const members = names.map((key) => [key, requireMember(outputs, key, { nullable: true })] as const);
  const toolVersion = requireMember(collector, 'tool_version', { nullable: true });
  return new LazyCollectorOutput(success, members, toolVersion?.toPython() ?? null);
}

class LazyCollectorOutput implements CollectorOutput {
  readonly #members: readonly (readonly [string, JsonValue | null])[];
  #outputs: PyDict | undefined;

  constructor(
    readonly success: boolean,
    members: readonly (readonly [string, JsonValue | null])[],
    readonly toolVersion: PyValue,
  ) {
    this.#members = members;
  }

  get outputs(): PyDict {
    this.#outputs ??= new Map(this.#members.map(([key, value]) => [key, value?.toPython() ?? null]));
    return this.#outputs;
  }
}

/** Python's truth of a value: null, false, zero and the empty ones are false. */
function isTruthy(value: JsonValue | null): boolean {
  const given = value?.toPython() ?? null;
  if (isPyList(given)) return given.length > 0;
  if (isPyDict(given)) return given.size > 0;
  return Number.isNaN(given) || Boolean(given);
}
