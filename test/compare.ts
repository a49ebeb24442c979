/** Comparing dumps with what the reference wrote: Python's JSON read without loss, and where two values differ. */

import { gzipSync } from 'node:zlib';
import { unpackEnvelopeSync } from '../src/envelope.js';
import { jsKernel } from '../src/kernel/js.js';
import { pyRepr } from '../src/python/repr.js';
import { isPyDict, isPyList, type PyValue } from '../src/python/value.js';

/** Reads JSON text as the library itself does: integers and floats apart. */
export function parsePyJson(text: string | Uint8Array): PyValue {
  return unpackEnvelopeSync(gzipSync(text, { level: 1 }), { kernel: jsKernel }).toPython();
}

/** The first difference between two values with its JSON pointer; undefined when they are the same. */
export function difference(
  actual: PyValue | undefined,
  expected: PyValue | undefined,
  pointer = '',
): string | undefined {
  const tell = () => `${pointer || '/'}: got ${show(actual)}, expected ${show(expected)}`;
  if (actual === undefined || expected === undefined) return actual === expected ? undefined : tell();
  if (actual === null || expected === null) return actual === expected ? undefined : tell();
  if (isPyList(actual) && isPyList(expected)) {
    for (let i = 0; i < Math.max(actual.length, expected.length); i++) {
      const found = difference(actual[i], expected[i], `${pointer}/${i}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (isPyDict(actual) && isPyDict(expected)) {
    for (const key of new Set([...expected.keys(), ...actual.keys()])) {
      const found = difference(actual.get(key), expected.get(key), `${pointer}/${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return Object.is(actual, expected) ? undefined : tell();
}

function show(value: PyValue | undefined): string {
  const text = value === undefined ? 'nothing' : pyRepr(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
