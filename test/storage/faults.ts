/** File systems that fail on purpose. */

import { type FileSystem, nodeFileSystem, type OpenFile } from '../../src/storage/file-system.js';

export function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: made by the test`), { code });
}

/** The real one with some functions replaced, and some of the files that it creates. */
export function faulty(
  system: Partial<FileSystem>,
  file: (real: OpenFile) => Partial<OpenFile> = () => ({}),
): FileSystem {
  return {
    ...nodeFileSystem,
    async open(path, flags, mode) {
      const real = await nodeFileSystem.open(path, flags, mode);
      return mode === undefined ? real : overlay(real, file(real));
    },
    ...system,
  };
}

/** `real` with some of its members replaced. */
export function overlay(real: OpenFile, members: Partial<OpenFile>): OpenFile {
  return {
    fd: real.fd,
    write: real.write.bind(real),
    sync: () => real.sync(),
    stat: real.stat.bind(real),
    close: () => real.close(),
    ...members,
  };
}
