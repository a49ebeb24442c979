import { describe, expect, it } from 'vitest';
import { type JsonValue, peek, peekSync, unpackEnvelopeSync } from '../../src/index.js';
import { pyRepr } from '../../src/python/repr.js';
import type { PyDict, PyValue } from '../../src/python/value.js';
import { difference, parsePyJson } from '../compare.js';
import { kernels } from '../kernels.js';
import { type CorpusFolder, corpus, corpusCases } from './corpus.js';
import {
  comparable,
  type HostileEntry,
  type Outcome,
  peekOutcome,
  refusal,
  sameMessage,
  verdictOf,
} from './outcome.js';

const cases = await corpusCases();
const hostile = (await corpus()).get('hostile')!;
const entries: readonly HostileEntry[] = JSON.parse(hostile.text('manifest.json')).entries;

/** What peek must give: what the reference gave, with the documented deviations. */
function expectation(folder: CorpusFolder): Outcome {
  const expected = comparable(parsePyJson(folder.bytes('expected-peek.json')));
  const { version } = folder.info;
  if (expected.has('error') && (expected.get('error') as PyDict).get('class') === 'TypeError') {
    // Deviation A: a list or an object as version is an unsupported version.
    const given = storedAt(folder, 'version');
    return refusal('peek', 'IncompatibleSessionError', `Unsupported version ${pyRepr(given ?? null)}`);
  }
  if (expected.has('metadata') && (version === 7 || version === 8)) {
    // Deviation B: peek of versions 7 and 8 restores the start time.
    const time = storedAt(folder, 'session', 'metadata', 'last_job_start_time');
    const metadata = new Map(expected.get('metadata') as PyDict);
    if (typeof time === 'number') metadata.set('last_job_start_time', time);
    expected.set('metadata', metadata);
  }
  return expected;
}

/** A value of the stored document. */
function storedAt(folder: CorpusFolder, ...keys: string[]): PyValue | undefined {
  const root = unpackEnvelopeSync(folder.bytes('session'), { kernel: 'js' });
  return keys.reduce<JsonValue | undefined>((value, key) => value?.get(key), root)?.toPython();
}

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

const ways: readonly [
  string,
  (bytes: Uint8Array, kernel: (typeof kernels)[number]) => ReturnType<typeof peek>,
][] = [
  ['synchronous bytes', async (bytes, kernel) => peekSync(bytes, { kernel })],
  ['bytes', (bytes, kernel) => peek(bytes, { kernel })],
  ['a Blob', (bytes, kernel) => peek(new Blob([bytes as Uint8Array<ArrayBuffer>]), { kernel })],
  ['1-byte pieces', (bytes, kernel) => peek(cut(bytes, 1), { kernel })],
  ['64 KiB pieces', (bytes, kernel) => peek(streamOf(cut(bytes, 65_536)), { kernel })],
];

describe.each(kernels.map((kernel) => [kernel.name, kernel] as const))('peek, kernel %s', (_name, kernel) => {
  it.each(ways)('gives the reference result for every case, from %s', async (_way, read) => {
    expect(cases.length).toBeGreaterThan(900);
    for (const folder of cases) {
      const actual = await peekOutcome(() => read(folder.bytes('session'), kernel));
      const expected = expectation(folder);
      expect(difference(actual, expected), folder.name).toBeUndefined();
    }
  });

  it.each(ways)('keeps the contract for every hostile input, from %s', async (way, read) => {
    expect(entries.length).toBeGreaterThan(600);
    for (const { file, note, contract, upstream } of entries) {
      const bytes = hostile.bytes(file);
      // A bomb in single bytes tells nothing new and takes long.
      if (way === '1-byte pieces' && bytes.length > 20_000) continue;
      const { verdict, message } = await verdictOf(() => read(bytes, kernel));
      expect(contract.peek, `${file} ${note}`).toContain(verdict);
      const { documented, message: expected } = upstream.peek;
      if (documented && expected !== undefined) {
        expect(sameMessage(message, expected), `${file} ${note}: ${message}`).toBe(true);
      }
    }
  });
});
