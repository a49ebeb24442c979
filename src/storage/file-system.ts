/** The operations on which a save rests; tests put a failing one in their place. */

import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';

export type OpenFile = Pick<FileHandle, 'fd' | 'write' | 'sync' | 'stat' | 'close'>;

export interface FileSystem {
  open(path: string, flags: number, mode?: number): Promise<OpenFile>;
  readonly stat: typeof stat;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

export const nodeFileSystem: FileSystem = { open, stat, rename, unlink };
