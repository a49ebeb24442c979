/** The stored document, value by value. */

import type { JsonValue } from '../document/json-value.js';
import { pyRepr } from '../python/repr.js';
import { type JsonNode, type JsonStep, VALUE_CHARACTERS } from './queries.js';

/** Characters shown of a string before somebody asks for all of it. */
const SHOWN_CHARACTERS = 500;

export function valueAt(root: JsonValue, path: readonly JsonStep[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (value, step) => (typeof step === 'number' ? value?.at(step) : value?.get(step)),
    root,
  );
}

export function nodeOf(value: JsonValue): JsonNode {
  const { key, kind, size, byteLength, offset } = value;
  return { key: key ?? '$', kind, size, bytes: byteLength, offset, text: scalarText(value) };
}

/** Members in the order of the document. */
export function childrenOf(value: JsonValue, from: number, to: number): JsonNode[] {
  const children = value.kind === 'object' ? value.members().values() : value.items();
  const nodes: JsonNode[] = [];
  let index = 0;
  for (const child of children) {
    if (index >= to) break;
    if (index++ >= from) nodes.push(nodeOf(child));
  }
  return nodes;
}

/** A string itself, of other values their text in the document. */
export function textOf(value: JsonValue): string {
  if (value.string !== undefined) return shortened(value.string, VALUE_CHARACTERS);
  const end = Math.min(value.end, value.offset + VALUE_CHARACTERS);
  const decoder = new TextDecoder();
  let text = '';
  for (const piece of value.document.pieces(value.offset, end))
    text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}

function scalarText(value: JsonValue): string | undefined {
  switch (value.kind) {
    case 'object':
    case 'array':
      return undefined;
    case 'string':
      return shortened(value.string!, SHOWN_CHARACTERS);
    case 'null':
    case 'boolean':
      return String(value.toPython());
    default:
      return shortened(pyRepr(value.toPython()), SHOWN_CHARACTERS);
  }
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
