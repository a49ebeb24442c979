/** The inspector with sessions that are damaged, hostile, or large. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closePages, launchChromium } from './chromium.js';
import { buildInspector, expectQuiet, follow, give, openInspector, settled } from './inspector.js';
import { SAMPLE } from './sample.js';
import { largeSession, sessionBytes } from './sessions.js';

let browser: Browser;
let file: string;

beforeAll(async () => {
  [browser, file] = await Promise.all([launchChromium(), buildInspector('inspector-inputs')]);
});

afterEach(() => closePages(browser));
afterAll(() => browser.close());

describe('damaged sessions', () => {
  const sample = readFileSync(join(SAMPLE, 'session'));

  it.each([
    ['cut off', sample.subarray(0, 900), 'gzip-truncated'],
    ['no gzip', new TextEncoder().encode('{"session": {}}'), 'looks like JSON'],
    [
      'changed',
      Uint8Array.from(sample, (byte, index) => (index === sample.length - 6 ? byte ^ 1 : byte)),
      'gzip-',
    ],
    ['empty', new Uint8Array(), 'The file is empty'],
  ])('tells what is wrong: %s', async (_what, bytes, code) => {
    const inspector = await openInspector(browser, file);
    await give(inspector.page, { name: 'session', bytes });
    const panel = inspector.page.getByRole('alert');
    await panel.waitFor();
    expect(await panel.innerText()).toContain(code);
    expectQuiet(inspector);
  });

  it('shows what is whole of a session with damaged parts, and where they are', async () => {
    const inspector = await openInspector(browser, file);
    const bytes = sessionBytes({
      results: [
        ['a', [{ outcome: 'pass', log: ['fine\n'] }]],
        ['b', [{ outcome: 'no such outcome' }]],
      ],
    });
    await give(inspector.page, { name: 'session', bytes });
    await inspector.page.locator('.headline', { hasText: '1 problem' }).waitFor();
    await inspector.page.getByRole('link', { name: 'Problems' }).click();
    await inspector.page.getByText('$.session.results.b[0].outcome').waitFor();
    expectQuiet(inspector);
  });
});

describe('a hostile session', () => {
  const attack = '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>';
  const reversed = 'safe\u202etxt.exe';
  const id = `com.example::${attack}`;

  async function openHostile(hash: string): Promise<Awaited<ReturnType<typeof openInspector>>> {
    const inspector = await openInspector(browser, file, { hash });
    const log = [
      `${attack}\n`,
      `\x1b[31m${attack}\x1b[0m\n`,
      `\x1b]8;;javascript:alert(1)\x07link\x1b]8;;\x07\n`,
    ];
    const bytes = sessionBytes({
      title: `${attack} ${reversed}`,
      running: `${id} 2`,
      appBlob: JSON.stringify({ testplan_id: attack, description: attack, __proto__: attack }),
      results: [
        [id, [{ outcome: 'fail', comments: attack, return_code: 1, log }]],
        ['__proto__', [{ outcome: 'crash', log: [attack] }]],
        ['constructor', [{ outcome: 'pass', comments: reversed }]],
        [`${id} 2`, [{ outcome: null }]],
      ],
      systemInformation: {
        [attack]: {
          tool_version: attack,
          success: true,
          outputs: { payload: { [attack]: attack }, stderr: attack },
        },
      },
    });
    await give(inspector.page, { name: `${attack}.session`, bytes });
    await inspector.page.locator('nav.tabs').waitFor();
    return inspector;
  }

  /** Opens whatever can be opened, also in what has been opened. */
  async function openAll(page: Page): Promise<void> {
    const closed = page.locator('details:not([open]) > summary');
    await settled(page);
    while ((await closed.count()) > 0) {
      for (let left = await closed.count(); left > 0; left--) await closed.first().click();
      await settled(page);
    }
  }

  async function expectHarmless(page: Page): Promise<void> {
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await page.locator('main img, main script, main iframe, [onerror]').count()).toBe(0);
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    expect(await page.locator('main').innerText()).not.toContain('\u202e');
  }

  it.each([
    'summary',
    'jobs',
    'timeline',
    'environment',
    'document',
    'sizes',
    'problems',
    'resume',
    'compare',
  ])('runs nothing: %s', async (view) => {
    const inspector = await openHostile(`#view=${view}`);
    await openAll(inspector.page);
    await expectHarmless(inspector.page);
    expectQuiet(inspector);
  });

  it('is text on the page of a job', async () => {
    const inspector = await openHostile(`#job=${encodeURIComponent(id)}`);
    const lines = inspector.page.locator('.log .line .text');
    await expect.poll(() => lines.allInnerTexts()).toEqual([attack, attack, 'link']);
    expect(await inspector.page.locator('.comments').innerText()).toBe(attack);
    await expectHarmless(inspector.page);
    expectQuiet(inspector);
  });

  it('has jobs with the names of built-in properties', async () => {
    const { page } = await openHostile('#job=__proto__');
    await page.locator('.log .line', { hasText: 'onerror' }).waitFor();
    await follow(page, '#job=constructor');
    expect(await page.locator('#job-title').innerText()).toBe('constructor');
    expect(await page.locator('.job-verdict').innerText()).toContain('passed');
  });
});

