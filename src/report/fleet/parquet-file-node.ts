/** An index as an Apache Parquet file, for DuckDB, Spark and the like. Node only. */

import { rename } from 'node:fs/promises';
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
} from 'hyparquet';
import { type ColumnSource, fileWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { isSystemError } from '../../files/node-directory.js';
import { ForeignFileError } from './foreign-file.js';
import type { IndexRow } from './index-row.js';

/** Rows in memory at a time, and rows of a row group. */
const GROUP_ROWS = 20_000;

type ColumnType = 'STRING' | 'INT32' | 'INT64' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP';

/** The columns in their order. */
const COLUMNS: Readonly<Record<keyof IndexRow, ColumnType>> = {
  source: 'STRING',
  session: 'STRING',
  test_plan: 'STRING',
  version: 'INT32',
  saved_at: 'TIMESTAMP',
  job: 'STRING',
  attempt: 'INT32',
  is_last: 'BOOLEAN',
  status: 'STRING',
  outcome: 'STRING',
  duration: 'DOUBLE',
  return_code: 'INT64',
  first_failing_line: 'STRING',
  comments: 'STRING',
  problems: 'INT32',
  error_code: 'STRING',
  error: 'STRING',
  source_bytes: 'INT64',
  source_mtime: 'TIMESTAMP',
  source_rows: 'INT32',
};
const NAMES = Object.keys(COLUMNS) as readonly (keyof IndexRow)[];

/** Replaces a file by one with these rows, at once. */
export async function writeParquet(file: string, rows: AsyncIterable<IndexRow>): Promise<void> {
  const part = `${file}.part`;
  const writer = new ParquetWriter({
    writer: fileWriter(part),
    schema: schemaFromColumnData({ columnData: columnData([]) }),
    createdBy: 'plainbox-session',
  });
  let group: IndexRow[] = [];
  const flush = async () => {
    await writer.write({ columnData: columnData(group), rowGroupSize: GROUP_ROWS });
    group = [];
  };
  for await (const row of rows) if (group.push(row) === GROUP_ROWS) await flush();
  if (group.length > 0) await flush();
  await writer.finish();
  await rename(part, file);
}

/**
 * The rows of a file in their order, none when there is no file or nothing in it.
 *
 * @throws ForeignFileError when the file was not written by {@link writeParquet}
 */
export async function* readParquet(path: string): AsyncGenerator<IndexRow, void, void> {
  const file = await bufferOf(path);
  if (file === undefined || file.byteLength === 0) return;
  const metadata = await metadataOf(file, path);
  const total = Number(metadata.num_rows);
  for (let start = 0; start < total; start += GROUP_ROWS) {
    const rowEnd = Math.min(start + GROUP_ROWS, total);
    for (const stored of await parquetReadObjects({ file, metadata, rowStart: start, rowEnd })) {
      yield Object.fromEntries(NAMES.map((name) => [name, fromStored(stored[name])])) as unknown as IndexRow;
    }
  }
}

async function bufferOf(path: string): Promise<AsyncBuffer | undefined> {
  try {
    return await asyncBufferFromFile(path);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function metadataOf(file: AsyncBuffer, path: string): Promise<FileMetaData> {
  const metadata = await parquetMetadataAsync(file).catch((error: unknown) => {
    if (isSystemError(error)) throw error;
    throw new ForeignFileError(path, 'it cannot be read as Parquet', error);
  });
  const columns = metadata.schema.slice(1).map(({ name }) => name);
  if (columns.join() !== NAMES.join()) throw new ForeignFileError(path, 'it has other columns');
  return metadata;
}

function columnData(rows: readonly IndexRow[]): ColumnSource[] {
  return NAMES.map((name) => {
    const type = COLUMNS[name];
    return { name, type, nullable: true, data: rows.map((row) => toStored(row[name], type)) };
  });
}

function toStored(value: IndexRow[keyof IndexRow], type: ColumnType) {
  if (value === null) return null;
  if (type === 'INT64') return BigInt(value);
  return type === 'TIMESTAMP' ? new Date(Number(value)) : value;
}

function fromStored(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.getTime();
  return value ?? null;
}
