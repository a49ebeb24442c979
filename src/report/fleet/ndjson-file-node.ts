/** An index as lines of JSON: appended to while it is made, read back to go on with it. Node only. */

import { appendFile, type FileHandle, open, rename } from 'node:fs/promises';
import { isSystemError } from '../../files/node-directory.js';
import { plainJson } from '../json-pieces.js';
import { ForeignFileError } from './foreign-file.js';
import type { IndexRow } from './index-row.js';

/** Characters that are written together. */
const BATCH = 1 << 20;
const LINE_FEED = 0x0a;
/** How every row begins. */
const ROW_START = '{"source":"';

/** Appends rows; all of one source are given together. */
export async function appendRows(file: string, rows: readonly IndexRow[]): Promise<void> {
  await appendFile(file, rows.map(lineOf).join(''));
}

/**
 * The rows of a file in their order, none when there is no file. Lines that are no rows are left out: the last
 * one of a file that was being written to when the power failed.
 *
 * @throws ForeignFileError when the first line is none that {@link appendRows} began
 */
export async function* readRows(file: string): AsyncGenerator<IndexRow, void, void> {
  const handle = await openExisting(file);
  if (handle === undefined) return;
  let isFirst = true;
  // The lines close it.
  for await (const line of handle.readLines()) {
    if (isFirst && !line.startsWith(ROW_START.slice(0, line.length))) {
      throw new ForeignFileError(file, 'its lines are others');
    }
    isFirst = false;
    const row = parseRow(line);
    if (row !== undefined) yield row;
  }
}

/** Whether a file ends inside of a line, so that nothing can be appended to it. */
export async function isCutOff(file: string): Promise<boolean> {
  const handle = await openExisting(file);
  if (handle === undefined) return false;
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    return bytesRead === 1 && buffer[0] !== LINE_FEED;
  } finally {
    await handle.close();
  }
}

/** Replaces a file by one with these rows, at once. */
export async function writeRows(file: string, rows: AsyncIterable<IndexRow>): Promise<void> {
  const part = `${file}.part`;
  const handle = await open(part, 'w');
  try {
    let batch = '';
    for await (const row of rows) {
      batch += lineOf(row);
      if (batch.length < BATCH) continue;
      await handle.appendFile(batch);
      batch = '';
    }
    await handle.appendFile(batch);
  } finally {
    await handle.close();
  }
  await rename(part, file);
}

async function openExisting(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function lineOf(row: IndexRow): string {
  return `${plainJson(row)}\n`;
}

function parseRow(line: string): IndexRow | undefined {
  try {
    const row: Partial<IndexRow> | null = JSON.parse(line);
    const isRow = typeof row?.source === 'string' && typeof row.source_rows === 'number';
    return isRow ? (row as IndexRow) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
