/** The results of jobs as a report reads them: facts are kept, logs are not. */

import type { JsonValue } from '../document/json-value.js';
import type { DormantSession } from '../formats/dormant-session.js';
import { readResult } from '../formats/results.js';
import { attempt, FaultCollector } from '../formats/validate.js';
import type { JobResult } from '../results/job-result.js';

/** One run of a job. */
export class Attempt {
  /** For its facts; a log that is read through it stays in memory as long as this object. */
  readonly result: JobResult;
  readonly #stored: JsonValue;

  constructor(stored: JsonValue, result: JobResult) {
    this.#stored = stored;
    this.result = result;
  }

  /** The result once more, for one reader of its log and then garbage. */
  readAgain(): JobResult {
    return readResult(this.#stored, ignoreFault);
  }

  /** JSON path of the result. */
  get path(): string {
    return this.#stored.path;
  }
}

/** The attempts of a job that say something, oldest first. */
export function attemptsOf(session: DormantSession, jobId: string): readonly Attempt[] {
  const attempts: Attempt[] = [];
  const history = session.document.get('results')?.get(jobId);
  const found = new FaultCollector();
  found.collect(() => {
    for (const stored of history?.items() ?? []) {
      const result = attempt(found.note, undefined, () => readResult(stored, found.note));
      if (result !== undefined && !result.isHollow) attempts.push(new Attempt(stored, result));
    }
  });
  return attempts;
}

/** Every fault of the document is among the problems of the session. */
function ignoreFault(): void {}
