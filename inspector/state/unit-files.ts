/** Unit definitions that a person gives, from single files or the directory of a provider. */

import type { FileEntry, ResumeRequest } from 'plainbox-session/browser';

export interface UnitFile {
  readonly path: string;
  readonly text: string;
}

const UNIT_FILE = /\.(?:pxu|txt|in|ya?ml|json)$/;
/** Of a provider only these directories hold units; the root does when there are none. */
const UNIT_DIRECTORY = /(?:^|\/)(?:units|jobs)\//;

/** Whether files are definitions for the session that is open, rather than another session. */
export function areUnits(entries: readonly FileEntry[]): boolean {
  const isSession = entries.some(([path]) => /(?:^|\/)session$/.test(path));
  return !isSession && entries.some(([path]) => UNIT_FILE.test(path));
}

/** The unit files among what was given; files of other kinds are passed over. */
export async function readUnitFiles(entries: readonly FileEntry[]): Promise<readonly UnitFile[]> {
  const files = entries.filter(([path]) => UNIT_FILE.test(path));
  const inside = files.filter(([path]) => UNIT_DIRECTORY.test(path));
  const wanted = inside.length > 0 ? inside : files;
  return Promise.all(wanted.map(async ([path, blob]) => ({ path, text: await blob.text() })));
}

export function unitTexts(files: readonly UnitFile[], namespace: string): ResumeRequest['units'] {
  return files.map(({ path, text }) => ({
    name: path,
    text,
    namespace: namespace === '' ? null : namespace,
  }));
}
