/** From the bytes of a session to its document: the first three steps of peek and resume (spec `resume.md` 3). */

import { JsonDocument, type JsonValue } from './document/json-value.js';
import { CorruptedSessionError, DataError } from './errors.js';
import { blocksOf, bytesOf, type CommonOptions, type Input, resolveLimits } from './input.js';
import { chooseKernel, chooseKernelSync } from './kernel/choose.js';
import type { ScannedText, ScanOptions, ScanProgress } from './kernel/kernel.js';

/** What the caller will read of the document; see {@link ScanOptions}. */
export type ReadingPlan = Pick<ScanOptions, 'dropDepth' | 'decodeLogs'>;

/** Everything may be read, IO logs last. */
function wholeDocument({ logs }: CommonOptions): ReadingPlan {
  return { dropDepth: 5, decodeLogs: logs === 'eager' };
}

/** Longest time without giving the event loop a turn, in milliseconds. */
const TURN_MS = 12;

/**
 * Decompresses, decodes and parses a session; everything is validated, nothing is built.
 *
 * @returns the root value of the document, whatever its kind
 * @throws CorruptedSessionError with the precise reason as `cause`
 */
export async function unpackEnvelope(input: Input, options: CommonOptions = {}): Promise<JsonValue> {
  return (await openDocument(input, options)).root;
}

/** The synchronous twin of {@link unpackEnvelope}, for bytes in memory. */
export function unpackEnvelopeSync(input: Uint8Array | ArrayBuffer, options: CommonOptions = {}): JsonValue {
  return openDocumentSync(input, options).root;
}

export async function openDocument(
  input: Input,
  options: CommonOptions,
  plan: ReadingPlan = wholeDocument(options),
): Promise<JsonDocument> {
  const { signal } = options;
  signal?.throwIfAborted();
  const limits = resolveLimits(options.limits);
  try {
    const bytes = bytesOf(input);
    const blocks: Uint8Array[] = [];
    if (bytes !== undefined) blocks.push(bytes);
    else for await (const block of blocksOf(input, limits.inputBytes, options)) blocks.push(block);
    const size = blocks.reduce((sum, block) => sum + block.length, 0);
    const kernel = await chooseKernel(options.kernel ?? 'auto', size);
    const scan = kernel.begin({ limits, ...plan });
    for (const block of blocks) scan.push(block);
    return new JsonDocument(await drainInTurns(scan.finish(), options));
  } catch (error) {
    throw asCorrupted(error);
  }
}

export function openDocumentSync(
  input: Uint8Array | ArrayBuffer,
  options: CommonOptions,
  plan: ReadingPlan = wholeDocument(options),
): JsonDocument {
  const bytes = bytesOf(input);
  if (bytes === undefined) throw new TypeError('input must be a Uint8Array or an ArrayBuffer');
  const limits = resolveLimits(options.limits);
  try {
    const scan = chooseKernelSync(options.kernel ?? 'auto', bytes.length).begin({ limits, ...plan });
    scan.push(bytes);
    const steps = scan.finish();
    for (;;) {
      const step = steps.next();
      if (step.done) return new JsonDocument(step.value);
      options.onProgress?.(step.value);
    }
  } catch (error) {
    throw asCorrupted(error);
  }
}

async function drainInTurns(
  steps: Generator<ScanProgress, ScannedText, void>,
  { signal, onProgress }: CommonOptions,
): Promise<ScannedText> {
  for (let turnEnd = performance.now() + TURN_MS; ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    onProgress?.(step.value);
    if (performance.now() > turnEnd) {
      await nextTurn();
      turnEnd = performance.now() + TURN_MS;
    }
    signal?.throwIfAborted();
  }
}

/** Lets the event loop run; a message is not delayed as browsers delay timers. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** The documented error for a fault of the bytes; anything else as it is. */
function asCorrupted(error: unknown): unknown {
  if (!(error instanceof DataError)) return error;
  const { code, offset, expected, actual } = error;
  return new CorruptedSessionError(stageMessage(code), { code, offset, expected, actual, cause: error });
}

function stageMessage(code: DataError['code']): string {
  if (code === 'text-not-utf8') return 'Cannot decode session text';
  return code.startsWith('json-') ? 'Cannot interpret session JSON' : 'Cannot decompress session data';
}
