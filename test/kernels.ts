/** The kernels against which every suite of the hot path runs. */

import { jsKernel } from '../src/kernel/js.js';
import type { Kernel } from '../src/kernel/kernel.js';

export const kernels: readonly Kernel[] = [jsKernel];
