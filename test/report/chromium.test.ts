/** The report `html` as a reader opens it: as a file in Chromium, with JavaScript on. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { reportText } from '../../src/report/index.js';
import { violations } from '../browser/axe.js';
import { closePages, launchChromium, newPage } from '../browser/chromium.js';
import { makeDirectory } from '../files/directories.js';
import { caseReports, hostileReports, realReports } from './all-reports.js';
import { hostileReport, sampleReport } from './reports.js';

const POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>\n/;

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterEach(() => closePages(browser));
afterAll(() => browser.close());

/** Opens a page from a file. @returns what it did beside being shown */
async function openFile(page: Page, markup: string): Promise<string[]> {
  const address = pathToFileURL(join(makeDirectory({ 'report.html': markup }), 'report.html')).href;
  const deeds: string[] = [];
  page.on('pageerror', ({ message }) => deeds.push(message));
  page.on('console', (message) => deeds.push(message.text()));
  page.on('request', (request) => request.url() !== address && deeds.push(request.url()));
  page.on('dialog', (dialog) => {
    deeds.push(dialog.message());
    return dialog.dismiss();
  });
  await page.goto(address);
  return deeds;
}

describe.each([
  ['the sample', () => sampleReport(true)],
  ['hostile content', hostileReport],
])('the page of %s', (_name, load) => {
  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [400, 'dark'],
  ] as const)('is accessible at %i pixels, %s', async (width, colorScheme) => {
    const page = await newPage(browser, { viewport: { width, height: 900 }, colorScheme });
    expect(await openFile(page, await reportText(await load(), 'html'))).toStrictEqual([]);
    expect(await violations(page)).toStrictEqual([]);
    const hasToScroll = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(hasToScroll).toBe(false);
  });

  it('runs nothing and loads nothing, even without its policy', async () => {
    const markup = await reportText(await load(), 'html');
    expect(markup).toMatch(POLICY);
    const page = await newPage(browser);
    expect(await openFile(page, markup.replace(POLICY, ''))).toStrictEqual([]);
  });

  it('shows failures first', async () => {
    const page = await newPage(browser);
    await openFile(page, await reportText(await load(), 'html'));
    expect(await page.locator('h2').first().textContent()).toMatch(/^Failed and crashed/);
  });
});

/** Runs in the page: what parsed reports have that they should not have, and how many failures they show. */
function inspect(pages: readonly string[]): { readonly odd: string[]; readonly failed: number }[] {
  const own = new Set(
    (
      'html head meta title style body main header footer section article h1 h2 h3 p div span i b ul li dl dt dd ' +
      'details summary pre code blockquote table thead tbody tr th td'
    ).split(' '),
  );
  const attributes = new Set('lang charset name content http-equiv class style id aria-hidden'.split(' '));
  return pages.map((markup) => {
    const parsed = new DOMParser().parseFromString(markup, 'text/html');
    const odd = Array.from(parsed.querySelectorAll('*')).flatMap((element) => [
      ...(own.has(element.localName) ? [] : [element.localName]),
      ...element.getAttributeNames().filter((name) => !attributes.has(name)),
    ]);
    return { odd, failed: parsed.querySelectorAll('.failure').length };
  });
}

/** Pages that go to Chromium together. */
const TOGETHER = 100;

it.each([
  ['the sample and the real sessions', realReports],
  ['all sessions of the corpus', caseReports],
  ['what can be opened of the hostile inputs', hostileReports],
])('Chromium finds nothing but what we have put there in the pages of %s', async (_name, load) => {
  const page = await newPage(browser);
  const reports = await load();
  for (let start = 0; start < reports.length; start += TOGETHER) {
    const some = reports.slice(start, start + TOGETHER);
    const pages = await Promise.all(some.map(([, report]) => reportText(report, 'html')));
    const found = await page.evaluate(inspect, pages);
    expect(some.map(([name], index) => [name, found[index]])).toStrictEqual(
      some.map(([name, { failed }]) => [name, { odd: [], failed: failed.length }]),
    );
  }
});
