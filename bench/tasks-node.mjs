/** The tasks with all contestants that run in Node, and their samples. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { loadUnits } from '../dist/units/load.js';
import { library } from './contestants/library.mjs';
import { decompressionStream, fflate, pako } from './contestants/rivals.mjs';
import { nativeSimdjson, tunedZlib, zlib } from './contestants/rivals-node.mjs';
import { jsonParse, simdjson } from './contestants/tokenizers.mjs';
import { NAMESPACE } from './data/jobs.mjs';
import { sessionFiles } from './data/sets.mjs';
import { makeSample } from './samples.mjs';
import { makeTasks } from './tasks.mjs';

const simdjsonWasm = readFileSync(new URL('simdjson/simdjson.wasm', import.meta.url));

export const tasks = makeTasks(
  [zlib, tunedZlib, fflate, pako, decompressionStream],
  [jsonParse, ...(await nativeSimdjson()), ...simdjson(simdjsonWasm), library('js'), library('wasm')],
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
  return makeSample(session, loadUnitsOf(set), gunzipSync(session));
}

/**
 * What a reader has to keep of a generated archive.
 *
 * @param {string} set
 * @returns {{ compressed: number, decoded: number, records: number }} bytes, and the number of IO log records;
 *   the last two are 0 for what is too long for `JSON.parse`
 */
export function measureSession(set) {
  const session = loadSession(set);
  const measured = { compressed: session.length, decoded: 0, records: 0 };
  if (set === 'A600') return measured;
  for (const history of Object.values(zlib.read(session).session.results)) {
    for (const [, , data] of history.flatMap(({ io_log }) => io_log ?? [])) {
      measured.decoded += zlib.decode(data).length;
      measured.records++;
    }
  }
  return measured;
}
