/** Which sources an index holds already. */

import type { IndexRow, IndexSource } from './index-row.js';

interface Held extends IndexSource {
  /** Rows that there are, and that there should be. */
  rows: number;
  readonly expected: number;
  /** Whether it could be read. */
  readonly isReadable: boolean;
}

export class HeldSources {
  readonly #held = new Map<string, Held>();

  /** Counts the rows of a file. */
  static async of(rows: AsyncIterable<IndexRow>): Promise<HeldSources> {
    const held = new HeldSources();
    for await (const row of rows) held.add(row);
    return held;
  }

  get size(): number {
    return this.#held.size;
  }

  add({ source, source_bytes, source_mtime, source_rows, error_code }: IndexRow): void {
    const known = this.#held.get(source);
    if (known !== undefined) {
      known.rows++;
    } else {
      this.#held.set(source, {
        source,
        source_bytes,
        source_mtime,
        rows: 1,
        expected: source_rows,
        isReadable: error_code === null,
      });
    }
  }

  delete(source: string): boolean {
    return this.#held.delete(source);
  }

  has(source: string): boolean {
    return this.#held.has(source);
  }

  /** Whether the source is held whole and as it is now; one that could not be read is worth another try. */
  isCurrent({ source, source_bytes, source_mtime }: IndexSource): boolean {
    const held = this.#held.get(source);
    if (held === undefined || held.rows !== held.expected || !held.isReadable) return false;
    return held.source_bytes === source_bytes && held.source_mtime === source_mtime;
  }

  /** Sources of which not all rows are there. */
  get incomplete(): readonly string[] {
    return Array.from(this.#held.values()).flatMap(({ source, rows, expected }) =>
      rows === expected ? [] : [source],
    );
  }
}
