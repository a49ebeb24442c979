/** The WebAssembly kernel: for large sessions. See `assembly/index.ts` for what happens inside. */

import { faults } from './faults.js';
import { decodeFileName, FILE_NAME_BYTES } from './file-name.js';
import {
  indexDepthFor,
  type Kernel,
  type Member,
  type RecordTable,
  type Scan,
  type ScannedText,
  type ScanOptions,
  type ScanProgress,
  SPAN_DEPTH,
  type SpanIndex,
  type TextSource,
} from './kernel.js';
import { envelopeError, textError } from './wasm-faults.js';
import { CompressedInput } from './wasm-input.js';
import { Instances, Lease } from './wasm-instances.js';
import { Logs } from './wasm-logs.js';
import {
  compileEmbedded,
  compileSource,
  embeddedModule,
  type Instance,
  type ModuleSource,
} from './wasm-module.js';
import { Replay, SPACING, WIDE_SPACING } from './wasm-replay.js';
import { SpanTable } from './wasm-spans.js';
import { KEPT_BYTES, KeptText } from './wasm-text.js';

const MAX_U32 = 0xffffffff;
const DIGEST_BYTES = 32;
const MEMBER_DOUBLES = 8;
/** Text between two pauses of a scan, in bytes. */
const PAUSE_BYTES = 4 << 20;

/** What a step ended with. */
const STARVED = 1;
const ENDED = 2;
const FAULT = 3;

/**
 * The kernel of the embedded module, compiled at the first call.
 *
 * @throws whatever the engine throws where WebAssembly is absent or refused
 */
export function wasmKernelSync(): Kernel {
  return kernelOf(embeddedModule());
}

/**
 * The kernel of the embedded module, or of one that the caller has.
 *
 * @throws whatever the engine throws where WebAssembly is absent or refused
 */
export async function wasmKernel(source?: ModuleSource | PromiseLike<ModuleSource>): Promise<Kernel> {
  return kernelOf(await (source === undefined ? compileEmbedded() : compileSource(source)));
}

const kernels = new WeakMap<WebAssembly.Module, Kernel>();

function kernelOf(module: WebAssembly.Module): Kernel {
  let kernel = kernels.get(module);
  if (kernel === undefined) {
    kernel = new WasmKernel(module);
    kernels.set(module, kernel);
  }
  return kernel;
}

class WasmKernel implements Kernel {
  readonly name: 'wasm-simd' | 'wasm';
  readonly #instances: Instances;

  constructor(module: WebAssembly.Module) {
    this.#instances = new Instances(module);
    this.name = this.#instances.simd ? 'wasm-simd' : 'wasm';
  }

  begin(options: ScanOptions): Scan {
    return new WasmScan(this.#instances, this.name, options);
  }

  sha256(bytes: Uint8Array): Uint8Array {
    return this.#instances.use((instance) => sha256(instance, bytes));
  }

  differingDigests(left: Uint8Array, right: Uint8Array): Uint32Array {
    return this.#instances.use((instance) => differingDigests(instance, left, right));
  }
}

function sha256(instance: Instance, bytes: Uint8Array): Uint8Array {
  const { exports, layout } = instance;
  const window = instance.view(layout.INPUT, layout.INPUT_BYTES);
  exports.startDigest();
  let at = 0;
  for (; ; at += window.length) {
    const piece = bytes.subarray(at, at + window.length);
    window.set(piece);
    exports.updateDigest(piece.length);
    if (piece.length < window.length) {
      const rest = piece.length % 64;
      exports.finishDigest(piece.length - rest, rest);
      return window.slice(0, DIGEST_BYTES);
    }
  }
}

function differingDigests(instance: Instance, left: Uint8Array, right: Uint8Array): Uint32Array {
  const { exports, layout } = instance;
  const window = instance.view(layout.INPUT, layout.INPUT_BYTES);
  const most = window.length / 2;
  const rows: number[] = [];
  for (let at = 0; at < left.length; at += most) {
    const piece = left.subarray(at, at + most);
    window.set(piece);
    window.set(right.subarray(at, at + most), piece.length);
    const count = exports.compareDigests(piece.length / DIGEST_BYTES);
    for (const row of instance.words(layout.INPUT, count)) rows.push(at / DIGEST_BYTES + row);
  }
  return Uint32Array.from(rows);
}

type Facts = Pick<ScannedText, 'kernel' | 'members' | 'root' | 'spans'>;

class WasmText implements ScannedText {
  readonly kernel: ScannedText['kernel'];
  readonly members: ScannedText['members'];
  readonly root: number;
  readonly spans: SpanIndex;
  readonly #lease: Lease;
  /** The text and its logs, which hold the input, until disposal. */
  #held: { readonly text: KeptText; readonly logs: Logs } | undefined;

  constructor(facts: Facts, lease: Lease, text: KeptText, logs: Logs) {
    this.#lease = lease;
    this.kernel = facts.kernel;
    this.members = facts.members;
    this.root = facts.root;
    this.spans = facts.spans;
    this.#held = { text, logs };
  }

