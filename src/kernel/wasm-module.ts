/**
 * The only file that knows WebAssembly: which build runs here, compilation, instances and their memory.
 *
 * Nothing is compiled before it is asked for. Where WebAssembly is refused (a content security policy) or absent,
 * these functions throw what the engine throws, and the caller falls back to the JS kernel.
 */

import { scalar, simd } from './embedded.js';

type Value = WebAssembly.Global<'i32'>;

/** The memory map of `assembly/layout.ts`, and which build it is: addresses and sizes in bytes. */
export interface Layout {
  /** 1 in the SIMD build. */
  readonly SIMD: number;
  readonly INPUT: number;
  readonly INPUT_BYTES: number;
  readonly TEXT: number;
  readonly HISTORY_BYTES: number;
  readonly STEP_BYTES: number;
  readonly MEMBERS: number;
  readonly SPANS: number;
  readonly LOGS: number;
  readonly DELAYS: number;
  readonly ODD_DELAYS: number;
  readonly SHAPES: number;
  readonly LONG_SHAPES: number;
  readonly PAYLOADS: number;
}

/** What `assembly/index.ts` exports besides; addresses and u32 results come as signed numbers. */
export interface Exports extends WebAssembly.Exports {
  readonly memory: WebAssembly.Memory;

  begin(
    textLimit: number,
    depthLimit: number,
    integerDigits: number,
    decodeLogs: boolean,
    indexDepth: number,
  ): void;
  setWindow(base: number, end: number, beyond: number): void;
  step(): number;
  nextStep(): void;
  textEnd(): number;
  textPosition(): number;
  scanned(): number;
  textShift(): number;
  inputAddress(): number;
  openCount(): number;
  openStart(depth: number): number;
  rootPosition(): number;

  memberCount(): number;
  spanCount(): number;
  logCount(): number;
  recordCount(): number;
  oddDelayCount(): number;
  openDelayCount(): number;
  longShapeCount(): number;
  payloadSize(): number;

  isFaulty(): number;
  readonly envelopeFault: Value;
  readonly envelopeOffset: WebAssembly.Global<'f64'>;
  readonly envelopeDetail: Value;
  readonly envelopeStored: Value;
  readonly memberOffset: WebAssembly.Global<'f64'>;
  readonly textFault: Value;
  readonly textOffset: Value;
  readonly jsonFault: Value;
  readonly jsonOffset: Value;
  readonly jsonDetail: Value;

  isCheckPoint(): number;
  symbolPosition(): number;
  headerPosition(): number;
  memberPosition(): number;
  storedRemaining(): number;
  replayHeader(bit: number): void;
  replay(bit: number, between: boolean, stored: number, member: number, position: number): void;
  replayAll(): void;

  startLog(position: number, decodeLogs: boolean, integerDigits: number): void;
  logText(): number;
  readLog(bytes: number, last: boolean): void;
  nextLogPiece(): void;

  startDigest(): void;
  updateDigest(bytes: number): void;
  finishDigest(at: number, rest: number): void;
  compareDigests(rows: number): number;
}

/** One instance with its memory seen as bytes; each document has its own. */
export class Instance {
  readonly exports: Exports;
  readonly layout: Layout;
  #bytes: Uint8Array;

  constructor(module: WebAssembly.Module) {
    this.exports = new WebAssembly.Instance(module).exports as Exports;
    this.layout = layoutOf(this.exports);
    this.#bytes = new Uint8Array(this.exports.memory.buffer);
  }

  /** All of the memory. A step may grow it, which makes views useless: they are made anew here. */
  get bytes(): Uint8Array {
    if (this.#bytes.length === 0) this.#bytes = new Uint8Array(this.exports.memory.buffer);
    return this.#bytes;
  }

  /** `length` bytes from an address on. */
  view(address: number, length: number): Uint8Array {
    return this.bytes.subarray(address, address + length);
  }

  words(address: number, length: number): Uint32Array {
    return new Uint32Array(this.exports.memory.buffer, address, length);
  }

  halves(address: number, length: number): Uint16Array {
    return new Uint16Array(this.exports.memory.buffer, address, length);
  }

  doubles(address: number, length: number): Float64Array {
    return new Float64Array(this.exports.memory.buffer, address, length);
  }
}

/** The exported constants: to read one takes longer than to call a function. */
function layoutOf(exports: Exports): Layout {
  const constants = Object.entries(exports).flatMap(([name, value]) =>
    name === name.toUpperCase() && value instanceof WebAssembly.Global ? [[name, value.value]] : [],
  );
  return Object.fromEntries(constants);
}

/** The smallest module with a SIMD instruction: `i8x16.splat` and `drop` in one function. */
const SIMD_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 4, 1, 96, 0, 0],
  ...[3, 2, 1, 0],
  ...[10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11],
);

interface NodeBuffer {
  from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer>;
}

/** Bytes of the embedded build that this engine can run best. */
function embeddedBytes(): Uint8Array<ArrayBuffer> {
  const text = WebAssembly.validate(SIMD_PROBE) ? simd : scalar;
  // Before anything is compiled the loop below would be most of the first opening's time. Only Node has a Buffer;
  // asked for like this, bundlers do not bring one along.
  const { Buffer } = globalThis as { readonly Buffer?: NodeBuffer };
  if (Buffer !== undefined) return Buffer.from(text, 'base64');
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

let embedded: WebAssembly.Module | undefined;
let compiling: Promise<WebAssembly.Module> | undefined;

/** The embedded module, compiled at the first call. */
export function embeddedModule(): WebAssembly.Module {
  embedded ??= new WebAssembly.Module(embeddedBytes());
  return embedded;
}

/** As {@link embeddedModule}, without blocking. */
export async function compileEmbedded(): Promise<WebAssembly.Module> {
  if (embedded !== undefined) return embedded;
  compiling ??= WebAssembly.compile(embeddedBytes());
  embedded = await compiling;
  return embedded;
}

/** A module of one of the two builds, or where to get it. */
export type ModuleSource = WebAssembly.Module | Response | BufferSource;

export async function compileSource(
  source: ModuleSource | PromiseLike<ModuleSource>,
): Promise<WebAssembly.Module> {
  const given = await source;
  if (given instanceof WebAssembly.Module) return given;
  if (given instanceof Response) return WebAssembly.compileStreaming(given);
  return WebAssembly.compile(given);
}
