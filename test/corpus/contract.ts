/**
 * What a resume must give for a case of the corpus: the reference's outcome, with the documented deviations
 * (`docs/deviations.md`) applied by rule, not by name of the case.
 */

import { unpackEnvelopeSync } from '../../src/index.js';
import { isPyDict, isPyList, type PyDict, type PyValue } from '../../src/python/value.js';
import { parsePyJson } from '../compare.js';
import type { CorpusFolder } from './corpus.js';
import { comparable, type HostileEntry, type Outcome } from './outcome.js';

export type Expectation =
  /** This dump. */
  | { readonly kind: 'dump'; readonly dump: Outcome; readonly runListUnstable: boolean }
  /** This class; the message where it is fixed. */
  | { readonly kind: 'refusal'; readonly className: string; readonly message?: string }
  /** A session, of which the reference has no dump. */
  | { readonly kind: 'accepted'; readonly why: string };

/** Classes of the reference's unit programs, whose texts we keep. */
const UNIT_ERRORS = [
  'CodeNotAllowed',
  'NoResourcesReferenced',
  'ResourceSyntaxError',
  'DependencyDuplicateError',
];

export function expectationOf(folder: CorpusFolder): Expectation {
  const full = parsePyJson(folder.bytes('expected.json')) as PyDict;
  const error = full.get('error') as PyDict | undefined;
  if (error !== undefined) return refusalOf(folder, error);
  const dump = comparable(full);
  const unstable = dump.get('unstable');
  dump.delete('unstable');
  dump.set('session', withDeviations(folder.bytes('session'), dump.get('session') as PyDict));
  return { kind: 'dump', dump, runListUnstable: unstable !== undefined };
}

function refusalOf(folder: CorpusFolder, error: PyDict): Expectation {
  const className = error.get('class') as string;
  const message = error.get('message') as string;
  const { version } = folder.info;
  if (message.startsWith('Unknown jobs remaining: ')) {
    const ids = message.slice('Unknown jobs remaining: '.length).split(', ');
    if (ids.every((id) => didNotRun(folder.bytes('session'), id)))
      return { kind: 'accepted', why: 'a resource job did not run' };
  }
  if (
    version < 6 &&
    message.startsWith("Missing value for key '") &&
    isRejected(folder.bytes('session'), message.slice(23, -1))
  ) {
    return { kind: 'accepted', why: 'versions 1 to 5 know no rejected jobs' };
  }
  if (error.get('documented') === true) return { kind: 'refusal', className, message };
  if (UNIT_ERRORS.includes(className)) return { kind: 'refusal', className: 'UnitDefinitionError', message };
  if (message.startsWith('Location must be'))
    return { kind: 'accepted', why: 'a relative log name stays as it is' };
  return { kind: 'refusal', className: contractClass(folder, className, message) };
}

/** The documented class that stands for an undocumented one (spec `resume.md` 9). */
function contractClass(folder: CorpusFolder, className: string, message: string): string {
  if (className === 'FileNotFoundError' || message.startsWith('decoding to str: need a bytes-like')) {
    return 'BrokenReferenceToExternalFile';
  }
  if (message.startsWith('unhashable type')) return 'IncompatibleSessionError';
  const { tags } = folder.info;
  const aboutUnits = tags.some((tag) => /template|expression/.test(tag)) || className === 'SyntaxError';
  return aboutUnits ? 'UnitDefinitionError' : 'CorruptedSessionError';
}

/** A session as the reference dumped it, with the deviations applied; `bytes` is the stored session. */
export function withDeviations(bytes: Uint8Array, session: PyDict): PyDict {
  const result = new Map(session);
  const mandatory = result.get('mandatory_job_list') as readonly PyValue[];
  const saved = stored(bytes, 'desired_job_list');
  if (
    saved !== undefined &&
    isPyList(saved) &&
    mandatory.length > 0 &&
    mandatory.every((id, index) => saved[index] === id)
  ) {
    result.set('desired_job_list', saved);
  }
  result.set(
    'job_states',
    (result.get('job_states') as readonly PyDict[]).map((state) => {
      const changed = new Map(state);
      changed.set('result', withContractErrors(state.get('result') as PyDict));
      const history = (state.get('result_history') as readonly PyDict[]).map(withContractErrors);
      // Deviation B: the reference replays the history of a rejected job once more for each time it is named.
      const replays = 1 + timesRejected(bytes, state.get('id') as string);
      const once = history.length > 1 ? history.slice(0, history.length / replays) : history;
      changed.set('result_history', once);
      return changed;
    }),
  );
  return result;
}

/** Of an error on reading a log only the class is fixed, by the contract. */
function withContractErrors(result: PyDict): PyDict {
  const error = result.get('io_log_error');
  if (error === undefined || !isPyDict(error)) return result;
  const missing = ['FileNotFoundError', 'IsADirectoryError', 'NotADirectoryError', 'OSError'];
  const isMissing = missing.includes(error.get('class') as string);
  const className = isMissing ? 'BrokenReferenceToExternalFile' : 'CorruptedSessionError';
  return new Map(result).set('io_log_error', new Map([['class', className]]));
}

/** Reduces the errors on reading logs in a dump of ours to what {@link expectationOf} fixes. */
export function reduceLogErrors(dump: Outcome): Outcome {
  const session = new Map(dump.get('session') as PyDict);
  const reduce = (result: PyDict): PyDict => {
    const error = result.get('io_log_error') as PyDict | undefined;
    if (error === undefined) return result;
    return new Map(result).set('io_log_error', new Map([['class', error.get('class') ?? null]]));
  };
  session.set(
    'job_states',
    (session.get('job_states') as readonly PyDict[]).map((state) =>
      new Map(state)
        .set('result', reduce(state.get('result') as PyDict))
        .set('result_history', (state.get('result_history') as readonly PyDict[]).map(reduce)),
    ),
  );
  return new Map(dump).set('session', session);
}

function stored(bytes: Uint8Array, ...keys: string[]): PyValue | undefined {
  let value = unpackEnvelopeSync(bytes, { kernel: 'js' }).get('session');
  for (const key of keys) value = value?.get(key);
  return value?.toPython();
}

function isRejected(bytes: Uint8Array, id: string): boolean {
  return timesRejected(bytes, id) > 0;
}

function timesRejected(bytes: Uint8Array, id: string): number {
  const rejected = stored(bytes, 'metadata', 'rejected_jobs');
  if (rejected === undefined || rejected === null || typeof rejected !== 'object') return 0;
  const ids = isPyList(rejected) ? rejected : isPyDict(rejected) ? [...rejected.keys()] : [];
  return ids.filter((item) => item === id).length;
}

/**
 * The verdicts that the contract of a hostile input allows. Versions 1 to 5 know no rejected jobs (deviation B):
 * what is wrong with such a list there is no reason to refuse the session.
 */
export function allowedVerdicts({ kind, note, contract }: HostileEntry): readonly string[] {
  const isOldList = kind === 'rejected' && /\(v[1-5]\)$/.test(note);
  return isOldList ? ['ok'] : contract.resume;
}

/** Whether a job has results, none of which has an outcome. */
function didNotRun(bytes: Uint8Array, id: string): boolean {
  const history = stored(bytes, 'results', id);
  if (history === undefined || !isPyList(history) || history.length === 0) return false;
  return history.every((result) => isPyDict(result) && result.get('outcome') === null);
}
