/**
 * Timing with interleaved repetitions: every contestant runs once in each round, so that a slow moment of the
 * machine hits all of them alike.
 *
 * @typedef {{ name: string, best: number, median: number, error?: string }} Timing milliseconds
 */

/** The outcome of a run that measured itself. */
export class Timed {
  constructor(value, milliseconds) {
    this.value = value;
    this.milliseconds = milliseconds;
  }
}

/** An error as one line that begins with its code. */
export const describe = (error) => `${error.code ?? error.name}: ${error.message}`;

/**
 * Collecting garbage makes the engine drop optimised code whose objects are gone, which no program does between two
 * calls: before a run is timed it is rehearsed for so many milliseconds, unless it takes as long by itself.
 */
const REHEARSAL = 200;

/** @param {number[]} values */
export function summary(values) {
  const sorted = values.toSorted((left, right) => left - right);
  return { best: sorted[0], median: sorted[sorted.length >> 1] };
}

/**
 * @param {import('./tasks.mjs').Contestant[]} contestants
 * @param {import('./tasks.mjs').Sample} sample
 * @param {{ rounds: number, settle: () => void }} options `settle` collects the garbage of the run before
 * @returns {Promise<Timing[]>} in the order of the contestants
 * @throws when two contestants that finish do not agree on the outcome
 */
export async function race(contestants, sample, { rounds, settle }) {
  const lanes = contestants.map((contestant) => ({
    contestant,
    times: [],
    value: undefined,
    error: undefined,
  }));
  for (let round = 0; round <= rounds; round++) {
    for (const lane of lanes) {
      if (lane.error !== undefined) continue;
      const { prepare, run } = lane.contestant;
      try {
        prepare?.(sample);
        settle();
        const rehearsals = Math.floor(REHEARSAL / (lane.times.at(-1) ?? REHEARSAL));
        for (let i = 0; i < rehearsals; i++) await run(sample);
        const start = performance.now();
        const outcome = await run(sample);
        const time = performance.now() - start;
        const { value, milliseconds } = outcome instanceof Timed ? outcome : new Timed(outcome, time);
        lane.value = value;
        // The first round warms up.
        if (round > 0) lane.times.push(milliseconds);
      } catch (error) {
        lane.error = describe(error);
      }
    }
  }
  const finished = lanes.filter((lane) => lane.error === undefined);
  const values = new Set(finished.map((lane) => lane.value));
  if (values.size > 1) {
    throw new Error(
      `no agreement: ${finished.map(({ contestant, value }) => `${contestant.name}: ${value}`).join('; ')}`,
    );
  }
  return lanes.map(({ contestant, times, error }) =>
    error === undefined
      ? { name: contestant.name, ...summary(times) }
      : { name: contestant.name, best: NaN, median: NaN, error },
  );
}
