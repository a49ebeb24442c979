/** Decompressing xz; what does it is loaded when it is needed, and brings WebAssembly of its own. */

import { faults } from '../kernel/faults.js';
import { concatenate } from '../kernel/js-gzip.js';

/** Data that is damaged, or that a decoder as small as this one does not take. */
export class XzError extends Error {
  override readonly name = 'XzError';
}

/** The codes of XZ Embedded (`enum xz_ret`), which the decoder puts into its messages. */
const REASONS: Readonly<Record<string, string>> = {
  '3': 'not enough memory',
  '4': 'a dictionary of more than 64 MiB',
  '5': 'not in xz format',
  '6': 'an option or a kind of check that is not supported',
  '7': 'damaged data',
  '8': 'cut off',
};

/**
 * The whole content.
 *
 * @param limit the most bytes to give
 * @throws XzError
 * @throws DataError `limit-text`
 */
export async function unxz(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const { XzReadableStream } = await import('./xz-decoder.js');
  const input = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const reader = new XzReadableStream(input).getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new XzError(reasonOf(error), { cause: error });
    });
    if (done) return concatenate(pieces, size);
    pieces.push(value);
    size += value.length;
    if (size > limit) {
      // The decoder serves one stream at a time.
      await reader.cancel();
      throw faults.textTooLong(limit);
    }
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return REASONS[/error code (\d+)$/.exec(message)?.[1] ?? ''] ?? message;
}
