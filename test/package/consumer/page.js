/** A page that opens a session on its main thread, in a worker, and with a module that it fetches. */

import { open, setKernel } from 'plainbox-session';
import { openInWorker } from 'plainbox-session/browser';
import { factsOf, sampleFrom } from './facts.js';

async function bytesAt(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function look() {
  const sample = await sampleFrom(bytesAt);
  const facts = [await factsOf(sample, 'js'), await factsOf(sample, 'wasm')];
  const remote = await openInWorker(new Blob([sample.bytes]), { kernel: 'wasm' });
  const { title, kernel, jobCount } = await remote.overview();
  remote.close();
  await setKernel(fetch('kernel.wasm'));
  const fetched = (await open(sample.bytes, { kernel: 'wasm' })).kernel;
  return { facts, inWorker: { title, kernel, jobCount }, fetched };
}

globalThis.outcome = look();