describe('20,000 jobs', () => {
  it('are scrolled through with a few rows in the page, and filtered at once', async () => {
    const inspector = await openInspector(browser, file, { hash: '#view=jobs' });
    const { page } = inspector;
    await give(page, { name: 'session', bytes: largeSession({ jobs: 20_000, lines: 1 }) });
    await page.getByText('20,000 jobs').waitFor();
    const list = page.getByRole('grid', { name: 'Jobs' });
    expect(await list.getAttribute('aria-rowcount')).toBe('20000');
    const seen = await list.evaluate(async (grid) => {
      const ids: string[] = [];
      let most = 0;
      for (const part of [0.25, 0.5, 0.75, 1]) {
        grid.scrollTop = part * grid.scrollHeight;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const rows = grid.querySelectorAll('.job-line');
        most = Math.max(most, rows.length);
        ids.push(rows[rows.length - 1]?.querySelector('.job-id')?.textContent ?? '');
      }
      return { ids, most };
    });
    expect(seen.most).toBeLessThan(100);
    expect(new Set(seen.ids).size).toBe(4);
    expect(seen.ids[3]).toContain('job-19999');
    await page.getByLabel('Filter the jobs').fill('s:crash d:>90 j:group-5/');
    await expect.poll(() => page.locator('.list-status').innerText()).toMatch(/\d+ of 20,000 jobs/);
    await page.getByLabel('Group the jobs').selectOption('prefix');
    await page.getByRole('button', { name: /group-5/ }).waitFor();
    expectQuiet(inspector);
  });
});

describe('on paper', () => {
  it('all jobs are printed, though few are on the screen', async () => {
    const { page } = await openInspector(browser, file, { hash: '#view=jobs' });
    await give(page, { name: 'session', bytes: largeSession({ jobs: 300, lines: 1 }) });
    await page.getByText('300 jobs').waitFor();
    const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g);
    // 30 pixels each, on 1122 pixels less the margins.
    expect(sheets?.length).toBeGreaterThanOrEqual((300 * 30) / 1122);
    await expect.poll(() => page.locator('.job-line').count()).toBeLessThan(100);
  });

  it('of very many the first ones, which says so', async () => {
    const { page } = await openInspector(browser, file, { hash: '#view=jobs' });
    await give(page, { name: 'session', bytes: largeSession({ jobs: 2100, lines: 1 }) });
    await page.getByText('2,100 jobs').waitFor();
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.locator('.job-line').count()).toBe(2000);
    expect(await page.getByRole('grid').innerText()).toContain('100 more rows, which are not printed');
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.locator('.job-line').count()).toBeLessThan(100);
  });
});

describe('a large log', () => {
  it('is shown in pages, found in, and jumped through', async () => {
    const inspector = await openInspector(browser, file, { hash: '#job=big' });
    const { page } = inspector;
    const log = Array.from(
      { length: 30_000 },
      (_, line) => `line ${line}${line === 21_000 ? ' needle' : ''}\n`,
    );
    log.push('x'.repeat(3_000_000));
    await give(page, {
      name: 'session',
      bytes: sessionBytes({ results: [['big', [{ outcome: 'fail', log }]]] }),
    });
    await page.getByText('1 to 500 of 30,001').first().waitFor();
    await expect.poll(() => page.locator('.log .line').count()).toBe(500);
    await page.getByLabel('Find in the output').fill('needle');
    await page.locator('.line[data-target]', { hasText: 'line 21000' }).waitFor();
    await expect.poll(() => page.url()).toContain('line=21001');
    await page.getByRole('button', { name: 'Last', exact: true }).click();
    await page.getByText('30,001 to 30,001 of 30,001').first().waitFor();
    await page.getByText('3.0 MB more').waitFor();
    expectQuiet(inspector);
  });
});
