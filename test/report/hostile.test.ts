import { describe, expect, it } from 'vitest';
import { type ReportFormat, reportText } from '../../src/report/index.js';
import { expectHarmless, readCsv, readJunit, readNdjson, readSubmission } from './readers.js';
import { HOSTILE, hostileReport, reportOf } from './reports.js';

const write = async (format: ReportFormat) => reportText(await hostileReport(), format);

describe('hostile content', () => {
  it('is JSON in json and ndjson, every character kept but lone surrogates and what the log rules leave out', async () => {
    const kept = HOSTILE.replaceAll(/\p{Cs}/gu, '\ufffd');
    const submission = readSubmission(await write('json'));
    expect(submission.title).toBe(kept);
    expect(submission.results[0]!.name).toBe(kept);
    expect(submission.results[0]!.io_log).not.toMatch(/[\0-\x08\x1b\x7f-\x9f]/);
    expect(submission.system_information).toMatchObject({
      [kept]: { outputs: { payload: { [kept]: kept } } },
    });
    const lines = readNdjson(await write('ndjson'));
    expect(lines[0]).toMatchObject({ title: kept });
    expect(lines[1]).toMatchObject({ comments: kept.replaceAll(/\x1b\[[0-9]*m/g, '') });
  });

  it('is well-formed also where a stored text is too long to be built at once', async () => {
    const texts = ['a\ud83d\ude00', '\ud83d', '\ude00', '\\ud83d', '\\', '\n"', 'é\ud800\ud83d\ude00'];
    for (let shift = 0; shift < 24; shift++) {
      const payload = 'x'.repeat(shift) + texts.join('').repeat(20_000);
      const report = await reportOf(
        { system_information: { c: { tool_version: '1', success: true, outputs: { payload, stderr: '' } } } },
        {},
        (text) => text.replaceAll('\u{1f600}', String.raw`\uD83D\uDE00`),
      );
      const { system_information } = readSubmission(await reportText(report, 'json'));
      expect(system_information).toMatchObject({
        c: { outputs: { payload: payload.replaceAll(/\p{Cs}/gu, '\ufffd') } },
      });
    }
  });

  it('is text in XML', async () => {
    const { testsuite } = await readJunit(await write('junit'));
    const cases = testsuite!.flatMap(({ testcase = [] }) => testcase);
    expect(cases).toHaveLength(5);
    const failed = cases.find((one) => one.failure !== undefined)!;
    const [failure] = failed.failure!;
    expect(failure!.message).toBe('job failed, exit code 1');
    expect(failure!.inner).toContain(']]></system-out><x> --> </script>');
    expect(failed['system-out']![0]).toContain('<script>alert(1)</script>');
    expect(failed['system-err']![0]).toContain('red');
    expect(failed['system-err']![0]).not.toContain('[31m');
  });

  it('is text in HTML: no element and no attribute comes from the session', async () => {
    const page = await write('html');
    expectHarmless(page);
    expect(page).not.toMatch(/<script|<img|<x>|javascript:[^<]*">/i);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    const elements = new Set(page.match(/<[a-z0-9]+/g));
    const own =
      'html head meta title style body main header h1 h2 h3 p div i ul li b dl dt dd section article details ' +
      'summary pre table thead tbody tr th td code blockquote footer span';
    expect([...elements].filter((element) => !own.split(' ').includes(element.slice(1)))).toStrictEqual([]);
  });

  it('is no formula and no further row in CSV', async () => {
    const rows = readCsv(await write('csv'));
    for (const row of rows) {
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+@\t\r]|^-(?!\d)/);
    }
    expect(rows.filter(({ record }) => record === 'job')).toHaveLength(6);
    const formulas = ['=1+1', '+1', '-1+2', '@SUM(1)', '\t=1', '-5'];
    const results = Object.fromEntries(formulas.map((id) => [id, [{ outcome: 'pass' }]]));
    const cells = readCsv(await reportText(await reportOf({ results }), 'csv')).map(({ job }) => job);
    // A number is no formula.
    expect(cells).toStrictEqual(["'=1+1", "'+1", "'-1+2", "'@SUM(1)", "'\t=1", '-5']);
  });

  it('is no markup, no mention and no end of a code block in Markdown', async () => {
    const text = await write('markdown');
    expectHarmless(text);
    const outside = text
      .replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
      .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
    expect(outside).not.toMatch(/(?<!\\)<(?!\/?(?:details|summary)>)/);
    expect(outside).not.toMatch(/@everyone/);
    expect(outside).not.toMatch(/(?<!\\)\[a/);
  });

  it('is plain on a terminal', async () => {
    const text = await write('text');
    expectHarmless(text);
    expect(text).toContain('\\u202etxt.exe');
    // What was an escape in a message already stays one.
    expect(text.replaceAll(/\\(?:x|u00)1b\[31m/g, '')).not.toContain('[31m');
  });
});
