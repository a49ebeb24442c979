/** The cases of the corpus that can be resumed, resumed. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SessionResumeError } from '../../src/errors.js';
import { NodeDirectoryFiles } from '../../src/files/node-directory.js';
import { resumeSync } from '../../src/formats/resume.js';
import { jsKernel } from '../../src/kernel/js.js';
import type { SessionState } from '../../src/session/state.js';
import { loadUnits } from '../../src/units/load.js';
import type { Unit } from '../../src/units/unit.js';
import type { CorpusFolder } from '../corpus/corpus.js';

/** A directory deep enough for names that climb out of a case to lead nowhere. */
export function deepDirectory(): { readonly top: string; readonly deep: string } {
  const top = mkdtempSync(join(tmpdir(), 'formats-'));
  return { top, deep: join(top, 'some', 'folders', 'down') };
}

/** What a case is resumed with. */
export interface CasePlace {
  readonly location: string | null;
  readonly files: NodeDirectoryFiles;
  readonly units: readonly Unit[];
}

export function placeOf(folder: CorpusFolder, directory: string): CasePlace {
  const { location, cwd, units } = folder.info;
  const place = (text: string | null) => text?.replaceAll('$CASE_DIR', directory) ?? null;
  const isText = units.every(({ file }) => folder.has(file));
  const texts = isText
    ? units.map(({ file, namespace }) => ({ name: file, text: folder.text(file), namespace }))
    : [{ name: 'jobs.json', text: folder.text('jobs.json'), namespace: null }];
  return {
    location: place(location),
    files: new NodeDirectoryFiles(place(location) ?? '/', {
      allowOutsideLocation: true,
      cwd: place(cwd) ?? '/',
    }),
    units: loadUnits(texts).units,
  };
}

/** The state that a session gives; undefined when it is refused. */
export function tryResume(
  session: Uint8Array,
  { units, location, files }: CasePlace,
  flags: readonly string[] | null,
): SessionState | undefined {
  try {
    return resumeSync(session, { kernel: jsKernel, units, location, files, flags });
  } catch (error) {
    if (error instanceof SessionResumeError) return undefined;
    throw error;
  }
}
