/** The values of a document as the format knows them, each with the place in the text where it ends. */

import type { JsonValue } from '../../src/document/json-value.js';

export interface SessionValue {
  readonly path: string;
  /** The value as it stands in the text. */
  readonly text: string;
  /** Offset in the text from which on it is known to be complete: numbers need a byte behind them. */
  readonly end: number;
}

/**
 * Items of lists, checksums, metadata, members of results, records of logs, outputs of collectors, the version.
 *
 * @param root the root of a document
 */
export function* sessionValues(root: JsonValue): Generator<SessionValue, void, void> {
  const session = root.get('session')!;
  for (const key of ['desired_job_list', 'mandatory_job_list']) yield* each(session.get(key)!.items());
  yield* each(session.get('jobs')!.members().values());
  for (const field of session.get('metadata')!.members().values()) {
    yield* field.kind === 'array' ? each(field.items()) : each([field]);
  }
  for (const history of session.get('results')!.members().values()) {
    for (const result of history.items()) {
      for (const [key, member] of result.members()) {
        yield* key === 'io_log' ? each(member.items()) : each([member]);
      }
    }
  }
  yield* each(session.get('system_information')?.members().values() ?? []);
  yield* each([root.get('version')!]);
}

function* each(values: Iterable<JsonValue>): Generator<SessionValue, void, void> {
  for (const value of values) {
    const { path, offset, end, kind } = value;
    const text = new TextDecoder().decode(value.document.scanned.text.read(offset, end));
    const isNumber = kind === 'integer' || kind === 'float';
    yield { path, text, end: isNumber ? end + 1 : end };
  }
}
