/** The inspector in a real browser, with the sample session. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { tar, zip } from '../files/archives.js';
import { closePages, launchChromium, newPage } from './chromium.js';
import {
  buildInspector,
  dropFiles,
  expectQuiet,
  give,
  type InspectorPage,
  openInspector,
} from './inspector.js';
import { EXAMPLES, exampleFiles, SAMPLE } from './sample.js';
import { serveContent } from './server.js';
import { sessionBytes } from './sessions.js';

const fixture = (name: string) => fileURLToPath(new URL(`../files/${name}`, import.meta.url));

let browser: Browser;
let file: string;

beforeAll(async () => {
  [browser, file] = await Promise.all([launchChromium(), buildInspector('inspector-test')]);
});

afterEach(() => closePages(browser));
afterAll(() => browser.close());

async function openSample(options = {}): Promise<InspectorPage> {
  const inspector = await openInspector(browser, file, options);
  await dropFiles(inspector.page, exampleFiles('laptop-quick.session'));
  await inspector.page.locator('nav.tabs').waitFor();
  return inspector;
}

const listed = (page: InspectorPage['page']) => page.locator('.job-line .job-id').allInnerTexts();

describe('the ways in', () => {
  it('takes a dropped directory with its logs', async () => {
    const inspector = await openSample();
    await expect
      .poll(() => inspector.page.locator('.failed-job').first().innerText())
      .toContain('below 8000 MB/s');
    expectQuiet(inspector);
  });

  it('takes a chosen directory where there is no picker of directories, and definitions from another one', async () => {
    const inspector = await openInspector(browser, file);
    const { page } = inspector;
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showDirectoryPicker'));
    await page.reload();
    await page.getByLabel('Open a directory…').setInputFiles(SAMPLE);
    await page.locator('.failed-job', { hasText: 'below 8000 MB/s' }).waitFor();
    expect(await page.locator('.file-name').innerText()).toBe('laptop-quick.session');
    await page.getByRole('link', { name: 'Resume' }).click();
    await page.getByLabel('Choose a directory…').setInputFiles(join(EXAMPLES, 'units'));
    await page.getByText('units/laptop.pxu').waitFor();
    await page.getByText('This session resumes').waitFor();
    expectQuiet(inspector);
  });

  it('takes a chosen file, whose logs are elsewhere', async () => {
    const inspector = await openInspector(browser, file);
    await give(inspector.page, join(SAMPLE, 'session'));
    await expect
      .poll(() => inspector.page.locator('.failed-job').first().innerText())
      .toContain('drop the whole directory');
    expect(await inspector.page.locator('.headline').innerText()).not.toContain('problem');
    expectQuiet(inspector);
  });

  it.each(['tar', 'zip'] as const)('takes a %s archive', async (kind) => {
    const inspector = await openInspector(browser, file);
    const content = Object.fromEntries(exampleFiles('laptop-quick.session'));
    await give(inspector.page, {
      name: `a.${kind}`,
      bytes: kind === 'tar' ? await tar(content) : zip(content),
    });
    await expect
      .poll(() => inspector.page.locator('.failed-job').first().innerText())
      .toContain('below 8000');
    expectQuiet(inspector);
  });

  it('takes a tar.xz archive, and tells what a submission is', async () => {
    const inspector = await openInspector(browser, file);
    await give(inspector.page, fixture('session.tar.xz'));
    await inspector.page.getByRole('heading', { name: 'packed' }).waitFor();
    await inspector.page.getByRole('button', { name: 'Close' }).click();
    await give(inspector.page, fixture('submission.tar.xz'));
    await inspector.page.getByRole('alert').getByText('it is a submission').waitFor();
    expectQuiet(inspector);
  });

  it('takes a pasted session in base64', async () => {
    const inspector = await openInspector(browser, file);
    const text = readFileSync(join(SAMPLE, 'session'), 'base64').replace(/(.{76})/g, '$1\n');
    await inspector.page.evaluate((pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    }, text);
    await inspector.page.getByText('laptop-quick', { exact: true }).waitFor();
    expectQuiet(inspector);
  });

  it('takes the message of the page that embeds it, once it is ready, and nothing that is no session', async () => {
    const base64 = readFileSync(join(SAMPLE, 'session'), 'base64');
    // It listens before there is anybody to hear.
    const embedding = `<!doctype html><script>
      addEventListener('message', ({ data, source }) => {
        if (data.type !== 'plainbox-inspector-ready') return;
        const session = Uint8Array.from(atob('${base64}'), (character) => character.charCodeAt(0));
        source.postMessage({ type: 'plainbox-session', session: 'no bytes', name: 'wrong' }, '*');
        source.postMessage({ type: 'plainbox-session', session, name: 'sent' }, '*');
      });
    </script><iframe src="/inspector.html" width="900" height="700"></iframe>`;
    const served = await serveContent([
      ['', embedding],
      ['inspector.html', readFileSync(file)],
    ]);
    try {
      const page = await newPage(browser);
      await page.goto(served.url);
      const frame = page.frameLocator('iframe');
      await frame.locator('.verdict').waitFor();
      expect(await frame.locator('.file-name').innerText()).toBe('sent');
    } finally {
      served.close();
    }
  });

  it('fetches the session that its address names, and tells when there is none', async () => {
    const served = await serveContent([
      ['inspector.html', readFileSync(file)],
      ['here/session', readFileSync(join(SAMPLE, 'session'))],
    ]);
    try {
      const page = await newPage(browser);
      await page.goto(`${served.url}inspector.html?url=here/session`);
      await page.locator('.verdict').waitFor();
      await page.goto(`${served.url}inspector.html?url=nowhere`);
      await page.getByRole('alert', { name: '' }).getByText('answers 404').waitFor();
    } finally {
      served.close();
    }
  });
});

describe('what a newcomer asks', () => {
  it('answers on the first page: what failed, why, what was running, what is left', async () => {
    const { page } = await openSample();
    const verdict = await page.locator('.verdict').innerText();
    expect(verdict).toContain('1 failed, 1 crashed · 3 jobs left to run');
    expect(verdict).toContain('It stopped while power/stress was running');
    expect(verdict).toContain('checksum and length correct');
    const failed = page.locator('.failed-job');
    await expect.poll(() => failed.allInnerTexts()).toHaveLength(2);
    expect(await failed.first().innerText()).toContain('memory/bandwidth failed, exit code 1');
    expect(await failed.nth(1).innerText()).toContain('SIGSEGV');
    const left = page.locator('section', { has: page.getByText('What is left to run') });
    expect(await left.locator('.job-title').allInnerTexts()).toEqual([
      expect.stringContaining('power/stress was running when the session stopped'),
      expect.stringContaining('power/idle'),
      expect.stringContaining('power/suspend'),
    ]);
  });
});

describe('the job list', () => {
  it('filters by outcome, id, output and their negation', async () => {
    const { page } = await openSample({ hash: '#view=jobs' });
    const filter = page.getByLabel('Filter the jobs');
    await filter.fill('s:fail,crash');
    await expect.poll(() => listed(page)).toEqual(['memory/bandwidth', 'power/crash']);
    await filter.fill('j:disk !j:sda s:pass');
    await expect.poll(() => listed(page)).toEqual(['disk/read-nvme0n1', 'disk/smart-nvme0n1', 'disk']);
    await filter.fill('io:"BELOW 8000"');
    await expect.poll(() => listed(page)).toEqual(['memory/bandwidth']);
    await expect.poll(() => page.url()).toContain('filter=');
  });

  it('groups and folds', async () => {
    const { page } = await openSample({ hash: '#view=jobs&group=outcome' });
    await page.getByRole('button', { name: 'passed 7' }).click();
    await expect.poll(() => listed(page)).not.toContain('cpu/info');
    expect(await listed(page)).toContain('power/crash');
  });

  it('is moved through by keys', async () => {
    const { page } = await openSample();
    await page.keyboard.press('/');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('filter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.locator('#job-title', { hasText: 'cpu/info' }).waitFor();
    await page.keyboard.press('j');
    await page.locator('#job-title', { hasText: 'memory/info' }).waitFor();
    await page.keyboard.press('k');
    await page.locator('#job-title', { hasText: 'cpu/info' }).waitFor();
    await page.keyboard.press('n');
    await page.locator('#job-title', { hasText: 'memory/bandwidth' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('job-title');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
  });

  it('exports what it shows', async () => {
    const { page } = await openSample({ hash: '#view=jobs&filter=s:fail' });
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('CSV').click()]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^com\.example\.laptop::memory\/bandwidth,memory\/bandwidth,.*,fail,0\.2/);
  });
});

describe('the page of a job', () => {
  it('is linked to, down to the line', async () => {
    const { page } = await openSample({ hash: '#job=com.example.laptop%3A%3Amemory%2Fbandwidth&line=3' });
    await page.locator('.line[data-target]', { hasText: 'FAIL triad' }).waitFor();
    expect(await page.locator('.line[data-stream=stderr] .ansi-red-fg').innerText()).toBe('FAIL');
  });

  it('finds, filters by stream, and downloads', async () => {
    const { page } = await openSample({ hash: '#job=com.example.laptop%3A%3Amemory%2Fbandwidth' });
    await page.getByLabel('Find in the output').fill('SCALE');
    await page.locator('.line[data-found][data-target]', { hasText: 'scale' }).waitFor();
    await page.getByLabel('Stream').selectOption('stderr');
    await expect.poll(() => page.locator('.log .line').count()).toBe(1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toContain('triad: 1920 MB/s');
  });
});

describe('the other views', () => {
  it('resumes in the page with dropped definitions, and tells what is in the way', async () => {
    const { page } = await openSample({ hash: '#view=resume' });
    await dropFiles(page, exampleFiles('units'), '.drop-zone');
    await page.getByText('This session resumes: 3 jobs left of 14 on the run list').waitFor();
    expect(await page.locator('.run-list .job-title').allInnerTexts()).toEqual([
      expect.stringMatching(/power\/stress.*was running/),
      expect.stringContaining('power/idle'),
      expect.stringContaining('power/suspend'),
    ]);
    await page.getByLabel('Namespace of the units').fill('other');
    await page.keyboard.press('Tab');
    await page.getByText('This session does not resume').waitFor();
    await page.getByText('Jobs that no definition knows').waitFor();
  });

  it('takes definitions that are dropped anywhere, and keeps them', async () => {
    const { page } = await openSample();
    await dropFiles(page, exampleFiles('units'));
    await page.getByText('This session resumes').waitFor();
    await page.getByRole('link', { name: /^Jobs/ }).click();
    // The definitions have told what the jobs are called.
    await page.locator('.job-line', { hasText: 'Ten minutes under full load' }).waitFor();
    await page.getByRole('link', { name: 'Resume' }).click();
    await page.getByText('This session resumes').waitFor();
  });

  it('compares with another session', async () => {
    const { page } = await openSample({ hash: '#view=compare' });
    await page.locator('.drop-zone input').setInputFiles(join(SAMPLE, 'session'));
    await page.getByText('All outcomes are the same.').waitFor();
  });

  it('tells the differences of two sessions', async () => {
    const collector = (cpu: string, journal: number) => ({
      inventory: { tool_version: '1', success: true, outputs: { payload: { cpu, cores: 4 }, stderr: '' } },
      journal: {
        tool_version: '1',
        success: true,
        outputs: { payload: ['x'.repeat(250_000 + journal)], stderr: '' },
      },
    });
    const before = sessionBytes({
      results: [
        ['a', [{ outcome: 'pass', execution_duration: 2 }]],
        ['b', [{ outcome: 'pass', execution_duration: 10 }]],
        ['gone', [{ outcome: 'pass' }]],
      ],
      systemInformation: collector('old', 0),
    });
    const after = sessionBytes({
      results: [
        ['a', [{ outcome: 'fail', execution_duration: 2.5 }]],
        ['b', [{ outcome: 'pass', execution_duration: 30 }]],
      ],
      systemInformation: collector('new', 1),
    });
    const { page } = await openInspector(browser, file, { hash: '#view=compare' });
    await give(page, { name: 'session', bytes: after });
    await page.locator('.drop-zone').waitFor();
    await give(page, { name: 'earlier', bytes: before });
    const rows = page.locator('table.differences tbody tr');
    await expect.poll(() => rows.count()).toBe(4);
    const texts = (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
    expect(texts).toEqual([
      expect.stringMatching(/^a .* passed .* failed$/),
      expect.stringMatching(/^gone .* passed not in the session$/),
      'b 10.0 s 30.0 s',
      'inventory › payload › cpu old new',
    ]);
    await page.getByText('Too large to compare, and not the same: journal').waitFor();
  });

  it.each([
    ['timeline', 'The last runs of 11 jobs'],
    ['sizes', '$.session.results'],
    ['problems', 'None: Checkbox reads all of this session.'],
    ['document', 'testplan_id'],
    ['environment', 'No collector left anything'],
  ])('shows %s', async (view, text) => {
    const inspector = await openSample({ hash: `#view=${view}` });
    await inspector.page.getByText(text).first().waitFor();
    expectQuiet(inspector);
  });
});

describe('without a network', () => {
  it('says so, and its policy forbids it', async () => {
    const { page, requests } = await openInspector(browser, file);
    expect(await page.locator('.privacy').innerText()).toContain('Nothing leaves this page.');
    const refused = await page.evaluate(() =>
      fetch('https://example.com/').then(
        () => false,
        () => true,
      ),
    );
    expect(refused).toBe(true);
    expect(requests).toEqual([]);
  });
});
