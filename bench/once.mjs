// One task by one contestant in this fresh process: `node bench/once.mjs TASK CONTESTANT SET` prints the time of
// the first run in milliseconds and the growth of the peak memory in bytes, the compressed file included.
import { readFileSync } from 'node:fs';
import { describe } from './measure.mjs';
import { loadSession, loadUnitsOf, tasks } from './tasks-node.mjs';

/** Highest resident size of this process so far. `resourceUsage` would count the parent before the fork. */
function peakBytes() {
  const line = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  if (line === null) throw new Error('the peak memory of a process is known on Linux only');
  return Number(line[1]) * 1024;
}

const [task, name, set] = process.argv.slice(2);
const contestant = tasks.get(task).contestants.find((one) => one.name === name);
const units = loadUnitsOf(set);
const before = peakBytes();
const sample = { units, session: loadSession(set) };
const start = performance.now();
let error;
try {
  await contestant.run(sample);
} catch (thrown) {
  error = describe(thrown);
}
const time = performance.now() - start;
const memory = peakBytes() - before;
try {
  contestant.prepare?.(sample);
} catch (thrown) {
  error ??= describe(thrown);
}
console.log(JSON.stringify({ time, memory, error }));
