/** Which kernel serves an input. */

import { jsKernel } from './js.js';
import type { Kernel } from './kernel.js';
import { setSha256 } from './sha256.js';
import { wasmKernel, wasmKernelSync } from './wasm.js';
import type { ModuleSource } from './wasm-module.js';

/** A given kernel, one by name, or the one that suits the size of the input. */
export type KernelChoice = Kernel | 'auto' | 'wasm' | 'js';

/**
 * Compressed bytes from which on WebAssembly is worth being compiled: below it, that costs more than the JS kernel
 * takes in a fresh process. Once compiled it is faster at every size. Measured by the size sweep of `bench/`, see
 * `docs/performance.md`.
 */
const WASM_FROM_BYTES = 1 << 10;

/** The kernel that {@link setKernel} gave, or the one of the embedded module once it is compiled. */
let ready: Kernel | undefined;
/** Why there is no WebAssembly here; asked for once. */
let refusal: unknown;

/**
 * Sets the kernel that `'auto'` and `'wasm'` mean from now on: a kernel, or a WebAssembly module of this package
 * (`plainbox-session/wasm`) as module, bytes, `Response`, or a promise of one.
 *
 * @throws (rejects with) what the engine throws when it cannot be compiled; nothing is changed then
 */
export async function setKernel(source: Kernel | ModuleSource | PromiseLike<ModuleSource>): Promise<void> {
  adopt(isKernel(source) ? source : await wasmKernel(source));
}

/** The kernel for a compressed input of `size` bytes. */
export async function chooseKernel(choice: KernelChoice, size: number): Promise<Kernel> {
  const settled = settle(choice, size);
  if (settled !== undefined) return settled;
  try {
    const kernel = await wasmKernel();
    // Another one may have been set meanwhile.
    return ready ?? adopt(kernel);
  } catch (error) {
    return refused(choice, error);
  }
}

/** As {@link chooseKernel}, compiling at once where that has not been done yet. */
export function chooseKernelSync(choice: KernelChoice, size: number): Kernel {
  const settled = settle(choice, size);
  if (settled !== undefined) return settled;
  try {
    return adopt(wasmKernelSync());
  } catch (error) {
    return refused(choice, error);
  }
}

/** Makes the kernel the one that is ready, also for whoever needs digests. */
function adopt(kernel: Kernel): Kernel {
  ready = kernel;
  setSha256((bytes) => kernel.sha256(bytes));
  return kernel;
}

/** The kernel where nothing has to be compiled for it. */
function settle(choice: KernelChoice, size: number): Kernel | undefined {
  if (typeof choice === 'object') return choice;
  if (choice === 'js') return jsKernel;
  if (ready !== undefined) return ready;
  const isWorthIt = choice === 'wasm' || (size >= WASM_FROM_BYTES && refusal === undefined);
  return isWorthIt ? undefined : jsKernel;
}

/** A content security policy, or no WebAssembly at all: `'auto'` goes on with the JS kernel. */
function refused(choice: KernelChoice, error: unknown): Kernel {
  refusal = error;
  if (choice === 'wasm') throw error;
  return jsKernel;
}

/**
 * Why the JS kernel serves large inputs, too: what the engine said when WebAssembly was refused, for example by a
 * content security policy. Undefined while nothing was refused.
 */
export function wasmRefusal(): string | undefined {
  return refusal === undefined ? undefined : refusal instanceof Error ? refusal.message : String(refusal);
}

function isKernel(source: object): source is Kernel {
  return 'begin' in source;
}
