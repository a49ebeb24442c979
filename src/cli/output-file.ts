/** The option `-o`: where a new session goes. */

import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from './context.js';
import { UsageError } from './exit-codes.js';

export const OUTPUT_HELP = 'where the new session goes; - is standard output';

/**
 * Writes the bytes of a session. A file is there as a whole or not at all, and one that was there before is
 * replaced at once, so it may also be the file that was read.
 *
 * @param file path, or `-`
 * @throws UsageError when a terminal would get the bytes
 */
export async function writeSession(file: string, bytes: Uint8Array, { io, out }: Context): Promise<void> {
  if (file === '-') {
    if (out.isTTY)
      throw new UsageError('a session is no text for a terminal', 'Redirect it, or use -o FILE.');
    await out.write(bytes);
    return;
  }
  const target = resolve(io.cwd, file);
  const part = `${target}.${process.pid}.part`;
  try {
    await writeFile(part, bytes);
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
