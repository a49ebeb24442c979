/** Indexing thousands of sessions: one row for each result, in one file. Node only. */

import { discoverSources } from './discover-node.js';
import { IndexFile } from './index-file-node.js';
import type { IndexRow, IndexSource } from './index-row.js';
import { type SourceReader, startPool } from './pool-node.js';

export interface IndexOptions {
  /** From where relative paths count. */
  readonly cwd: string;
  /** Told after each source. */
  readonly onProgress?: ((totals: IndexTotals) => void) | undefined;
  /** Told of directories that cannot be read. */
  readonly onUnreadable?: ((error: Error) => void) | undefined;
  /** By default worker threads. */
  readonly reader?: SourceReader | undefined;
}

/** Numbers of sources and rows. */
export interface IndexTotals {
  readonly found: number;
  /** In the index from an earlier run. */
  readonly skipped: number;
  /** Indexed by this run. */
  readonly indexed: number;
  /** Of those, the ones that could not be read. */
  readonly failed: number;
  /** Written by this run. */
  readonly rows: number;
}

/** Sources for each thread that are read ahead of those that are written. */
const AHEAD = 4;

/**
 * Indexes what is found below the paths. Sources that the file holds already, unchanged, are skipped, but for
 * those that could not be read. Memory stays bounded: no more rows are held than those of the sources that are
 * being read.
 *
 * @param file `.parquet`, or lines of JSON
 * @throws ForeignFileError when the file is there and is no index
 * @throws Error of the file system when a path cannot be read or the file cannot be written
 */
export async function buildIndex(
  paths: readonly string[],
  file: string,
  { cwd, onProgress, onUnreadable = () => {}, reader }: IndexOptions,
): Promise<IndexTotals> {
  const index = await IndexFile.open(file);
  const sources = new Map<string, IndexSource>();
  for await (const source of discoverSources(paths, cwd, onUnreadable)) sources.set(source.source, source);
  const wanted = [...sources.values()].filter((source) => !index.holds(source));
  await index.forget(wanted);
  const totals = {
    found: sources.size,
    skipped: sources.size - wanted.length,
    indexed: 0,
    failed: 0,
    rows: 0,
  };
  onProgress?.({ ...totals });
  if (wanted.length > 0) {
    const pool = reader ?? startPool();
    try {
      for await (const rows of inOrder(wanted, pool)) {
        await index.append(rows);
        totals.indexed++;
        totals.rows += rows.length;
        if (rows[0]!.error_code !== null) totals.failed++;
        onProgress?.({ ...totals });
      }
    } finally {
      await pool.close();
    }
  }
  await index.finish();
  return totals;
}

/** The rows of the sources in their order, however long each of them takes. */
async function* inOrder(
  sources: readonly IndexSource[],
  reader: SourceReader,
): AsyncGenerator<readonly IndexRow[], void, void> {
  const pending: Promise<readonly IndexRow[]>[] = [];
  for (const source of sources) {
    pending.push(reader.read(source));
    if (pending.length >= reader.threads * AHEAD) yield await pending.shift()!;
  }
  for (const rows of pending) yield await rows;
}
