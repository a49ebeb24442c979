/** A session with its record files as one archive. */

import { packTar } from 'modern-tar';
import { BrokenReferenceToExternalFileError } from '../errors.js';
import { joinPath } from '../files/lexical-path.js';
import { LOG_DIRECTORY } from '../results/paths.js';
import type { SessionSource } from './session-argument.js';

const RECORD_FILE = /\.record\.gz$/;

/** A tar of the file `session` and of the record files in its directory; what lies elsewhere stays out. */
export async function archiveSession({ session, files, location }: SessionSource): Promise<Uint8Array> {
  const entries = [entry('session', session)];
  const directory = joinPath(location ?? '', LOG_DIRECTORY);
  const names = (await files.stat(directory))?.kind === 'directory' ? await files.list(directory) : [];
  for (const name of names) {
    if (!RECORD_FILE.test(name)) continue;
    try {
      entries.push(entry(`${LOG_DIRECTORY}/${name}`, await files.read(joinPath(directory, name))));
    } catch (error) {
      // A link that leads out of the directory, or to nothing: the inspector tells that the log is missing.
      if (!(error instanceof BrokenReferenceToExternalFileError)) throw error;
    }
  }
  return packTar(entries);
}

function entry(name: string, body: Uint8Array) {
  return { header: { name, size: body.length, type: 'file' as const }, body: Uint8Array.from(body) };
}
