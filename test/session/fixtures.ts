/** Units and results for the tests of the session model. */

import { IOLog, type IOLogRecord } from '../../src/results/io-log.js';
import { MemoryJobResult } from '../../src/results/job-result.js';
import { SessionState } from '../../src/session/state.js';
import type { Job } from '../../src/units/job.js';
import { createUnit } from '../../src/units/kinds.js';
import { parsePxu } from '../../src/units/pxu.js';
import type { Unit } from '../../src/units/unit.js';

/** The units of a unit file. */
export function unitsOf(text: string, namespace: string | null = null): Unit[] {
  return parsePxu(text, 'units.pxu').map(({ data, origin, fieldOffsets }) =>
    createUnit(data, { namespace, origin, fieldOffsets }),
  );
}

/** A session of shell jobs written as `id` or `id: field value; field value`. */
export function sessionOf(...jobs: string[]): SessionState {
  return new SessionState(jobs.map(jobOf));
}

function jobOf(text: string): Unit {
  const [id, fields = ''] = text.split(/:(.*)/s);
  const data = new Map([
    ['id', id!],
    ['plugin', 'shell'],
    ['command', 'true'],
  ]);
  for (const field of fields.split(';').filter((part) => part.trim() !== '')) {
    const [name, value] = field.trim().split(/ (.*)/s);
    data.set(name!, value!);
  }
  return createUnit(data);
}

export function job(session: SessionState, id: string): Job {
  const state = session.jobStateMap.get(id);
  if (state === undefined) throw new Error(`no job ${id}`);
  return state.job;
}

/** Selects jobs by id and gives the texts of the problems. */
export function desire(session: SessionState, ids: string): string[] {
  const jobs = ids.split(' ').map((id) => job(session, id));
  return session.updateDesiredJobList(jobs).map((problem) => `${problem.affectedJob.id}: ${problem.text}`);
}

export function idsOf(units: readonly Unit[]): string {
  return units.map((unit) => unit.id).join(' ');
}

/** A result with one `stdout` record per line. */
export function result(outcome: string | null, ...lines: string[]): MemoryJobResult {
  return new MemoryJobResult({ outcome, ioLog: IOLog.from(lines.map((line) => record(line))) });
}

export function record(text: string | Uint8Array, stream = 'stdout'): IOLogRecord {
  return { delay: 0, stream, data: typeof text === 'string' ? new TextEncoder().encode(text) : text };
}

/** Presents outcomes: `{ a: 'pass' }`. */
export function present(session: SessionState, outcomes: Readonly<Record<string, string>>): void {
  for (const [id, outcome] of Object.entries(outcomes)) {
    session.updateJobResult(job(session, id), result(outcome));
  }
}

/** The texts of a job's inhibitors. */
export function inhibitors(session: SessionState, id: string): string[] {
  return session.jobStateMap.get(id)!.readinessInhibitors.map((inhibitor) => inhibitor.text);
}

/** Every signal of a session as `name id`. */
export function recordSignals(session: SessionState): string[] {
  const events: string[] = [];
  session.jobStateMapChanged.connect(() => events.push('map'));
  session.jobResultChanged.connect((changed) => events.push(`result ${changed.id}`));
  session.jobAdded.connect((added) => events.push(`job+ ${added.id}`));
  session.unitAdded.connect((added) => events.push(`unit+ ${added.id}`));
  session.jobRemoved.connect((removed) => events.push(`job- ${removed.id}`));
  session.unitRemoved.connect((removed) => events.push(`unit- ${removed.id}`));
  return events;
}
