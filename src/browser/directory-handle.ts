/** Session files below a directory that the user has opened to the page (File System API). */

import { pathInside } from '../files/lexical-path.js';
import { cannotAccess, type FileStat, type SessionFiles } from '../files/session-files.js';
import { sortCodePoints } from '../python/text.js';

type Entry = FileSystemFileHandle | FileSystemDirectoryHandle;

/** Browsers do not follow links out of such a directory: `outside` is what the path itself says. */
export class DirectoryHandleFiles implements SessionFiles {
  /** @param root the session directory; relative paths count from there */
  constructor(private readonly root: FileSystemDirectoryHandle) {}

  async stat(path: string): Promise<FileStat | undefined> {
    const inside = pathInside(path, '');
    if (inside === undefined) return { kind: 'outside', size: 0 };
    const entry = await this.#find(inside);
    if (entry === undefined || (entry.kind === 'file' && path.endsWith('/'))) return undefined;
    if (entry.kind === 'directory') return { kind: 'directory', size: 0 };
    return { kind: 'file', size: (await entry.getFile()).size };
  }

  async read(path: string): Promise<Uint8Array> {
    const file = await this.file(path);
    return new Uint8Array(await file.arrayBuffer());
  }

  /**
   * The file itself, to be streamed.
   *
   * @throws BrokenReferenceToExternalFileError as {@link SessionFiles.read}
   */
  async file(path: string): Promise<File> {
    const entry = path.endsWith('/') ? undefined : await this.#find(this.#inside(path));
    if (entry?.kind !== 'file') throw cannotAccess(path, 'missing-file');
    return entry.getFile();
  }

  async list(directory = '.'): Promise<string[]> {
    const entry = await this.#find(this.#inside(directory));
    if (entry?.kind !== 'directory') throw cannotAccess(directory, 'missing-file');
    const names: string[] = [];
    for await (const name of entry.keys()) names.push(name);
    return sortCodePoints(names);
  }

  #inside(path: string): string {
    const inside = pathInside(path, '');
    if (inside === undefined) throw cannotAccess(path, 'outside-location');
    return inside;
  }

  async #find(inside: string): Promise<Entry | undefined> {
    let directory = this.root;
    const names = inside === '.' ? [] : inside.split('/');
    const last = names.pop();
    if (last === undefined) return directory;
    for (const name of names) {
      const next = await optional(() => directory.getDirectoryHandle(name));
      if (next === undefined) return undefined;
      directory = next;
    }
    return (
      (await optional<Entry>(() => directory.getFileHandle(last))) ??
      (await optional<Entry>(() => directory.getDirectoryHandle(last)))
    );
  }
}

/** Undefined for what is not there, is of the other kind, or has a name that no file can have. */
async function optional<T>(find: () => Promise<T>): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    const isAbsent = error instanceof DOMException && ABSENT.includes(error.name);
    if (isAbsent || error instanceof TypeError) return undefined;
    throw error;
  }
}

const ABSENT: readonly string[] = ['NotFoundError', 'TypeMismatchError'];
