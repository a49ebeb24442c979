/** Counting the steps of a piece of work: how often the engine enters each block of this library's code. */

import { Session } from 'node:inspector';

interface ScriptCoverage {
  readonly url: string;
  readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
}

/** Counts in code that is imported after it was made; what was compiled before has no counters. */
export class BlockCounter {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
    this.#post('Profiler.enable');
    this.#post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Runs the work and gives the number of blocks of `src/` that were entered: the same in every process. */
  during(work: () => void): number {
    this.#take();
    work();
    let blocks = 0;
    for (const { url, functions } of this.#take()) {
      if (!url.includes('/src/')) continue;
      for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
    }
    return blocks;
  }

  stop(): void {
    this.#session.disconnect();
  }

  /** The counts since the last call. */
  #take(): readonly ScriptCoverage[] {
    const { result } = this.#post('Profiler.takePreciseCoverage') as { result: readonly ScriptCoverage[] };
    return result;
  }

  /** The inspector of the own thread answers at once. */
  #post(method: string, parameters: object = {}): unknown {
    let answer: unknown;
    this.#session.post(method, parameters, (error: Error | null, value: unknown) => {
      if (error) throw error;
      answer = value;
    });
    return answer;
  }
}
