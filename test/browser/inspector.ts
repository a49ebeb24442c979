/** The inspector as it is shipped, opened as a file. */

import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { expect } from 'vitest';
import { newPage } from './chromium.js';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Builds the page. @returns its path */
export async function buildInspector(name: string): Promise<string> {
  const outDir = root(`build/out/${name}`);
  await build({ configFile: root('inspector/vite.config.mjs'), logLevel: 'error', build: { outDir } });
  return `${outDir}/inspector.html`;
}

export interface InspectorPage {
  readonly page: Page;
  /** Everything that the page said went wrong, refusals of its policy among it. */
  readonly complaints: string[];
  /** What the page asked the network for, itself aside. */
  readonly requests: string[];
}

export async function openInspector(
  browser: Browser,
  file: string,
  { hash = '', width = 1280, height = 900, dark = false } = {},
): Promise<InspectorPage> {
  const page = await newPage(browser, {
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    acceptDownloads: true,
  });
  await page.addInitScript(countOpenQuestions);
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  const address = pathToFileURL(file).href;
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !/^(?:blob|data):/.test(url)) requests.push(url);
  });
  await page.goto(address + hash);
  return { page, complaints, requests };
}

declare global {
  /** What the page has asked its workers and has no answer to. */
  var openQuestions: number;
}

/** Runs in the page before everything else. */
function countOpenQuestions(): void {
  globalThis.openQuestions = 0;
  globalThis.Worker = class extends Worker {
    #open = 0;

    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }) => data.type !== 'progress' && this.#count(-1));
    }

    override postMessage(message: unknown): void {
      this.#count(1);
      super.postMessage(message);
    }

    override terminate(): void {
      this.#count(-this.#open);
      super.terminate();
    }

    #count(change: number): void {
      this.#open += change;
      globalThis.openQuestions += change;
    }
  };
}

/** Until the page has every answer that it waits for, has drawn it, and asks for nothing more. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // Components ask after they were drawn, by a timer that is set in the next frame.
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    for (let quiet = 0; quiet < 3; quiet = globalThis.openQuestions === 0 ? quiet + 1 : 0) await drawn();
  });
}

/** Follows a link within the page. */
export async function follow(page: Page, hash: string): Promise<void> {
  await page.evaluate((place) => {
    location.hash = place;
  }, hash);
  await settled(page);
}

/** Gives a file, or the files of a directory, to the first button of that kind. */
export async function give(page: Page, path: string | { name: string; bytes: Uint8Array }): Promise<void> {
  const input = page.locator('main input[type=file]').first();
  if (typeof path === 'string') await input.setInputFiles(path);
  else {
    const { name, bytes } = path;
    await input.setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
  }
}

/** Drops a directory on the page: entries by path. */
export async function dropFiles(
  page: Page,
  files: readonly (readonly [path: string, bytes: Uint8Array])[],
  target = 'body',
): Promise<void> {
  const packed = files.map(([path, bytes]) => [path, Buffer.from(bytes).toString('base64')] as const);
  await page.evaluate(dropInPage, [packed, target] as const);
}

/** Runs in the page: a drop whose items are a tree of entries, as browsers make them of directories. */
function dropInPage([packed, target]: readonly [readonly (readonly [string, string])[], string]): void {
  const fileOf = (path: string, base64: string) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new File([bytes], path.split('/').at(-1)!);
  };
  const fileEntry = (path: string, base64: string) => ({
    isFile: true,
    isDirectory: false,
    fullPath: `/${path}`,
    file: (resolve: (file: File) => void) => resolve(fileOf(path, base64)),
  });
  const directoryEntry = (prefix: string): object => {
    const inside = packed.filter(([path]) => path.startsWith(prefix));
    const names = [...new Set(inside.map(([path]) => path.slice(prefix.length).split('/')[0]!))];
    const entries = names.map((name) => {
      const whole = inside.find(([path]) => path === prefix + name);
      return whole === undefined ? directoryEntry(`${prefix}${name}/`) : fileEntry(...whole);
    });
    return {
      isFile: false,
      isDirectory: true,
      fullPath: `/${prefix.slice(0, -1)}`,
      createReader: () => ({
        // One at a time: readers give as many as they like.
        readEntries: (resolve: (batch: unknown[]) => void) => resolve(entries.splice(0, 1)),
      }),
    };
  };
  const roots = [...new Set(packed.map(([path]) => path.split('/')[0]!))].map((name) => {
    const whole = packed.find(([path]) => path === name);
    return whole === undefined ? directoryEntry(`${name}/`) : fileEntry(...whole);
  });
  const event = new Event('drop', { bubbles: true, cancelable: true });
  const items = roots.map((root) => ({ kind: 'file', webkitGetAsEntry: () => root, getAsFile: () => null }));
  Object.defineProperty(event, 'dataTransfer', { value: { items } });
  document.querySelector(target)!.dispatchEvent(event);
}

/** Nothing went wrong, nothing was asked for. */
export function expectQuiet({ complaints, requests }: InspectorPage): void {
  expect(complaints).toEqual([]);
  expect(requests).toEqual([]);
}
