/** What a conversion between versions works with. */

import type { JsonValue } from '../document/json-value.js';
import { FORMAT_VERSIONS, type FormatVersion } from './versions.js';
import type { DocumentWriter } from './write-document.js';

/** Something of a session that does not survive a conversion. */
export interface Loss {
  /** JSON path in the document that is converted. */
  readonly path: string;
  /** What becomes of it, and why. */
  readonly text: string;
}

/** From which version to which one. */
export interface ConversionStep {
  readonly from: FormatVersion;
  readonly to: FormatVersion;
  /** The session directory; null when it is not known. */
  readonly location: string | null;
  readonly lose: (value: JsonValue, text: string) => void;
}

/** Writes a value of the converted document. */
export type ValueWriter = (writer: DocumentWriter) => void;

/** The value as it stands, byte for byte. */
export function copyOf(value: JsonValue): ValueWriter {
  return (writer) => writer.copy(value);
}

/** Writes an object. */
export function objectOf(members: Iterable<readonly [key: string, write: ValueWriter]>): ValueWriter {
  return (writer) =>
    writer.object(Array.from(members, ([key, write]) => [key, () => write(writer)] as const));
}

/** The first version that has what the predicate looks for. */
export function firstVersionWith(predicate: (format: FormatVersion) => boolean): number {
  return [...FORMAT_VERSIONS.values()].find(predicate)!.version;
}
