/** The file that is named for an index holds something else, which is not to be lost. */
export class ForeignFileError extends Error {
  override readonly name = 'ForeignFileError';

  /** @param why what is wrong with the file */
  constructor(file: string, why: string, cause?: unknown) {
    super(`${file} is there already and is no index: ${why}`, { cause });
  }
}
