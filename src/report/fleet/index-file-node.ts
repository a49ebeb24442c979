/**
 * The file that an index goes to. What is indexed is on disk at once, so that a run that is broken off is gone on
 * with. Parquet files cannot be appended to: rows wait in a file of lines beside them until the run ends. Node
 * only.
 */

import { rm } from 'node:fs/promises';
import { HeldSources } from './held-sources.js';
import type { IndexRow, IndexSource } from './index-row.js';
import { appendRows, isCutOff, readRows, writeRows } from './ndjson-file-node.js';
import { readParquet, writeParquet } from './parquet-file-node.js';

export class IndexFile {
  /** The finished Parquet file; undefined for an index of lines. */
  readonly #parquet: string | undefined;
  /** Where rows are appended. What it holds counts more than the same source in the Parquet file. */
  readonly #lines: string;
  readonly #inParquet: HeldSources;
  readonly #inLines: HeldSources;

  private constructor(
    parquet: string | undefined,
    lines: string,
    inParquet: HeldSources,
    inLines: HeldSources,
  ) {
    this.#parquet = parquet;
    this.#lines = lines;
    this.#inParquet = inParquet;
    this.#inLines = inLines;
  }

  /**
   * Opens an index, finding out what it holds already.
   *
   * @param file one that ends in `.parquet` is a Parquet file, any other has lines of JSON
   * @throws ForeignFileError when it is there and is no index
   */
  static async open(file: string): Promise<IndexFile> {
    const parquet = file.endsWith('.parquet') ? file : undefined;
    const lines = parquet === undefined ? file : `${file}.unfinished.ndjson`;
    const inParquet = parquet === undefined ? new HeldSources() : await HeldSources.of(readParquet(parquet));
    return new IndexFile(parquet, lines, inParquet, await HeldSources.of(readRows(lines)));
  }

  /** Whether a source is in the index: readable, whole and as it is now. */
  holds(source: IndexSource): boolean {
    const file = this.#inLines.has(source.source) ? this.#inLines : this.#inParquet;
    return file.isCurrent(source);
  }

  /** Makes room for sources that will be appended: nothing of them, and no half of any other, may be left. */
  async forget(sources: Iterable<IndexSource>): Promise<void> {
    const dropped = new Set(this.#inLines.incomplete);
    for (const { source } of sources) if (this.#inLines.has(source)) dropped.add(source);
    if (dropped.size === 0 && !(await isCutOff(this.#lines))) return;
    for (const source of dropped) this.#inLines.delete(source);
    await writeRows(this.#lines, this.#linesInForce());
  }

  /** Appends all rows of one source. */
  async append(rows: readonly IndexRow[]): Promise<void> {
    await appendRows(this.#lines, rows);
    for (const row of rows) this.#inLines.add(row);
  }

  /** Brings the index into its final form. */
  async finish(): Promise<void> {
    if (this.#parquet === undefined) return;
    if (this.#inLines.size > 0 || this.#inParquet.size === 0)
      await writeParquet(this.#parquet, this.#allRows());
    await rm(this.#lines, { force: true });
  }

  async *#linesInForce(): AsyncGenerator<IndexRow, void, void> {
    for await (const row of readRows(this.#lines)) if (this.#inLines.has(row.source)) yield row;
  }

  async *#allRows(): AsyncGenerator<IndexRow, void, void> {
    for await (const row of readParquet(this.#parquet!)) if (!this.#inLines.has(row.source)) yield row;
    yield* readRows(this.#lines);
  }
}
