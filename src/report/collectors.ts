/** The system information of a session as far as it is well-formed; what is not is among its problems. */

import type { JsonValue } from '../document/json-value.js';
import type { DormantSession } from '../formats/dormant-session.js';
import { readSystemInformation } from '../formats/system-information.js';
import { attempt, FaultCollector } from '../formats/validate.js';

/** What one tool found out about the machine. */
export interface Collector {
  readonly name: string;
  readonly success: boolean;
  readonly toolVersion: JsonValue;
  /** An object: `payload` and `stderr` after a success; `stdout`, `stderr` and `return_code` after a failure. */
  readonly outputs: JsonValue;
}

/** The collectors in the order of the document; none where the format has none. Nothing large is built. */
export function collectorsOf(session: DormantSession): readonly Collector[] {
  if (!session.format.systemInformation) return [];
  const found = new FaultCollector();
  const outputs = found.collect(() =>
    attempt(found.note, undefined, () => readSystemInformation(session.document, found.note)),
  );
  return Array.from(outputs ?? [], ([name, { success }]) => {
    const stored = session.systemInformation!.get(name)!;
    return {
      name,
      success,
      toolVersion: stored.get('tool_version')!,
      outputs: stored.get('outputs')!,
    };
  });
}
