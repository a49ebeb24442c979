/** The version of a document that has lost it: it is the last value that is written. */

import type { JsonValue } from '../document/json-value.js';
import { isAbsolutePath } from '../files/lexical-path.js';
import { compareCodePoints } from '../python/text.js';
import { firstVersionWith } from './conversion.js';
import type { VersionFinding } from './salvage-report.js';
import { formatOfVersion, LATEST_VERSION, type MetadataField, type VersionNumber } from './versions.js';

/** The part of a document that says something about its version. */
export interface VersionEvidence {
  /** The member `session`. */
  readonly session: JsonValue;
  /** Whether a container lacks its end. */
  readonly isIncomplete: (container: JsonValue) => boolean;
  /** Whether something is missing in the middle; if not, sorted keys tell what was never there. */
  readonly hasGap: boolean;
}

const ALL_FIELDS = formatOfVersion(LATEST_VERSION).metadataFields;

/**
 * The versions that could have written what is left (spec `format.md` 2.2 and 3), and the lowest of them whose
 * readers heed all of it.
 */
export function inferVersion(evidence: VersionEvidence): VersionFinding {
  const { session } = evidence;
  let lowest = 1;
  let highest: number = LATEST_VERSION;
  const atLeast = (version: number) => {
    lowest = Math.max(lowest, version);
  };
  const absent = absentFields(evidence);
  for (const field of ALL_FIELDS) {
    if (session.get('metadata')?.get(field) !== undefined) atLeast(sinceOf(field));
    else if (absent.has(field)) highest = Math.min(highest, sinceOf(field) - 1);
  }
  const informed = firstVersionWith(({ systemInformation }) => systemInformation);
  if (session.get('system_information') !== undefined) atLeast(informed);
  else if (!evidence.isIncomplete(session)) highest = Math.min(highest, informed - 1);
  const facts = factsOfResults(session);
  if (facts.hasHistory) atLeast(firstVersionWith(({ wholeHistory }) => wholeHistory));
  // A document that contradicts itself was not written by Checkbox; what it has counts.
  highest = Math.max(lowest, highest);
  let number = lowest;
  if (facts.hasRelativeNames) {
    number = Math.max(
      number,
      firstVersionWith(({ relativeLogNames }) => relativeLogNames),
    );
  }
  if ((session.get('mandatory_job_list')?.size ?? 0) > 0) {
    number = Math.max(
      number,
      firstVersionWith(({ metadataFirst }) => metadataFirst),
    );
  }
  return {
    number: Math.min(number, highest) as VersionNumber,
    isStored: false,
    lowest: lowest as VersionNumber,
    highest: highest as VersionNumber,
  };
}

function sinceOf(field: MetadataField): number {
  return firstVersionWith(({ metadataFields }) => metadataFields.includes(field));
}

/** Fields that would be there had they been written: writers sort them by name. */
function absentFields({ session, isIncomplete, hasGap }: VersionEvidence): ReadonlySet<MetadataField> {
  const metadata = session.get('metadata');
  if (metadata?.kind !== 'object' || hasGap) return new Set();
  const keys = [...metadata.members().keys()];
  const isSorted = keys.every((key, index) => index === 0 || compareCodePoints(keys[index - 1]!, key) < 0);
  const last = isIncomplete(metadata) && isSorted ? (keys.at(-1) ?? '') : undefined;
  if (isIncomplete(metadata) && !isSorted) return new Set();
  return new Set(ALL_FIELDS.filter((field) => last === undefined || compareCodePoints(field, last) < 0));
}

function factsOfResults(session: JsonValue): { hasHistory: boolean; hasRelativeNames: boolean } {
  let hasHistory = false;
  let hasRelativeNames = false;
  for (const history of session.get('results')?.members().values() ?? []) {
    let results = 0;
    for (const result of history.items()) {
      results++;
      const name = result.get('io_log_filename')?.string;
      if (name !== undefined && !isAbsolutePath(name)) hasRelativeNames = true;
    }
    if (results > 1) hasHistory = true;
  }
  return { hasHistory, hasRelativeNames };
}
