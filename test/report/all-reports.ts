/** Reports of all sessions that the tests have, by the names of the sessions. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { SessionResumeError } from '../../src/errors.js';
import { MemoryFiles } from '../../src/files/memory.js';
import { open } from '../../src/formats/open.js';
import { SessionReport } from '../../src/report/index.js';
import { loadUnits } from '../../src/units/load.js';
import { CorpusFolder, corpus, corpusCases } from '../corpus/corpus.js';
import { realNames, realRoot } from '../sample/real.js';
import { sampleReport } from './reports.js';

function folderAt(name: string): CorpusFolder {
  const directory = join(realRoot, name);
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const contents = files.map((file) => [file.slice(directory.length + 1), readFileSync(file)] as const);
  return new CorpusFolder(name, new Map(contents));
}

function reportOf(folder: CorpusFolder): Promise<SessionReport | undefined> {
  const units = folder.info.units
    .filter(({ file }) => folder.has(file))
    .map(({ file, namespace }) => ({ name: file, text: folder.text(file), namespace }));
  const files = new MemoryFiles(folder.names().map((name) => [name, folder.bytes(name)]));
  return reportIfOpen(folder.bytes('session'), { files, location: '', units: loadUnits(units).units });
}

/** Undefined for what is no session at all. */
async function reportIfOpen(
  bytes: Uint8Array,
  around: Omit<Parameters<typeof SessionReport.of>[0], 'session'> = {},
): Promise<SessionReport | undefined> {
  try {
    return await SessionReport.of({ session: await open(bytes, { kernel: 'js' }), ...around });
  } catch (error) {
    if (error instanceof SessionResumeError) return undefined;
    throw error;
  }
}

/** The sample, and the sessions of real runs. */
export async function realReports(): Promise<[string, SessionReport][]> {
  const reports: [string, SessionReport][] = [
    ['sample', await sampleReport(true)],
    ['sample without definitions', await sampleReport(false)],
  ];
  for (const name of realNames) reports.push([name, (await reportOf(folderAt(name)))!]);
  return reports;
}

/** The cases of the corpus, as far as they can be opened. */
export async function caseReports(): Promise<[string, SessionReport][]> {
  const reports: [string, SessionReport][] = [];
  for (const folder of await corpusCases()) {
    const report = await reportOf(folder);
    const status = JSON.parse(folder.text('expected.json')).status;
    // Whatever Checkbox resumes can be reported on; so can most of what it refuses.
    if (status === 'ok') expect(report, folder.name).toBeDefined();
    if (report !== undefined) reports.push([folder.name, report]);
  }
  return reports;
}

/** The damaged and forged sessions of the corpus that can be opened. */
export async function hostileReports(): Promise<[string, SessionReport][]> {
  const hostile = (await corpus()).get('hostile')!;
  const reports: [string, SessionReport][] = [];
  for (const name of hostile.names().filter((name) => name !== 'manifest.json')) {
    const report = await reportIfOpen(hostile.bytes(name));
    if (report !== undefined) reports.push([name, report]);
  }
  return reports;
}
