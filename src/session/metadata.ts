/** The metadata of a session (spec `state.md` 1.1). */

import { pyRepr } from '../python/repr.js';
import { sortCodePoints } from '../python/text.js';
import type { PyValue } from '../python/value.js';

export class SessionMetaData {
  /** Title chosen by the application. */
  title: string | null = null;
  /** For example `incomplete`, `submitted`, `bootstrapping`. */
  flags: Set<string> = new Set();
  /** Id, in spite of its name, of the job that was running when the session was saved. */
  runningJobName: string | null = null;
  customJoblist = false;
  /** Ids of the jobs that the operator deselected; a peek leaves items of other types as they are. */
  rejectedJobs: readonly PyValue[] = [];
  /** Seconds since the epoch. */
  lastJobStartTime: number | null = null;
  remainingTodoJobs = false;
  #appBlob: Uint8Array | null = new Uint8Array();
  #appId: string | null = null;

  /** Data of the application, opaque to this library. */
  get appBlob(): Uint8Array | null {
    return this.#appBlob;
  }

  /** @throws TypeError for anything but bytes or null */
  set appBlob(value: Uint8Array | null) {
    if (value !== null && !(value instanceof Uint8Array)) {
      throw new TypeError('app_blob must be either None or bytes');
    }
    this.#appBlob = value;
  }

  /** Name of the application that owns {@link appBlob}. */
  get appId(): string | null {
    return this.#appId;
  }

  /** @throws TypeError for anything but a string or null */
  set appId(value: string | null) {
    if (value !== null && typeof value !== 'string') {
      throw new TypeError('app_id must be either None or str');
    }
    this.#appId = value;
  }

  /** The flag `bootstrapping`. */
  get bootstrapping(): boolean {
    return this.flags.has('bootstrapping');
  }

  set bootstrapping(value: boolean) {
    this.#setFlag('bootstrapping', value);
  }

  /** The flag `setting_up`. */
  get settingUp(): boolean {
    return this.flags.has('setting_up');
  }

  set settingUp(value: boolean) {
    this.#setFlag('setting_up', value);
  }

  #setFlag(flag: string, value: boolean): void {
    if (value) this.flags.add(flag);
    else this.flags.delete(flag);
  }

  /** The reference's text form; the flags, a set there, are sorted by code point. */
  toString(): string {
    const flags = sortCodePoints([...this.flags]).map((flag) => pyRepr(flag));
    const set = flags.length === 0 ? 'set()' : `{${flags.join(', ')}}`;
    return (
      `<SessionMetaData title:${pyRepr(this.title)} flags:${set} ` +
      `running_job_name:${pyRepr(this.runningJobName)} remaining_todo_jobs:${pyRepr(this.remainingTodoJobs)}>`
    );
  }
}
