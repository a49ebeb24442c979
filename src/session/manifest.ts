/** What the machine has, as its operator answered (spec `state.md` 11.1). Nothing of it is in the session file. */

import { writePyJson } from '../python/json.js';
import { compareCodePoints } from '../python/text.js';
import { isPyDict, isPyList, type PyDict, type PyValue } from '../python/value.js';

/** The content of a machine manifest: id of the manifest entry -> value. Immutable. */
export class Manifest {
  readonly values: PyDict;

  /** @param values the object of the manifest file; without one the manifest is empty */
  constructor(values: PyDict = new Map()) {
    this.values = values;
  }

  /** The value of an entry; an entry without answer is false. */
  get(id: string): PyValue {
    const value = this.values.get(id);
    return value === undefined ? false : value;
  }

  /** A manifest with `answers` in place of the former values of these entries. */
  merge(answers: PyDict): Manifest {
    return new Manifest(new Map([...this.values, ...answers]));
  }

  /** The text of the manifest file: sorted keys, indentation of two blanks, ASCII. */
  toJson(): string {
    return indentedJson(this.values, '');
  }
}

function indentedJson(value: PyValue, margin: string): string {
  const inner = `${margin}  `;
  if (isPyList(value) && value.length > 0) {
    return `[\n${value.map((item) => inner + indentedJson(item, inner)).join(',\n')}\n${margin}]`;
  }
  if (isPyDict(value) && value.size > 0) {
    const members = [...value].sort(([a], [b]) => compareCodePoints(a, b));
    const lines = members.map(([key, item]) => `${inner}${scalarJson(key)}: ${indentedJson(item, inner)}`);
    return `{\n${lines.join(',\n')}\n${margin}}`;
  }
  return scalarJson(value);
}

function scalarJson(value: PyValue): string {
  return writePyJson(value, { ascii: true, sortKeys: true });
}
