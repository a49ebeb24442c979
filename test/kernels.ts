/** The kernels against which every suite of the hot path runs. */

import { scalar, simd } from '../src/kernel/embedded.js';
import { jsKernel } from '../src/kernel/js.js';
import type { Kernel } from '../src/kernel/kernel.js';
import { wasmKernel } from '../src/kernel/wasm.js';

export const kernels: readonly Kernel[] = [
  jsKernel,
  await wasmKernel(Buffer.from(simd, 'base64')),
  await wasmKernel(Buffer.from(scalar, 'base64')),
];
