/** The raw output that the runner leaves beside a record file (spec `results.md` 4.3). */

import { type MaybePromise, runSteps, settled } from '../files/maybe-promise.js';
import type { SessionFiles } from '../files/session-files.js';
import { encodeBase64 } from '../python/base64.js';
import type { JobResult } from './job-result.js';
import { rawOutputPath } from './paths.js';

/** First bytes of the image formats that tests produce. */
const IMAGE_MAGIC: readonly (readonly [type: string, magic: string, offset: number])[] = [
  ['png', '\x89PNG\r\n\x1a\n', 0],
  ['jpeg', '\xff\xd8\xff', 0],
  ['gif', 'GIF8', 0],
  ['bmp', 'BM', 0],
  ['webp', 'WEBP', 8],
  ['tiff', 'II*\0', 0],
  ['tiff', 'MM\0*', 0],
];

/**
 * The raw standard output of a result as base64; empty for an in-memory result.
 *
 * @throws BrokenReferenceToExternalFileError when the file cannot be read
 */
export function rawOutputBase64(result: JobResult, files: SessionFiles): MaybePromise<string> {
  return withRawOutput(result, files, encodeBase64);
}

/**
 * The image type of the raw standard output, for example `png`; empty when it is no image, and for an
 * in-memory result.
 *
 * @throws BrokenReferenceToExternalFileError when the file cannot be read
 */
export function rawOutputImageType(result: JobResult, files: SessionFiles): MaybePromise<string> {
  return withRawOutput(result, files, imageType);
}

function withRawOutput(
  { ioLogFilename }: JobResult,
  files: SessionFiles,
  use: (bytes: Uint8Array) => string,
): MaybePromise<string> {
  if (ioLogFilename === null) return '';
  return runSteps(
    (function* () {
      return use(yield* settled(files.read(rawOutputPath(ioLogFilename))));
    })(),
  );
}

function imageType(bytes: Uint8Array): string {
  const fits = (magic: string, offset: number) =>
    Array.from(magic).every((character, i) => bytes[offset + i] === character.charCodeAt(0));
  return IMAGE_MAGIC.find(([, magic, offset]) => fits(magic, offset))?.[0] ?? '';
}
