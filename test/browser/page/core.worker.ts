/** Runs cases off the main thread. */

import { type CoreCase, outcomesOf } from './core-case.js';

addEventListener('message', async ({ data }: MessageEvent<{ item: CoreCase; kernel: 'js' | 'wasm' }>) => {
  postMessage(await outcomesOf(data.item, data.kernel));
});
