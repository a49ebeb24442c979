/** What can be wrong with a place where sessions are kept; faults of the operating system come as they are. */

export type StorageErrorCode =
  /** `session.next` is there: another save is under way, or one was interrupted. */
  | 'storage-locked'
  /** The system took fewer bytes than it was given. */
  | 'partial-write'
  /** The file is shorter than it said. */
  | 'partial-read'
  /** Where a file was expected there is something else. */
  | 'not-a-file'
  /** The directory was moved while it was written to, on a system without handles to directories. */
  | 'storage-moved'
  /** A save failed, see `cause`, and its `session.next` could not be removed. */
  | 'lock-left-behind';

export class StorageError extends Error {
  override readonly name: string = 'StorageError';

  /** @param path the file or directory at fault */
  constructor(
    message: string,
    readonly code: StorageErrorCode,
    readonly path: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The session is locked: `session.next` exists (spec `storage.md` 4). */
export class LockedStorageError extends StorageError {
  override readonly name = 'LockedStorageError';

  constructor(path: string, options?: ErrorOptions) {
    super(`another save is under way, or was interrupted: ${path} exists`, 'storage-locked', path, options);
  }
}
