/** Cold rows: every run in a process of its own, with its peak memory. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { summary } from './measure.mjs';

const run = promisify(execFile);
const script = fileURLToPath(new URL('once.mjs', import.meta.url));

/**
 * @typedef {import('./measure.mjs').Timing & { memory: number }} ColdTiming `memory` is the median growth of the
 *   peak memory over the start of the process, bytes
 *
 * @param {import('./tasks.mjs').Task} task
 * @param {string} set
 * @param {{ rounds: number }} options
 * @returns {Promise<ColdTiming[]>}
 */
export async function raceCold(task, set, { rounds }) {
  const lanes = task.contestants.map(({ name }) => ({ name, times: [], memories: [], error: undefined }));
  for (let round = 0; round < rounds; round++) {
    for (const lane of lanes) {
      if (lane.error !== undefined) continue;
      const { stdout } = await run(process.execPath, [script, task.name, lane.name, set]);
      const { time, memory, error } = JSON.parse(stdout);
      lane.times.push(time);
      lane.memories.push(memory);
      lane.error = error;
    }
  }
  return lanes.map(({ name, times, memories, error }) =>
    error === undefined
      ? { name, ...summary(times), memory: summary(memories).median }
      : { name, best: NaN, median: NaN, memory: NaN, error },
  );
}
