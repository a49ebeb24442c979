/** From what a person gives to a source: drops, files, directories, pasted bytes. */

import { type BrowserSource, chosenFiles, droppedFiles, type FileEntry } from 'plainbox-session/browser';
import { addUnits } from './resume.js';
import { goTo } from './route.js';
import { openSource, sessionState } from './session.js';
import { areUnits } from './unit-files.js';

/** Directories can be opened to a page in some browsers only; elsewhere a dialog uploads them to the page. */
export const canPickDirectory: boolean = 'showDirectoryPicker' in globalThis;

export function openDrop(items: DataTransferItemList): void {
  void openEntries(droppedFiles(items));
}

export function openChosen(files: FileList): void {
  if (files.length > 0) void openEntries(Promise.resolve(chosenFiles(files)));
}

export async function pickDirectory(): Promise<void> {
  try {
    const handle = await showDirectoryPicker();
    await openSource(handle.name, handle);
  } catch (error) {
    // The user closed the dialog.
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
  }
}

/** Pasted files, or a session in base64, as it is copied out of terminals and bug reports. */
export function openPaste(data: DataTransfer): boolean {
  if (data.files.length > 0) {
    openChosen(data.files);
    return true;
  }
  const text = data.getData('text/plain').replace(/\s+/g, '');
  if (!/^H4s[A-Za-z0-9+/]{16,}={0,2}$/.test(text)) return false;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  void openSource('pasted session', new Blob([bytes]));
  return true;
}

async function openEntries(pending: Promise<FileEntry[]>): Promise<void> {
  const found = await pending;
  const [first] = found;
  if (first === undefined) return;
  const state = sessionState();
  if (state.phase === 'open' && areUnits(found)) {
    goTo({ view: 'resume', job: undefined });
    return addUnits(state.session, found);
  }
  const name = found.length === 1 ? first[0] : (first[0].split('/')[0] ?? first[0]);
  await openSource(name, found as BrowserSource);
}

declare global {
  /** File System Access, not in the standard library's types. */
  function showDirectoryPicker(): Promise<FileSystemDirectoryHandle>;
}
