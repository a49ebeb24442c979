/** Writing text that comes in pieces to a file, or to standard output. */

import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from './context.js';

/**
 * Writes the pieces as they come. A file is there as a whole or not at all.
 *
 * @param file path; undefined or `-` for standard output
 * @returns bytes written
 */
export async function writeTextFile(
  file: string | undefined,
  pieces: AsyncIterable<string>,
  { io, out }: Context,
): Promise<number> {
  let size = 0;
  const encode = (piece: string) => {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    return bytes;
  };
  if (file === undefined || file === '-') {
    for await (const piece of pieces) await out.write(encode(piece));
    return size;
  }
  const target = resolve(io.cwd, file);
  const part = `${target}.${process.pid}.part`;
  try {
    const handle = await open(part, 'w');
    try {
      for await (const piece of pieces) await handle.appendFile(encode(piece));
    } finally {
      await handle.close();
    }
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return size;
}