  get text(): TextSource {
    return this.#hold().text;
  }

  countRecords(start: number, end: number): number {
    const { text, logs } = this.#hold();
    return logs.count(text, start, end);
  }

  decodeRecords(start: number, end: number): RecordTable {
    const { text, logs } = this.#hold();
    return logs.decode(text, start, end);
  }

  dispose(): void {
    this.#held = undefined;
    this.#lease.end();
  }

  #hold() {
    if (this.#held === undefined) throw new Error('this document was disposed of');
    return this.#held;
  }
}

class WasmScan implements Scan {
  readonly #instances: Instances;
  readonly #name: 'wasm-simd' | 'wasm';
  readonly #options: ScanOptions;
  readonly #input = new CompressedInput();
  readonly #members: Member[] = [];

  constructor(instances: Instances, name: 'wasm-simd' | 'wasm', options: ScanOptions) {
    this.#instances = instances;
    this.#name = name;
    this.#options = options;
  }

  push(chunk: Uint8Array): void {
    const { inputBytes } = this.#options.limits;
    if (this.#input.length + chunk.length > inputBytes) throw faults.inputTooLong(inputBytes);
    this.#input.push(chunk);
  }

  *finish(): Generator<ScanProgress, ScannedText, void> {
    const lease = new Lease(this.#instances);
    try {
      return yield* this.#scan(lease);
    } finally {
      // Dropped text is made again from a check point, in whatever instance there is then.
      lease.end();
    }
  }

  *#scan(lease: Lease): Generator<ScanProgress, ScannedText, void> {
    const { limits, dropDepth, decodeLogs } = this.#options;
    const { instance } = lease;
    const { exports } = instance;
    const input = this.#input;
    const indexDepth = indexDepthFor(dropDepth);
    exports.begin(
      Math.min(limits.textBytes, MAX_U32),
      Math.min(limits.depth, MAX_U32),
      Math.min(limits.integerDigits, MAX_U32),
      decodeLogs,
      indexDepth,
    );
    const drops = dropDepth <= SPAN_DEPTH;
    // Somebody reads inside of results, and their logs from dropped text.
    const isReread = !decodeLogs && indexDepth === SPAN_DEPTH;
    const replay = new Replay(lease, input, isReread ? SPACING : WIDE_SPACING);
    const hint = input.textBytesHint();
    const text = new KeptText(replay, drops ? Math.min(hint, KEPT_BYTES) : hint);
    const spans = new SpanTable();
    const logs = new Logs(lease, limits.integerDigits, decodeLogs ? hint : undefined);
    let pauseAt = PAUSE_BYTES;
    input.seek(instance, 0);
    for (;;) {
      const status = exports.step();
      if (status === STARVED) {
        input.advance(instance);
        continue;
      }
      if (status === FAULT) throw envelopeError(exports, input.length);
      this.#addMembers(instance);
      const position = exports.textPosition();
      if (!exports.isFaulty()) {
        const closed = spans.add(instance, dropDepth);
        const open =
          drops && exports.openCount() > dropDepth ? exports.openStart(dropDepth) >>> 0 : undefined;
        const shift = exports.textShift();
        const scanned = status === ENDED ? position : (exports.scanned() - shift) >>> 0;
        const read = (start: number, end: number) => instance.view((start + shift) >>> 0, end - start);
        text.add({ end: scanned, read, closed, open });
        logs.add();
        if (drops && status !== ENDED) replay.consider(position);
      }
      if (status === ENDED) break;
      exports.nextStep();
      if (position > pauseAt) {
        yield { stage: 'inflate', loaded: input.position(instance), total: input.length };
        pauseAt = position + PAUSE_BYTES;
      }
    }
    const error = textError(exports, limits);
    if (error !== undefined) throw error;
    const root = exports.rootPosition() >>> 0;
    const kernel = this.#name;
    return new WasmText({ kernel, members: this.#members, root, spans: spans.finish() }, lease, text, logs);
  }

  #addMembers(instance: Instance): void {
    const { exports, layout } = instance;
    const count = exports.memberCount();
    if (count === 0) return;
    const doubles = instance.doubles(layout.MEMBERS, count * MEMBER_DOUBLES);
    const words = instance.words(layout.MEMBERS, count * MEMBER_DOUBLES * 2);
    for (let i = 0; i < doubles.length; i += MEMBER_DOUBLES) {
      const nameStart = doubles[i + 5]!;
      this.#members.push({
        offset: doubles[i]!,
        headerBytes: doubles[i + 1]!,
        memberBytes: doubles[i + 2]!,
        textOffset: doubles[i + 3]!,
        textBytes: doubles[i + 4]!,
        crc32: words[2 * i + 14]!,
        mtime: words[2 * i + 15]!,
        fileName: nameStart < 0 ? undefined : this.#fileName(nameStart, doubles[i + 6]!),
      });
    }
  }

  #fileName(start: number, length: number): string {
    const bytes = new Uint8Array(Math.min(length, FILE_NAME_BYTES));
    this.#input.copy(start, start + bytes.length, bytes);
    return decodeFileName(bytes);
  }
}
