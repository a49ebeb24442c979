/** What an observer sees of a resume: the `events` and `added_units` of a dump (schema 1). */

import type { SessionState } from '../session/state.js';
import type { Job } from '../units/job.js';
import type { Unit } from '../units/unit.js';

/** More events than this are not in a dump. */
const MAX_EVENTS = 400;

/** Connect it by `onSession: (session) => recorder.observe(session)`. */
export class ResumeRecorder {
  readonly addedUnits: Unit[] = [];
  readonly #events: string[] = [];

  observe(session: SessionState): void {
    const note = (name: string, unit?: Unit) => {
      if (this.#events.length <= MAX_EVENTS)
        this.#events.push(unit === undefined ? name : `${name} ${unit.id}`);
    };
    session.jobStateMapChanged.connect(() => note('job_state_map_changed'));
    session.jobResultChanged.connect((job: Job) => note('job_result_changed', job));
    session.jobAdded.connect((job) => note('job_added', job));
    session.jobRemoved.connect((job) => note('job_removed', job));
    session.unitAdded.connect((unit) => {
      this.addedUnits.push(unit);
      note(`unit_added ${unit.kind}`, unit);
    });
    session.unitRemoved.connect((unit) => note(`unit_removed ${unit.kind}`, unit));
  }

  /** The events in their order; undefined when there are too many for a dump. */
  get events(): readonly string[] | undefined {
    return this.#events.length > MAX_EVENTS ? undefined : this.#events;
  }
}
