/**
 * Differential fuzzing: both WebAssembly builds against the JS kernel, and all of them against simdjson, on
 * mutated archives and mutated documents. `FUZZ_MINUTES` sets how long; the seed is printed and can be given.
 */

import { readFileSync } from 'node:fs';
import { constants, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Simdjson } from '../../bench/simdjson/simdjson.js';
import { materialise } from '../../src/document/materialise.js';
import { TextReader } from '../../src/document/reader.js';
import type { Kernel } from '../../src/kernel/kernel.js';
import type { PyValue } from '../../src/python/value.js';
import { isPyDict, isPyList } from '../../src/python/value.js';
import { difference } from '../compare.js';
import { generator, jsKernel, KEEP_ALL, outcome, sampleText, scan, wasmKernels } from './wasm-support.js';

const minutes = Number(process.env.FUZZ_MINUTES ?? 10);
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const next = generator(seed);

const wasm = readFileSync(new URL('../../bench/simdjson/simdjson.wasm', import.meta.url));
const simdjson = new Simdjson(new WebAssembly.Module(wasm));

const strategies = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_FIXED,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
] as const;

/** Pieces of JSON that meet the tokenizer's rare paths. */
const PIECES = [
  '\\u00e9',
  '\\ud800',
  '\\ud83c\\udf89',
  '\\"',
  '\\x',
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '-',
  '0',
  '1e5',
  '-0.0',
  '1E+400',
  '123456789012345678901234',
  'NaN',
  'Infinity',
  '-Infinity',
  'true',
  'null',
  ' ',
  '\n',
  '\t',
  '\u00e9',
  '\u{1f389}',
  '\u0001',
  '\ufeff',
  '[0.5,"stdout","YWJj"],',
  '"io_log":[',
  '='.repeat(3),
];

function mutate(bytes: Uint8Array): Uint8Array {
  let mutated = Uint8Array.from(bytes);
  for (let changes = 1 + next(3); changes > 0; changes--) {
    const at = next(mutated.length);
    switch (next(4)) {
      case 0:
        mutated[at] = next(256);
        break;
      case 1:
        mutated[at]! ^= 1 << next(8);
        break;
      case 2:
        mutated = mutated.slice(0, at + 1);
        break;
      default: {
        const piece = Buffer.from(PIECES[next(PIECES.length)]!);
        mutated = new Uint8Array(Buffer.concat([mutated.subarray(0, at), piece, mutated.subarray(at)]));
      }
    }
  }
  return mutated;
}

function archive(text: Uint8Array): Uint8Array {
  const level = [0, 1, 6, 9][next(4)]!;
  return new Uint8Array(gzipSync(text, { level, strategy: strategies[next(4)]! }));
}

/** Of every array and object that is indexed: the records and their payloads where it is a canonical log. */
function logs(kernel: Kernel, input: Uint8Array, decodeLogs: boolean): unknown {
  const scanned = scan(kernel, [input], { decodeLogs });
  const { starts, ends } = scanned.spans;
  return Array.from(starts, (start, row) => {
    const count = scanned.countRecords(start, ends[row]!);
    if (count < 0) return count;
    const { delays, streams, data } = scanned.decodeRecords(start, ends[row]!);
    return [count, `${delays}`, `${streams}`, Buffer.from(data).toString('latin1')];
  });
}

/** Whether a value has what simdjson's dialect refuses (see its wrapper). */
function beyondRfc(value: PyValue): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value === 'bigint') return value > 2n ** 64n - 1n || value < -(2n ** 63n);
  if (typeof value === 'string') return /\p{Cs}/u.test(value);
  if (value === null || typeof value === 'boolean') return false;
  if (isPyList(value)) return value.some(beyondRfc);
  return isPyDict(value) && [...value].some(([key, item]) => beyondRfc(key) || beyondRfc(item));
}

it(`all tokenizers agree for ${minutes} minutes (seed ${seed})`, () => {
  const seeds = Array.from({ length: 6 }, (_, i) => Buffer.from(sampleText(seed + i, i * i * 3)));
  const end = performance.now() + minutes * 60_000;
  let archives = 0;
  let documents = 0;
  let judged = 0;
  while (performance.now() < end) {
    const text = seeds[next(seeds.length)]!;
    const damaged = mutate(archive(text.subarray(0, 1 + next(text.length))));
    const expected = outcome(jsKernel, [damaged]);
    for (const kernel of wasmKernels) expect(outcome(kernel, [damaged])).toStrictEqual(expected);
    archives++;

    const document = mutate(text);
    const whole = new Uint8Array(gzipSync(document, { level: next(2) }));
    const plan = { dropDepth: [2, 5, KEEP_ALL][next(3)]! };
    const verdict = outcome(jsKernel, [whole], plan);
    for (const kernel of wasmKernels) expect(outcome(kernel, [whole], plan)).toStrictEqual(verdict);
    documents++;

    const accepted = !(typeof verdict === 'object' && verdict !== null && 'code' in verdict);
    const judgement = simdjson.validate(document);
    if (!accepted) {
      expect(judgement, Buffer.from(document).toString('latin1')).not.toBe('SUCCESS');
      continue;
    }
    const records = logs(jsKernel, whole, false);
    const decodeLogs = next(2) === 0;
    for (const kernel of wasmKernels) expect(logs(kernel, whole, decodeLogs)).toStrictEqual(records);
    const scanned = scan(jsKernel, [whole]);
    const value = materialise(new TextReader(scanned), scanned.root);
    if (judgement === 'SUCCESS') {
      expect(difference(simdjson.value(), value)).toBeUndefined();
      judged++;
    } else {
      // A duplicate key may hide what simdjson refused, so the text decides, not the value alone.
      const suspicious =
        beyondRfc(value) ||
        /\\u[dD][89a-fA-F]|NaN|Infinity|\d{19}|[eE]/.test(Buffer.from(document).toString('latin1'));
      expect(suspicious, `${judgement}: ${Buffer.from(document).toString('latin1')}`).toBe(true);
    }
  }
  console.log(`${archives} archives, ${documents} documents, ${judged} of them read by simdjson as well`);
  expect(judged).toBeGreaterThan(0);
});
