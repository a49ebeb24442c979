/** The leaves of a stored value with their places, one at a time. */

import type { JsonValue } from '../document/json-value.js';
import { pyStr } from '../python/repr.js';

export interface Leaf {
  /** The way to the value: `memory.total`, `devices[3].name`; empty for the value itself. */
  readonly place: string;
  readonly value: JsonValue;
}

/** All scalars and empty containers inside of a value, in the order of the document. */
export function* leavesOf(value: JsonValue, place = ''): Generator<Leaf, void, void> {
  const { kind } = value;
  if (kind === 'object') {
    const members = value.members();
    if (members.size === 0) return yield { place, value };
    for (const [key, member] of members) yield* leavesOf(member, place === '' ? key : `${place}.${key}`);
  } else if (kind === 'array') {
    let isEmpty = true;
    for (const item of value.items()) {
      isEmpty = false;
      yield* leavesOf(item, `${place}[${item.key}]`);
    }
    if (isEmpty) yield { place, value };
  } else {
    yield { place, value };
  }
}

/** A leaf as text: strings as they are, other values in Python's form. */
export function leafText({ value }: Leaf): string {
  return value.string ?? pyStr(value.toPython());
}
