/** A page that opens a session on its main thread, in a worker, and with a module that it fetches. */

import { open, setKernel } from 'plainbox-session';
import { openInWorker } from 'plainbox-session/browser';
import { factsOf, sampleFrom } from './facts.js';

async function bytesAt(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function lookInWorker(bytes) {
  const session = await openInWorker(new Blob([bytes]), { kernel: 'wasm' });
  const { title, kernel, jobCount } = await session.overview();
  session.close();
  return { title, kernel, jobCount };
}

async function look() {
  const sample = await sampleFrom(bytesAt);
  const facts = [await factsOf(sample, 'js'), await factsOf(sample, 'wasm')];
  const inWorker = await lookInWorker(sample.bytes);
  const archived = await lookInWorker(await bytesAt('session.tar.xz'));
  await setKernel(fetch('kernel.wasm'));
  const fetched = (await open(sample.bytes, { kernel: 'wasm' })).kernel;
  return { facts, inWorker, archived, fetched };
}

globalThis.outcome = look();
