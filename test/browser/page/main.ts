/** The page of the library's own tests: what a test calls is on `globalThis.library`. */

import * as browser from '../../../src/browser/index.js';
import * as core from '../../../src/index.js';
import { type CoreCase, kernelOf, outcomesOf } from './core-case.js';

type KernelName = 'js' | 'wasm';

async function fetchCases(url: string): Promise<readonly CoreCase[]> {
  return (await fetch(url)).json();
}

async function runCases(url: string, kernel: KernelName): Promise<readonly (readonly string[])[]> {
  const outcomes: (readonly string[])[] = [];
  for (const item of await fetchCases(url)) outcomes.push(await outcomesOf(item, kernel));
  return outcomes;
}

async function runCasesInWorker(url: string, kernel: KernelName): Promise<readonly (readonly string[])[]> {
  const worker = new Worker(new URL('./core.worker.js', import.meta.url), { type: 'module' });
  const outcomes: (readonly string[])[] = [];
  for (const item of await fetchCases(url)) {
    const answer = new Promise<readonly string[]>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    worker.postMessage({ item, kernel });
    outcomes.push(await answer);
  }
  worker.terminate();
  return outcomes;
}

const exposed = { ...core, ...browser, runCases, runCasesInWorker, kernelOf };
export type Library = typeof exposed;

declare global {
  var library: Library;
}

globalThis.library = exposed;
