/**
 * The ratios to reach: how many times faster than a rival a task must be, by set. From measurements on a 2-core AMD
 * EPYC (Zen 4), 24 GiB.
 *
 * @typedef {{ where: 'hot' | 'cold' | 'chromium', task: string, ours: string, rivals: string[], floors: Record<string, number> }} Target
 *   `rivals` are compared by the fastest of them
 */
import { decompressionStream, fflate } from './contestants/rivals.mjs';

const OURS = 'plainbox-session (wasm)';
const ZLIB = 'node:zlib';
const TUNED_ZLIB = 'node:zlib, one chunk';

/** @type {Target[]} */
export const TARGETS = [
  {
    where: 'hot',
    task: 'gunzip',
    ours: OURS,
    rivals: [ZLIB],
    floors: { A10: 1.8, A100: 2.6, B80: 4, C20000: 2.1 },
  },
  {
    where: 'hot',
    task: 'gunzip',
    ours: OURS,
    rivals: [TUNED_ZLIB],
    floors: { A10: 1.35, A100: 1.9, B80: 2.6, C20000: 1.5 },
  },
  {
    where: 'hot',
    task: 'tokenise',
    ours: OURS,
    rivals: ['simdjson (wasm), DOM'],
    floors: { A10: 1.7, A100: 1.7, B80: 1.5, C20000: 1.4 },
  },
  {
    where: 'hot',
    task: 'peek',
    ours: OURS,
    rivals: [ZLIB],
    floors: { A10: 5.2, A100: 7.8, B80: 12, C20000: 7.3 },
  },
  {
    where: 'cold',
    task: 'peek',
    ours: OURS,
    rivals: [ZLIB],
    floors: { A10: 4, A100: 6.5, B80: 9.5, C20000: 4.8 },
  },
  { where: 'hot', task: 'resume', ours: OURS, rivals: [ZLIB], floors: { A10: 8, A100: 9.5 } },
  { where: 'hot', task: 'decode', ours: OURS, rivals: [ZLIB], floors: { A10: 7, A100: 8.3 } },
  { where: 'cold', task: 'decode', ours: OURS, rivals: [ZLIB], floors: { A10: 5, A100: 5.8 } },
  {
    where: 'chromium',
    task: 'peek',
    ours: OURS,
    rivals: [fflate.name, decompressionStream.name],
    floors: { A10: 5.3, A100: 6.5, B80: 11, C20000: 8.5 },
  },
  { where: 'chromium', task: 'decode', ours: OURS, rivals: [fflate.name], floors: { A10: 12, A100: 14 } },
];

/**
 * The reference itself, warm, median of 3 to 5 (CPython 3.11, AMD EPYC), on archives of the same shapes:
 * milliseconds, and MB of text. It is not here to be raced.
 */
const REFERENCE = {
  A10: { size: 10.4, peek: 340, resume: 610, floor: 12 },
  A100: { size: 101, peek: 3500, resume: 5700, floor: 20 },
  B80: { size: 100, peek: 3100, resume: 3000, floor: 20 },
};
/** The same of resuming sessions of many jobs, which takes it time that grows with their square. */
const REFERENCE_JOBS = { 3000: { resume: 2700, floor: 20 } };

/** Bytes that a cold run may take over the start of the process. */
const MEMORY_SLACK = 8e6;
const BYTES_PER_RECORD = 8;
/** The 600 MB document must not take longer than this many times the 100 MB one. */
const A600_OVER_A100 = 1000 / 153;

/**
 * @typedef {{ where: string, set: string, task: string, timings: import('./measure.mjs').Timing[] }} Row
 *
 * @param {readonly Row[]} rows
 * @returns {{ target: Target, set: string, floor: number, ratio: number }[]} one for each target and set that
 *   was measured; the ratio is that of the best times
 */
export function compare(rows) {
  return TARGETS.flatMap((target) =>
    Object.entries(target.floors).flatMap(([set, floor]) => {
      const row = rows.find(
        (one) => one.where === target.where && one.task === target.task && one.set === set,
      );
      const timeOf = (name) => row?.timings.find((timing) => timing.name === name)?.best;
      const ours = timeOf(target.ours);
      if (ours === undefined) return [];
      return [{ target, set, floor, ratio: Math.min(...target.rivals.map(timeOf)) / ours }];
    }),
  );
}

/**
 * How many times faster than the reference, whose figures are scaled by the size of the text.
 *
 * @param {readonly Row[]} rows
 * @param {readonly { jobs: number, timings: import('./measure.mjs').Timing[] }[]} jobs
 * @param {Map<string, number>} texts bytes of text, by set
 * @returns {{ task: string, set: string, reference: number, ours: number, floor: number }[]} milliseconds
 */
export function compareReference(rows, jobs, texts) {
  const bestOf = (row) => row?.timings.find(({ name }) => name === OURS)?.best;
  const compared = [];
  for (const [set, { size, floor, ...reference }] of Object.entries(REFERENCE)) {
    for (const task of ['peek', 'resume']) {
      const ours = bestOf(rows.find((row) => row.where === 'hot' && row.task === task && row.set === set));
      if (ours === undefined) continue;
      compared.push({ task, set, reference: (reference[task] * texts.get(set)) / (size * 1e6), ours, floor });
    }
  }
  for (const [count, { resume, floor }] of Object.entries(REFERENCE_JOBS)) {
    const ours = bestOf(jobs.find((row) => row.jobs === Number(count)));
    if (ours !== undefined)
      compared.push({ task: 'resume', set: `${count} jobs`, reference: resume, ours, floor });
  }
  return compared;
}

/**
 * The bounds on memory, and the time of a document that `JSON.parse` cannot read.
 *
 * @param {readonly Row[]} rows
 * @param {Map<string, { compressed: number, decoded: number, records: number }>} facts by set, bytes and records
 * @returns {{ what: string, set: string, bound: number, measured: number }[]} MB and milliseconds
 */
export function compareBounds(rows, facts) {
  const cold = (task, set) =>
    rows
      .find((row) => row.where === 'cold' && row.task === task && row.set === set)
      ?.timings.find(({ name }) => name === OURS);
  const bounds = [];
  for (const [set, { compressed, decoded, records }] of facts) {
    const kept = { peek: compressed, decode: compressed + decoded + BYTES_PER_RECORD * records };
    for (const [task, bytes] of Object.entries(kept)) {
      const memory = cold(task, set)?.memory;
      if (memory === undefined) continue;
      bounds.push({
        what: `memory of ${task}, MB`,
        set,
        bound: (bytes + MEMORY_SLACK) / 1e6,
        measured: memory / 1e6,
      });
    }
  }
  const [small, large] = [cold('peek', 'A100'), cold('peek', 'A600')];
  if (small !== undefined && large !== undefined) {
    bounds.push({
      what: 'peek, cold, ms',
      set: 'A600',
      bound: small.best * A600_OVER_A100,
      measured: large.best,
    });
  }
  return bounds;
}
