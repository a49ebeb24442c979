/** Prints the facts of the sample session with every kernel, and what every entry point exports. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { open, setKernel } from 'plainbox-session';
import { openSessionPath } from 'plainbox-session/node';
import { factsOf, sampleFrom } from './facts.js';

const exported = {};
for (const entry of ['', '/node', '/browser', '/units', '/report', '/plainbox']) {
  exported[`.${entry}`] = Object.keys(await import(`plainbox-session${entry}`));
}

const sample = await sampleFrom((path) => readFile(new URL(`public/${path}`, import.meta.url)));
const facts = [await factsOf(sample, 'js'), await factsOf(sample, 'wasm')];

/** The raw modules, as a page would fetch them. */
const raw = [];
for (const entry of ['wasm', 'wasm/scalar']) {
  await setKernel(readFile(new URL(import.meta.resolve(`plainbox-session/${entry}`))));
  raw.push((await open(sample.bytes, { kernel: 'wasm' })).kernel);
}

const directory = fileURLToPath(new URL('public/laptop-quick.session', import.meta.url));
const { session } = await openSessionPath(directory);
console.log(JSON.stringify({ node: process.version, exported, facts, raw, fromDirectory: session.length }));
