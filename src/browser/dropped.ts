/** What was dropped on a page, or chosen in a dialog, as a source of a session. */

import type { FileEntry } from './blob-files.js';

/**
 * All files of a drop, those of directories with their paths. Call it in the handler of the event itself: the
 * list of items is empty afterwards.
 *
 * @throws (rejects with) the browser's `DOMException` when something cannot be read
 */
export function droppedFiles(items: DataTransferItemList): Promise<FileEntry[]> {
  const roots: (FileSystemEntry | File)[] = [];
  for (const item of items) {
    if (item.kind !== 'file') continue;
    const root = item.webkitGetAsEntry() ?? item.getAsFile();
    if (root !== null) roots.push(root);
  }
  return collect(roots);
}

/** The files of an `<input type="file">`, with their paths when it chose a directory. */
export function chosenFiles(files: Iterable<File>): FileEntry[] {
  return Array.from(files, (file) => [file.webkitRelativePath || file.name, file]);
}

async function collect(roots: readonly (FileSystemEntry | File)[]): Promise<FileEntry[]> {
  const found: FileEntry[] = [];
  const pending = [...roots].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next instanceof File) found.push([next.name, next]);
    else if (isFile(next)) found.push([next.fullPath.replace(/^\//, ''), await fileOf(next)]);
    else if (isDirectory(next)) pending.push(...(await entriesOf(next)).reverse());
  }
  return found;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives the entries of a directory in batches; an empty one is the last. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return entries;
    entries.push(...batch);
  }
}
