/** A session of 100 MB: the page is never blocked, by the library or by the inspector. */

import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sessionFiles } from '../../bench/data/sets.mjs';
import { launchChromium } from './chromium.js';
import { buildInspector, expectQuiet, openInspector } from './inspector.js';
import { serveLibrary } from './library-page.js';

let browser: Browser;
let session: string;

beforeAll(async () => {
  browser = await launchChromium();
  session = sessionFiles('A100').session;
}, 300_000);

afterAll(() => browser.close());

declare global {
  /** Milliseconds of every task of more than 50 ms since the watch began. */
  var longTasks: number[];
}

/** The long-tasks API tells of every task that blocks the page for more than 50 ms. */
function watchLongTasks(page: Page): Promise<void> {
  return page.evaluate(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration);
    }).observe({ type: 'longtask' });
  });
}

it('is opened in a worker, and answers', async () => {
  const served = await serveLibrary();
  try {
    served.content.set('large', readFileSync(session));
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction(() => 'library' in globalThis);
    // Fetching is not part of it.
    await page.evaluate(async () => {
      Object.assign(globalThis, { large: await (await fetch('/large')).blob() });
    });
    await watchLongTasks(page);
    const outcome = await page.evaluate(async () => {
      const { large } = globalThis as unknown as { large: Blob };
      const opened = await globalThis.library.openInWorker(large);
      const overview = await opened.overview();
      const [job] = await opened.jobs(0, overview.jobCount);
      const log = await opened.log(job!.id, 0);
      await opened.logPage(job!.id, 0, 0, 1000);
      await opened.searchLogs('no such text');
      opened.close();
      return { overview, log };
    });
    expect(outcome.overview).toMatchObject({ jobCount: 500, kernel: 'wasm-simd' });
    expect(outcome.overview.textBytes).toBeGreaterThan(90_000_000);
    expect(outcome.log.records).toBeGreaterThan(1000);
    expect(await page.evaluate(() => globalThis.longTasks)).toEqual([]);
  } finally {
    served.close();
  }
});

it('is shown by the inspector', async () => {
  const file = await buildInspector('inspector-large');
  const inspector = await openInspector(browser, file);
  const { page } = inspector;
  await watchLongTasks(page);
  await page.locator('main input[type=file]').first().setInputFiles(session);
  await page.locator('nav.tabs').waitFor();
  await page.waitForTimeout(1000);
  await page.getByRole('link', { name: /^Jobs/ }).click();
  await page.locator('.job-line').first().waitFor();
  await page.keyboard.press('j');
  await page
    .getByText(/1 to 500 of/)
    .first()
    .waitFor();
  await page.keyboard.press('j');
  await page
    .getByText(/1 to 500 of/)
    .first()
    .waitFor();
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => globalThis.longTasks)).toEqual([]);
  expectQuiet(inspector);
});
