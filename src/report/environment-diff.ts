/** How the machines of two sessions differ, by what the collectors found out. */

import type { JsonValue } from '../document/json-value.js';
import type { DormantSession } from '../formats/dormant-session.js';
import { pyEquals } from '../python/equality.js';
import { count } from '../wording/figures.js';
import { type Collector, collectorsOf } from './collectors.js';
import { cutText } from './plain-text.js';
import { leafText } from './system-facts.js';

export interface FactDifference {
  /** The way to the value: `outputs.payload.memory.total`. */
  readonly place: string;
  /** The value as text; undefined where there is none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface CollectorDiff {
  readonly collector: string;
  /** The first ones, at most 50. */
  readonly differences: readonly FactDifference[];
  /** Number of further ones. */
  readonly more: number;
}

/** Differences kept of one collector: a journal has no line in common with another one. */
const FACTS = 50;
/** Characters of a value. */
const VALUE_CHARACTERS = 500;

/** The collectors that differ, in the order of the second session, then those that only the first one has. */
export function compareCollectors(before: DormantSession, after: DormantSession): readonly CollectorDiff[] {
  const old = new Map(collectorsOf(before).map((collector) => [collector.name, collector]));
  const current = new Map(collectorsOf(after).map((collector) => [collector.name, collector]));
  return Array.from(new Set([...current.keys(), ...old.keys()]), (name) =>
    compareCollector(name, old.get(name), current.get(name)),
  ).filter(({ differences }) => differences.length > 0);
}

function compareCollector(
  collector: string,
  before: Collector | undefined,
  after: Collector | undefined,
): CollectorDiff {
  const differences: FactDifference[] = [];
  let more = 0;
  for (const difference of collectorDifferences(before, after)) {
    if (differences.length < FACTS) differences.push(difference);
    else more++;
  }
  return { collector, differences, more };
}

function* collectorDifferences(
  before: Collector | undefined,
  after: Collector | undefined,
): Generator<FactDifference, void, void> {
  yield* compareValues(before?.toolVersion, after?.toolVersion, 'tool_version');
  yield* compareValues(before?.outputs, after?.outputs, 'outputs');
}

function* compareValues(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  place: string,
): Generator<FactDifference, void, void> {
  if (before?.kind === 'object' && after?.kind === 'object') {
    const old = before.members();
    const current = after.members();
    for (const key of new Set([...old.keys(), ...current.keys()])) {
      yield* compareValues(old.get(key), current.get(key), `${place}.${key}`);
    }
  } else if (before?.kind === 'array' && after?.kind === 'array') {
    yield* compareItems(before, after, place);
  } else if (!equalLeaves(before, after)) {
    yield { place, before: textOf(before), after: textOf(after) };
  }
}

function* compareItems(
  before: JsonValue,
  after: JsonValue,
  place: string,
): Generator<FactDifference, void, void> {
  const old = before.items();
  const current = after.items();
  for (let index = 0; ; index++) {
    const left = old.next();
    const right = current.next();
    if (left.done && right.done) return;
    yield* compareValues(left.value ?? undefined, right.value ?? undefined, `${place}[${index}]`);
  }
}

/** Containers are equal to nothing here: their twins were compared part by part. */
function equalLeaves(before: JsonValue | undefined, after: JsonValue | undefined): boolean {
  if (before === undefined || after === undefined) return before === after;
  if (isContainer(before) || isContainer(after)) return false;
  return pyEquals(before.toPython(), after.toPython());
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'object') return `{ ${count(value.size, 'member')} }`;
  if (value.kind === 'array') return `[ ${count(value.size, 'item')} ]`;
  return cutText(leafText({ place: '', value }), VALUE_CHARACTERS);
}

function isContainer({ kind }: JsonValue): boolean {
  return kind === 'object' || kind === 'array';
}
