/** Session files that a browser was given one by one: chosen in a dialog, dropped, or fetched. */

import { normalizePath, pathInside } from '../files/lexical-path.js';
import { MemoryFiles } from '../files/memory.js';
import { cannotAccess, type FileStat, type SessionFiles } from '../files/session-files.js';

/** A file with its path. Both can be sent to a worker; the content stays where it is until it is read. */
export type FileEntry = readonly [path: string, content: Blob];

const NOTHING = /* @__PURE__ */ new Uint8Array();

export class BlobFiles implements SessionFiles {
  readonly #blobs = new Map<string, Blob>();
  /** The same tree without content. */
  readonly #tree: MemoryFiles;

  /**
   * @param entries contents by path relative to the session directory
   * @throws BrokenReferenceToExternalFileError `outside-location` for an entry above the session directory
   */
  constructor(entries: Iterable<FileEntry>) {
    for (const [name, blob] of entries) this.#blobs.set(normalizePath(name), blob);
    this.#tree = new MemoryFiles(Array.from(this.#blobs.keys(), (path) => [path, NOTHING]));
  }

  stat(path: string): FileStat | undefined {
    const stat = this.#tree.stat(path);
    return stat?.kind === 'file' ? { kind: 'file', size: this.#blobAt(path).size } : stat;
  }

  async read(path: string): Promise<Uint8Array> {
    // Throws for what is no file.
    this.#tree.read(path);
    try {
      return new Uint8Array(await this.#blobAt(path).arrayBuffer());
    } catch (cause) {
      // The file was changed or removed since it was given.
      if (cause instanceof DOMException) throw cannotAccess(path, 'missing-file', cause);
      throw cause;
    }
  }

  list(directory = '.'): string[] {
    return this.#tree.list(directory);
  }

  #blobAt(path: string): Blob {
    return this.#blobs.get(pathInside(path, '') ?? path)!;
  }
}
