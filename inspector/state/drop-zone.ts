/** A part of the page that takes a drop for itself. */

import { droppedFiles, type FileEntry } from 'plainbox-session/browser';
import { useState } from 'preact/hooks';

export function useDropZone(onFiles: (entries: readonly FileEntry[]) => void) {
  const [isOver, setOver] = useState(false);
  return {
    'data-over': isOver || undefined,
    onDragOver(event: DragEvent) {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault();
      event.stopPropagation();
      setOver(false);
      if (event.dataTransfer !== null) void droppedFiles(event.dataTransfer.items).then(onFiles);
    },
  };
}
