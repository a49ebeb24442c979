/** Worker threads that read sources. Node only. */

import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import { errorRow, type IndexRow, type IndexSource } from './index-row.js';

/** Reads sources, several at a time. */
export interface SourceReader {
  /** How many are read at a time. */
  readonly threads: number;
  /** Never rejects. */
  read(source: IndexSource): Promise<IndexRow[]>;
  close(): Promise<void>;
}

/** One thread for each processor. */
export function startPool(): SourceReader {
  const threads = availableParallelism();
  const pool = new Tinypool({
    filename: new URL('./index-source-node.js', import.meta.url).href,
    minThreads: 1,
    maxThreads: threads,
  });
  return {
    threads,
    async read(source) {
      try {
        return await pool.run(source);
      } catch (error) {
        // Whatever one source does to its worker, memory included, is no reason to stop at it.
        return [errorRow(source, 'worker-failed', error instanceof Error ? error.message : String(error))];
      }
    },
    close: () => pool.destroy(),
  };
}
