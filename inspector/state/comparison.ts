/** Two sessions side by side. */

import type { JobRow, RemoteSession } from 'plainbox-session/browser';
import type { OpenSession } from './session.js';

export interface JobDifference {
  readonly id: string;
  readonly before: JobRow | undefined;
  readonly after: JobRow | undefined;
}

export interface EnvironmentDifference {
  /** Name of the collector, then the way to the value. */
  readonly place: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface Comparison {
  /** Other outcomes, and jobs that only one session has. */
  readonly outcomes: readonly JobDifference[];
  /** Runs that took at least half again as long or a third less, and a second at least; largest change first. */
  readonly durations: readonly JobDifference[];
  readonly environment: readonly EnvironmentDifference[];
  /** Collectors whose output is too large to be compared value by value, and differs in size. */
  readonly largeCollectors: readonly string[];
}

/** Output of a collector that is compared value by value, in bytes: more is a journal. */
const COMPARED_BYTES = 200_000;
const FACTOR = 1.5;
const SECONDS = 1;

export async function compareSessions(before: OpenSession, after: OpenSession): Promise<Comparison> {
  const ids = new Set([...before.byId.keys(), ...after.byId.keys()]);
  const pairs = Array.from(ids, (id) => ({ id, before: before.byId.get(id), after: after.byId.get(id) }));
  const change = (pair: JobDifference) =>
    Math.abs((pair.after?.duration ?? 0) - (pair.before?.duration ?? 0));
  return {
    outcomes: pairs.filter(({ before, after }) => before?.outcome !== after?.outcome),
    durations: pairs.filter(isOtherDuration).sort((a, b) => change(b) - change(a)),
    ...(await compareEnvironments(before.remote, after.remote)),
  };
}

function isOtherDuration({ before, after }: JobDifference): boolean {
  if (before?.duration == null || after?.duration == null) return false;
  const [less, more] = [before.duration, after.duration].sort((a, b) => a - b) as [number, number];
  return more >= less * FACTOR && more - less >= SECONDS;
}

async function compareEnvironments(before: RemoteSession, after: RemoteSession) {
  const names = new Set([...(await collectorsOf(before)), ...(await collectorsOf(after))]);
  const environment: EnvironmentDifference[] = [];
  const largeCollectors: string[] = [];
  for (const name of names) {
    const old = await valuesOf(before, name);
    const current = await valuesOf(after, name);
    if (typeof old === 'number' || typeof current === 'number') {
      if (old !== current) largeCollectors.push(name);
      continue;
    }
    for (const place of new Set([...old.keys(), ...current.keys()])) {
      const difference = { place, before: old.get(place), after: current.get(place) };
      if (difference.before !== difference.after) environment.push(difference);
    }
  }
  return { environment, largeCollectors };
}

async function collectorsOf(session: RemoteSession): Promise<string[]> {
  const nodes = await session.children(['session', 'system_information'], 0, 1000);
  return nodes.map(({ key }) => String(key));
}

/** The scalars of a collector's output by place, or its size in bytes when it is large. */
async function valuesOf(session: RemoteSession, collector: string): Promise<Map<string, string> | number> {
  const path = ['session', 'system_information', collector, 'outputs'];
  const node = await session.node(path);
  if (node === undefined) return new Map();
  if (node.bytes > COMPARED_BYTES) return node.bytes;
  const text = (await session.valueText(path)) ?? 'null';
  const values = new Map<string, string>();
  flatten(parse(text), collector, values);
  return values;
}

/** Python writes NaN and Infinity, which JSON does not have: such an output is compared as one text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

function flatten(value: unknown, place: string, into: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) {
    into.set(place, String(value));
    return;
  }
  for (const [key, item] of Object.entries(value)) flatten(item, `${place} › ${key}`, into);
}
