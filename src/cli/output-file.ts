/** The option `-o`: where a new session or a report goes. A file is there as a whole or not at all. */

import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isSystemError } from '../files/node-directory.js';
import type { Context } from './context.js';
import { UsageError } from './exit-codes.js';

export const OUTPUT_HELP = 'where the new session goes; - is standard output';

/**
 * Writes the bytes of a session. A file that was there before is replaced at once, so it may also be the file that
 * was read.
 *
 * @param file path, or `-`
 * @throws UsageError when a terminal would get the bytes
 */
export async function writeSession(file: string, bytes: Uint8Array, { io, out }: Context): Promise<void> {
  if (file !== '-') return replaceFile(resolve(io.cwd, file), (handle) => handle.writeFile(bytes));
  if (out.isTTY) throw new UsageError('a session is no text for a terminal', 'Redirect it, or use -o FILE.');
  await out.write(bytes);
}

/**
 * Writes the pieces of a text as they come.
 *
 * @param file path; undefined or `-` for standard output
 * @returns bytes written
 */
export async function writeText(
  file: string | undefined,
  pieces: AsyncIterable<string>,
  { io, out }: Context,
): Promise<number> {
  let size = 0;
  const writeTo = async (write: (bytes: Uint8Array) => Promise<void>) => {
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece);
      size += bytes.length;
      await write(bytes);
    }
  };
  if (file === undefined || file === '-') await writeTo((bytes) => out.write(bytes));
  else await replaceFile(resolve(io.cwd, file), (handle) => writeTo((bytes) => handle.appendFile(bytes)));
  return size;
}

async function replaceFile(target: string, write: (handle: FileHandle) => Promise<void>): Promise<void> {
  const part = `${target}.${process.pid}.part`;
  try {
    const handle = await open(part, 'w');
    try {
      await write(handle);
    } finally {
      await handle.close();
    }
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    // Nobody has heard of the part.
    if (isSystemError(error)) error.path = target;
    throw error;
  }
}
