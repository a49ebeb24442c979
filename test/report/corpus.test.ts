import { beforeAll, describe, expect, it } from 'vitest';
import { type ReportFormat, reportText, type SessionReport } from '../../src/report/index.js';
import { realNames } from '../sample/real.js';
import { caseReports, hostileReports, realReports } from './all-reports.js';
import {
  expectHarmless,
  expectValidJunit,
  readCsv,
  readNdjson,
  readSubmission,
  readValidJunit,
} from './readers.js';

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
    const kinds = readNdjson(text, name).map(({ kind }) => kind);
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
      expect(tests, name).toBe(report.tested.length);
      texts.set(name, text);
    }
    await expectValidJunit(texts);
  });
});
