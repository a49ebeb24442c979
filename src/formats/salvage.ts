/** Getting out of a damaged session all that is provably there, as a session that opens and resumes. */

import { JsonDocument, type JsonValue } from '../document/json-value.js';
import { CorruptedSessionError, DataError, IncompatibleSessionError, SessionResumeError } from '../errors.js';
import { resolveLimits } from '../input.js';
import { scanText } from '../kernel/js.js';
import { type Limits, type ResolvedLimits, SPAN_DEPTH } from '../kernel/kernel.js';
import { rebuildDocument } from './salvage-document.js';
import { type SalvagedEnvelope, salvageEnvelope } from './salvage-envelope.js';
import { SalvageNotes, type SalvageReport, type VersionFinding } from './salvage-report.js';
import { type SalvagedText, salvageText } from './salvage-text.js';
import { inferVersion } from './salvage-version.js';
import { formatOfVersion, readVersion } from './versions.js';
import { DocumentWriter } from './write-document.js';

export type { SalvagedMember, TextCheck } from './salvage-envelope.js';
export type {
  Damage,
  FilledIn,
  SalvageCounts,
  SalvageLoss,
  SalvageReport,
  Tally,
  VersionFinding,
} from './salvage-report.js';

export interface SalvageOptions {
  readonly limits?: Limits;
  /**
   * Ids of jobs to leave out everywhere. Without the results that generated them, generated jobs are unknown,
   * and Checkbox refuses a session that names one; `explainResume` of the salvaged session tells which.
   */
  readonly leaveOut?: Iterable<string>;
}

export interface Salvage {
  /** The bytes of the new session; undefined when no value of a session is left. */
  readonly session: Uint8Array | undefined;
  readonly report: SalvageReport;
}

/**
 * Rescues a session that is cut off or damaged. Nothing is made up: what is complete stays byte for byte, what is
 * missing gets the default of the format and is listed, what would make Checkbox refuse the session is left out
 * and listed. Of a result that breaks off the complete members and records stay; its outcome, which is written
 * behind them, is then null, as of a job that did not run.
 *
 * A version that is lost is inferred; the lowest one is taken that holds all that is left.
 *
 * @param bytes the file `session`, also one that is not compressed
 * @throws IncompatibleSessionError when the file is whole and of an unknown version
 * @throws CorruptedSessionError `limit-input` or `limit-text`
 * @throws RangeError for limits that cannot be
 */
export function salvage(bytes: Uint8Array, { limits, leaveOut = [] }: SalvageOptions = {}): Salvage {
  const resolved = resolveLimits(limits);
  const envelope = unpack(bytes, resolved);
  const text = salvageText(envelope.pieces, envelope.isCut, resolved);
  const root = text === undefined ? undefined : documentOf(text.text, resolved);
  const session = root?.get('session');
  if (text === undefined || root === undefined || session?.kind !== 'object') {
    return nothingLeft(bytes, envelope, text);
  }
  const isIncomplete = ({ offset }: JsonValue) => text.incomplete.has(offset);
  const isDamaged = envelope.damage.length > 0 || text.damage !== undefined;
  const version =
    storedVersion(root, isDamaged) ?? inferVersion({ session, isIncomplete, hasGap: text.hasTail });
  const format = formatOfVersion(version.number);
  const notes = new SalvageNotes();
  noteGap(root, text, notes);
  const plan = rebuildDocument({ session, format, isIncomplete, leaveOut: new Set(leaveOut), notes });
  if (plan === undefined) return nothingLeft(bytes, envelope, text);
  const writer = new DocumentWriter();
  plan(writer);
  return { session: writer.finish(), report: reportOf(bytes, envelope, text, notes, version) };
}

function nothingLeft(bytes: Uint8Array, envelope: SalvagedEnvelope, text: SalvagedText | undefined): Salvage {
  const notes = new SalvageNotes();
  const textBytes = envelope.pieces.reduce((size, { length }) => size + length, 0);
  notes.losses.push({ path: '$', text: 'no value of a session is left', bytes: textBytes });
  return { session: undefined, report: reportOf(bytes, envelope, text, notes, undefined) };
}

function unpack(bytes: Uint8Array, { inputBytes, textBytes }: ResolvedLimits): SalvagedEnvelope {
  const refuse = (code: 'limit-input' | 'limit-text', expected: number, cause?: DataError) =>
    new CorruptedSessionError('Cannot decompress session data', { code, expected, cause });
  if (bytes.length > inputBytes) throw refuse('limit-input', inputBytes);
  try {
    return salvageEnvelope(bytes, textBytes);
  } catch (error) {
    throw error instanceof DataError ? refuse('limit-text', textBytes, error) : error;
  }
}

function documentOf(text: Uint8Array, limits: ResolvedLimits): JsonValue {
  const steps = scanText(text, [], limits, SPAN_DEPTH);
  for (;;) {
    const step = steps.next();
    if (step.done) return new JsonDocument(step.value).root;
  }
}

/** Undefined when the version is missing, or no version in a file that is damaged anyway. */
function storedVersion(root: JsonValue, isDamaged: boolean): VersionFinding | undefined {
  try {
    const { version } = readVersion(root).format;
    return { number: version, isStored: true, lowest: version, highest: version };
  } catch (error) {
    if (!(error instanceof SessionResumeError)) throw error;
    if (error instanceof IncompatibleSessionError && !isDamaged) throw error;
    return undefined;
  }
}

/** Notes where the document breaks off: in the innermost container that lacks something. */
function noteGap(
  root: JsonValue,
  { incomplete, hasTail, lostBytes }: SalvagedText,
  notes: SalvageNotes,
): void {
  if (incomplete.size === 0) return;
  let place = root;
  for (let inner: JsonValue | undefined = root; inner !== undefined; ) {
    place = inner;
    const parts: Iterable<JsonValue> = inner.kind === 'array' ? inner.items() : inner.members().values();
    inner = undefined;
    for (const part of parts) if (incomplete.has(part.offset)) inner ??= part;
  }
  const text = hasTail ? 'a part is missing in here' : 'breaks off in here; what followed is missing';
  notes.losses.push({ path: place.path, text, bytes: lostBytes });
}

function reportOf(
  bytes: Uint8Array,
  { pieces, members, damage: packed }: SalvagedEnvelope,
  text: SalvagedText | undefined,
  notes: SalvageNotes,
  version: VersionFinding | undefined,
): SalvageReport {
  const damage = text?.damage === undefined ? packed : [...packed, text.damage];
  const textBytes = pieces.reduce((size, { length }) => size + length, 0);
  const { losses, filledIn, counts } = notes;
  const isDoubtful = members.some(({ check }) => check === 'mismatch');
  return {
    damage: damage.map(({ code, offset, message }) => ({ code, offset, message })),
    members,
    bytes: { file: bytes.length, text: textBytes, unused: text?.lostBytes ?? textBytes },
    version,
    losses,
    filledIn,
    counts,
    isComplete: version !== undefined && losses.length === 0 && filledIn.length === 0 && !isDoubtful,
  };
}
