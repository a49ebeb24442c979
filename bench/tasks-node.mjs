/** The tasks with all contestants that run in Node, and their samples. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { loadUnits } from '../dist/units/load.js';
import { library } from './contestants/library.mjs';
import { decompressionStream, fflate, pako } from './contestants/rivals.mjs';
import { tunedZlib, zlib } from './contestants/rivals-node.mjs';
import { jsonParse, simdjson } from './contestants/tokenizers.mjs';
import { NAMESPACE } from './data/jobs.mjs';
import { sessionFiles } from './data/sets.mjs';
import { makeTasks } from './tasks.mjs';

const simdjsonWasm = readFileSync(new URL('simdjson/simdjson.wasm', import.meta.url));

export const tasks = makeTasks(
  [zlib, tunedZlib, fflate, pako, decompressionStream],
  [jsonParse, ...simdjson(simdjsonWasm), library('js'), library('wasm')],
);

/** The units of a generated archive, in memory as an application has them. @param {string} set */
export function loadUnitsOf(set) {
  const path = sessionFiles(set).units;
  const { units, problems } = loadUnits([
    { name: path, text: readFileSync(path, 'utf8'), namespace: NAMESPACE },
  ]);
  if (problems.length > 0) throw problems[0];
  return units;
}

/** The bytes of a generated archive. @param {string} set */
export const loadSession = (set) => readFileSync(sessionFiles(set).session);

/** Everything about a generated archive, its text included. @param {string} set */
export function loadSample(set) {
  const session = loadSession(set);
  return { session, units: loadUnitsOf(set), text: gunzipSync(session) };
}
