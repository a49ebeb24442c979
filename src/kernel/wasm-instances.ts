/**
 * Who has which instance. Making one costs more than a small session takes, so that one which nobody needs any
 * more waits for the next document; no two documents ever have the same at a time.
 */

import { Instance } from './wasm-module.js';

/** The instances of one module; at most one of them waits, about 3 MB of memory. */
export class Instances {
  readonly #module: WebAssembly.Module;
  readonly #memoryBytes: number;
  #idle: Instance | undefined;
  /** Whether this is the SIMD build. */
  readonly simd: boolean;

  constructor(module: WebAssembly.Module) {
    this.#module = module;
    const first = new Instance(module);
    this.#memoryBytes = first.bytes.length;
    this.simd = first.layout.SIMD !== 0;
    this.#idle = first;
  }

  /** An instance as new, to be given back when its state is of no use any more. */
  take(): Instance {
    const instance = this.#idle ?? new Instance(this.#module);
    this.#idle = undefined;
    instance.exports.begin(0, 0, 0, false, 0);
    return instance;
  }

  /** Nobody may hold views of it any more. One whose memory has grown is left to the garbage collector. */
  give(instance: Instance): void {
    if (instance.bytes.length === this.#memoryBytes) this.#idle = instance;
  }

  /** Does something that leaves nothing behind. */
  use<T>(action: (instance: Instance) => T): T {
    const instance = this.take();
    try {
      return action(instance);
    } finally {
      this.give(instance);
    }
  }
}

/** A document's hold on an instance of its own, for as long as it needs its state. */
export class Lease {
  readonly #instances: Instances;
  #own: Instance | undefined;

  constructor(instances: Instances) {
    this.#instances = instances;
  }

  get isHeld(): boolean {
    return this.#own !== undefined;
  }

  /** The instance; one as new, if the lease has not begun or has ended. */
  get instance(): Instance {
    this.#own ??= this.#instances.take();
    return this.#own;
  }

  /** Does something that needs no state: with the own instance, or with any when there is none. */
  use<T>(action: (instance: Instance) => T): T {
    return this.#own === undefined ? this.#instances.use(action) : action(this.#own);
  }

  end(): void {
    if (this.#own === undefined) return;
    this.#instances.give(this.#own);
    this.#own = undefined;
  }
}
