/** A real Chromium; without one these tests fail. */

import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Milliseconds that anything may take: what never comes fails all the same, what comes late on a busy machine does not. */
const PATIENCE = 60_000;

/** Every launch has a profile of its own, which goes with it. */
export async function launchChromium(): Promise<Browser> {
  if (!existsSync(EXECUTABLE)) {
    throw new Error(
      `no Chromium at ${EXECUTABLE}: install it (apt-get install chromium), or name it in CHROMIUM`,
    );
  }
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS, timeout: PATIENCE });
}

/** A page that shares nothing with others. */
export async function newPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  return context.newPage();
}

/** Ends all pages of a test, so that they do not take time and memory from the next ones. */
export async function closePages(browser: Browser): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
}
