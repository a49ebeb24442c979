/** The races in a browser; `chromium.mjs` bundles this file and calls `window.raceInPage`. */

import { loadUnits } from '../dist/units/load.js';
import { library } from './contestants/library.mjs';
import { decompressionStream, fflate, pako } from './contestants/rivals.mjs';
import { jsonParse, simdjson } from './contestants/tokenizers.mjs';
import { race } from './measure.mjs';
import { makeSample } from './samples.mjs';
import { makeTasks } from './tasks.mjs';

const bytesOf = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());

window.raceInPage = async ({ set, namespace, taskNames, rounds }) => {
  const tasks = makeTasks(
    [fflate, pako, decompressionStream],
    [jsonParse, ...simdjson(await bytesOf('/simdjson.wasm')), library('js'), library('wasm')],
  );
  const session = await bytesOf(`/sets/${set}.session`);
  const file = { name: `${set}.pxu`, text: await (await fetch(`/sets/${set}.pxu`)).text(), namespace };
  const text = await decompressionStream.gunzip(session);
  const sample = makeSample(session, loadUnits([file]).units, text);
  const results = {};
  for (const name of taskNames) {
    // Started with --expose-gc.
    results[name] = await race(tasks.get(name).contestants, sample, { rounds, settle: () => window.gc() });
  }
  return results;
};
