/** What a salvage found, kept, left out and filled in. */

import type { JsonValue } from '../document/json-value.js';
import type { ErrorCode } from '../errors.js';
import type { SalvagedMember } from './salvage-envelope.js';
import type { VersionNumber } from './versions.js';

/** A fault of the bytes or of the text. */
export interface Damage {
  readonly code: ErrorCode;
  /** Byte offset: into the file for `gzip-*` codes, into the unpacked text otherwise. */
  readonly offset: number;
  readonly message: string;
}

/** Something that is not in the new session. */
export interface SalvageLoss {
  /** JSON path: of the value, or of the container that breaks off. */
  readonly path: string;
  /** Why. */
  readonly text: string;
  /** Bytes of text that were there and are left out. */
  readonly bytes: number;
}

/** A value that was not there, or not as it must be, and got the format's default. */
export interface FilledIn {
  readonly path: string;
  /** The default, as JSON. */
  readonly value: string;
}

export interface VersionFinding {
  /** Version of the new session. */
  readonly number: VersionNumber;
  /** Whether the damaged session said so; if not, it was the lowest one that holds what is left. */
  readonly isStored: boolean;
  /** The versions that what is left admits; both are the number itself where that is stored. */
  readonly lowest: VersionNumber;
  readonly highest: VersionNumber;
}

/** `lost` are those that were seen, in whole or in part; nobody knows what a missing piece held. */
export interface Tally {
  readonly kept: number;
  readonly lost: number;
}

export interface SalvageCounts {
  /** Entries of the table of checksums. */
  readonly jobs: Tally;
  readonly results: Tally;
  /** Records of logs inside of the session. */
  readonly records: Tally;
  /** Outputs in the system information. */
  readonly collectors: Tally;
}

export interface SalvageReport {
  readonly damage: readonly Damage[];
  /** The gzip members that gave text; none for a text that is not compressed. */
  readonly members: readonly SalvagedMember[];
  /** Bytes of the file, of the text that could be unpacked, and of that text what could not be used. */
  readonly bytes: { readonly file: number; readonly text: number; readonly unused: number };
  /** Undefined when there is no new session. */
  readonly version: VersionFinding | undefined;
  /** Where the document breaks off; then in the order of its parts. */
  readonly losses: readonly SalvageLoss[];
  readonly filledIn: readonly FilledIn[];
  readonly counts: SalvageCounts;
  /**
   * Whether every value was recovered, and nothing speaks against their being right. A missing checksum does not,
   * a wrong one does.
   */
  readonly isComplete: boolean;
}

/** Takes notes while the new document is put together. */
export class SalvageNotes {
  readonly losses: SalvageLoss[] = [];
  readonly filledIn: FilledIn[] = [];
  readonly counts = {
    jobs: { kept: 0, lost: 0 },
    results: { kept: 0, lost: 0 },
    records: { kept: 0, lost: 0 },
    collectors: { kept: 0, lost: 0 },
  };

  lose({ path, byteLength: bytes }: JsonValue, text: string): void {
    this.losses.push({ path, text, bytes });
  }

  fillIn(path: string, value: string): void {
    this.filledIn.push({ path, value });
  }
}
