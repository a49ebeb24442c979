/** Every view of the inspector through axe-core, in both themes and at both widths. */

import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.js';
import { closePages, launchChromium } from './chromium.js';
import { buildInspector, dropFiles, follow, openInspector, settled } from './inspector.js';
import { exampleFiles } from './sample.js';

const VIEWS = [
  ['summary', ''],
  ['jobs', '#view=jobs&group=prefix'],
  ['a job', '#job=com.example.laptop%3A%3Amemory%2Fbandwidth&line=2'],
  ['timeline', '#view=timeline'],
  ['document', '#view=document'],
  ['environment', '#view=environment'],
  ['sizes', '#view=sizes'],
  ['problems', '#view=problems'],
  ['resume', '#view=resume'],
  ['compare', '#view=compare'],
] as const;

const LOOKS = [
  { width: 1280, dark: false },
  { width: 1280, dark: true },
  { width: 400, dark: false },
  { width: 400, dark: true },
];

let browser: Browser;
let file: string;

beforeAll(async () => {
  [browser, file] = await Promise.all([launchChromium(), buildInspector('inspector-axe')]);
});

afterEach(() => closePages(browser));
afterAll(() => browser.close());

describe.each(LOOKS)('at $width pixels, dark: $dark', (look) => {
  it('the page without a session', async () => {
    const { page } = await openInspector(browser, file, look);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('every view', async () => {
    const { page } = await openInspector(browser, file, look);
    await dropFiles(page, exampleFiles('laptop-quick.session'));
    await page.locator('.failed-job .log').waitFor();
    for (const [name, hash] of VIEWS) {
      await follow(page, hash);
      if (name === 'resume') {
        await dropFiles(page, exampleFiles('units'), '.drop-zone');
        await page.locator('.run-list').waitFor();
        await settled(page);
      }
      expect(await violations(page), name).toEqual([]);
    }
  });
});
