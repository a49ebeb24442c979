/** JSON of Python's dialect in a text: the field `siblings` and unit dumps. */

import { materialise } from '../document/materialise.js';
import { TextReader } from '../document/reader.js';
import { wholeText } from '../kernel/js.js';
import { scanJson } from '../kernel/js-scan.js';
import type { ResolvedLimits } from '../kernel/kernel.js';
import type { PyValue } from '../python/value.js';

const LIMITS: ResolvedLimits = {
  inputBytes: 2 ** 32 - 1,
  textBytes: 2 ** 32 - 1,
  depth: 1_000,
  integerDigits: 4_300,
};

/**
 * Integers become `bigint`, floats `number`.
 *
 * @throws DataError of a `json-*` code at the first fault
 */
export function parsePyJson(text: string): PyValue {
  const bytes = new TextEncoder().encode(text);
  const scan = scanJson(bytes, LIMITS);
  let step = scan.next();
  while (!step.done) step = scan.next();
  const { root, spans } = step.value;
  return materialise(new TextReader({ text: wholeText(bytes), spans }), root);
}
