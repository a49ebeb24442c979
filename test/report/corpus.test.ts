import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SessionResumeError } from '../../src/errors.js';
import { MemoryFiles } from '../../src/files/memory.js';
import { open } from '../../src/formats/open.js';
import { type ReportFormat, reportText, SessionReport } from '../../src/report/index.js';
import { loadUnits } from '../../src/units/load.js';
import { CorpusFolder, corpus, corpusCases } from '../corpus/corpus.js';
import { realNames, realRoot } from '../sample/real.js';
import {
  expectHarmless,
  expectValidJunit,
  readCsv,
  readNdjson,
  readSubmission,
  readValidJunit,
} from './readers.js';
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

async function realReports(): Promise<[string, SessionReport][]> {
  const reports: [string, SessionReport][] = [
    ['sample', await sampleReport(true)],
    ['sample without definitions', await sampleReport(false)],
  ];
  for (const name of realNames) reports.push([name, (await reportOf(folderAt(name)))!]);
  return reports;
}

async function caseReports(): Promise<[string, SessionReport][]> {
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

async function hostileReports(): Promise<[string, SessionReport][]> {
  const hostile = (await corpus()).get('hostile')!;
  const reports: [string, SessionReport][] = [];
  for (const name of hostile.names().filter((name) => name !== 'manifest.json')) {
    const report = await reportIfOpen(hostile.bytes(name));
    if (report !== undefined) reports.push([name, report]);
  }
  return reports;
}

type Check = (text: string, name: string, report: SessionReport) => unknown;

/** What a reader that is not ours finds in a report. */
const CHECKS: Record<Exclude<ReportFormat, 'junit'>, Check> = {
  json: (text, name, { finished, problems, rejected }) => {
    const submission = readSubmission(text, name);
    const lists = ['results', 'resource-results', 'attachment-results'].map((list) => submission[list]);
    expect((lists as unknown[][]).flat(), name).toHaveLength(finished.length);
    expect(submission['rejected-jobs'], name).toHaveLength(rejected.length);
    expect(submission.problems, name).toHaveLength(problems.length);
  },
  csv: (text, name, { jobs, problems }) => {
    const records = readCsv(text).map(({ record }) => record);
    const expected = [...jobs.map(() => 'job'), ...problems.map(() => 'problem')];
    expect(records, name).toStrictEqual(expected);
  },
  ndjson: (text, name, { jobs, left, problems }) => {
    const kinds = readNdjson(text).map(({ kind }) => kind);
    const runs = jobs.flatMap(({ attempts }) => attempts);
    const expected = [
      'session',
      ...runs.map(() => 'result'),
      ...left.map(() => 'left'),
      ...problems.map(() => 'problem'),
    ];
    expect(kinds, name).toStrictEqual(expected);
  },
  html: (text) => expectHarmless(text),
  markdown: (text, name) => {
    expectHarmless(text);
    expect(text.length, name).toBeLessThanOrEqual(65_536);
  },
  text: (text) => expectHarmless(text),
};

describe.each([
  ['the sample and the real sessions', realReports, 2 + realNames.length],
  ['all sessions of the corpus', caseReports, 800],
  ['what can be opened of the hostile inputs', hostileReports, 100],
] as const)('reports of %s', (_title, load, least) => {
  let reports: [name: string, report: SessionReport][];

  beforeAll(async () => {
    reports = await load();
  });

  it('are all there', () => {
    expect(reports.length).toBeGreaterThanOrEqual(least);
  });

  for (const [format, check] of Object.entries(CHECKS)) {
    it(`as ${format}`, async () => {
      for (const [name, report] of reports) {
        check(await reportText(report, format as ReportFormat), name, report);
      }
    });
  }

  it('as junit', async () => {
    const texts = new Map<string, string>();
    for (const [name, report] of reports) {
      const text = await reportText(report, 'junit');
      const { tests } = await readValidJunit(text, name);
      expect(tests, name).toBe(report.finished.length + report.left.length);
      texts.set(name, text);
    }
    await expectValidJunit(texts);
  });
});
