import { beforeAll, describe, expect, it } from 'vitest';
import { SessionResumeError } from '../../src/errors.js';
import { MemoryFiles } from '../../src/files/memory.js';
import { open } from '../../src/formats/open.js';
import { type ReportFormat, reportText, SessionReport } from '../../src/report/index.js';
import { loadUnits, type UnitText } from '../../src/units/load.js';
import { type CorpusFolder, corpusCases } from '../corpus/corpus.js';
import { expectHarmless, readCsv, readJunit, readNdjson, readSubmission } from './readers.js';

function unitTexts(folder: CorpusFolder): UnitText[] {
  return folder.info.units
    .filter(({ file }) => folder.has(file))
    .map(({ file, namespace }) => ({ name: file, text: folder.text(file), namespace }));
}

async function reportOf(folder: CorpusFolder): Promise<SessionReport | undefined> {
  const entries = folder.names().map((name) => [name, folder.bytes(name)] as const);
  try {
    return await SessionReport.of({
      session: await open(folder.bytes('session'), { kernel: 'js' }),
      files: new MemoryFiles(entries),
      location: '',
      units: loadUnits(unitTexts(folder)).units,
    });
  } catch (error) {
    if (error instanceof SessionResumeError) return undefined;
    throw error;
  }
}

describe('reports of all sessions of the corpus', () => {
  const reports: [name: string, report: SessionReport][] = [];

  beforeAll(async () => {
    for (const folder of await corpusCases()) {
      const report = await reportOf(folder);
      const status = JSON.parse(folder.text('expected.json')).status;
      // Whatever Checkbox resumes can be reported on; so can most of what it refuses.
      if (status === 'ok') expect(report, folder.name).toBeDefined();
      if (report !== undefined) reports.push([folder.name, report]);
    }
  });

  const checks: Record<ReportFormat, (text: string, name: string, report: SessionReport) => unknown> = {
    json: (text, name, report) => {
      const submission = readSubmission(text, name);
      const lists = ['results', 'resource-results', 'attachment-results'].map((list) => submission[list]);
      expect((lists as unknown[][]).flat(), name).toHaveLength(report.finished.length);
      expect(submission.problems, name).toHaveLength(report.problems.length);
    },
    junit: async (text, name, report) => {
      const { tests } = await readJunit(text, name);
      expect(tests, name).toBe(report.finished.length + report.left.length);
    },
    csv: (text, name, report) => {
      const rows = readCsv(text);
      expect(
        rows.filter(({ record }) => record === 'job'),
        name,
      ).toHaveLength(report.jobs.length);
      expect(
        rows.filter(({ record }) => record === 'problem'),
        name,
      ).toHaveLength(report.problems.length);
    },
    ndjson: (text, name, report) => {
      const kinds = readNdjson(text).map(({ kind }) => kind);
      const runs = report.jobs.reduce((sum, { attempts }) => sum + attempts.length, 0);
      expect(
        kinds.filter((kind) => kind === 'result'),
        name,
      ).toHaveLength(runs);
      expect(
        kinds.filter((kind) => kind === 'problem'),
        name,
      ).toHaveLength(report.problems.length);
    },
    html: (text) => expectHarmless(text),
    markdown: (text) => {
      expectHarmless(text);
      expect(text.length).toBeLessThanOrEqual(65_536);
    },
    text: (text) => expectHarmless(text),
  };

  for (const [format, check] of Object.entries(checks)) {
    it(`as ${format}`, async () => {
      expect(reports.length).toBeGreaterThan(800);
      for (const [name, report] of reports) {
        await check(await reportText(report, format as ReportFormat), name, report);
      }
    });
  }
});
