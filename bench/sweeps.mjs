/** How time grows: with the size of small sessions, per kernel, and with the number of jobs. */
import Benchmark from 'benchmark';
import { library } from './contestants/library.mjs';
import { zlib } from './contestants/rivals-node.mjs';
import { smallSession } from './data/sets.mjs';
import { race } from './measure.mjs';
import { loadSample } from './tasks-node.mjs';

/** Sizes of the texts, in KB. */
const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

/**
 * Opens small sessions again and again.
 *
 * @param {{ seconds: number }} options time for each figure
 * @returns {{ kilobytes: number, rival: number, js: number, wasm: number }[]} milliseconds for one opening
 */
export function sweepSizes({ seconds }) {
  return SIZES.map((kilobytes) => {
    const session = smallSession(kilobytes);
    const suite = new Benchmark.Suite();
    const settings = { minSamples: 5, maxTime: seconds };
    suite.add('rival', () => zlib.read(session), settings);
    for (const kernel of ['js', 'wasm']) {
      const { prepare, open } = library(kernel);
      prepare({ session });
      suite.add(kernel, () => open({ session }), settings);
    }
    suite.run({ async: false });
    const times = Array.from(suite, ({ name, stats, error }) => {
      if (error) throw error;
      return [name, Math.min(...stats.sample) * 1000];
    });
    return { kilobytes, ...Object.fromEntries(times) };
  });
}

/** The smallest size from which on WebAssembly wins, KB; undefined when it never does. */
export function threshold(rows) {
  const lost = rows.findLastIndex(({ js, wasm }) => wasm > js);
  return rows[lost + 1]?.kilobytes;
}

/**
 * Resumes sessions of more and more jobs.
 *
 * @param {import('./tasks.mjs').Task} resume
 * @param {Parameters<typeof race>[2]} options
 * @returns {Promise<{ jobs: number, timings: import('./measure.mjs').Timing[] }[]>}
 */
export async function sweepJobs(resume, options) {
  const rows = [];
  for (const jobs of [1_000, 3_000, 5_000, 20_000]) {
    rows.push({ jobs, timings: await race(resume.contestants, loadSample(`C${jobs}`), options) });
  }
  return rows;
}
