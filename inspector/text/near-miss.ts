/** What a file is that cannot be opened: told by its first bytes. */

import { nearMiss as nearMissOfBytes } from '../../src/wording/advice.js';

const BYTES = 64;

/** One sentence; undefined for what nobody knows. */
export async function nearMiss(file: Blob): Promise<string | undefined> {
  return nearMissOfBytes(new Uint8Array(await file.slice(0, BYTES).arrayBuffer()));
}
