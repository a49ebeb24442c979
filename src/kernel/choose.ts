/** Which kernel serves an input. */

import { jsKernel } from './js.js';
import type { Kernel } from './kernel.js';

/** The kernel for a compressed input of `size` bytes. */
export function chooseKernel(choice: Kernel | 'auto' | 'wasm' | 'js', _size: number): Kernel {
  if (typeof choice === 'object') return choice;
  return jsKernel;
}
