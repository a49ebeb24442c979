/**
 * The validation primitive: every access to a decoded document goes through it, so that every refusal has the
 * reference's text (spec `resume.md` 2) and, in its fields, the place and the facts.
 */

import type { JsonValue } from '../document/json-value.js';
import type { JsonKind } from '../document/reader.js';
import { CorruptedSessionError, type ErrorFacts, SessionResumeError } from '../errors.js';
import type { Steps } from '../files/maybe-promise.js';
import { pyRepr } from '../python/repr.js';

/** A type as the rules demand it (spec `resume.md` 2.1): `int` takes booleans, `float` takes no integer. */
export type DemandedType = 'str' | 'int' | 'float' | 'bool' | 'list' | 'dict';

export interface Rule {
  readonly type?: DemandedType;
  /** Whether null is accepted; it is then the answer. */
  readonly nullable?: boolean;
  /** The text of a type error, where the call site has its own. */
  readonly typeMessage?: string;
}

const ACCEPTED: Readonly<Record<DemandedType, readonly JsonKind[]>> = {
  str: ['string'],
  int: ['integer', 'boolean'],
  float: ['float'],
  bool: ['boolean'],
  list: ['array'],
  dict: ['object'],
};

const TYPE_NAMES: Readonly<Record<JsonKind, string>> = {
  object: 'dict',
  array: 'list',
  string: 'str',
  integer: 'int',
  float: 'float',
  boolean: 'bool',
  null: 'NoneType',
};

/**
 * The member `key` of `container`, checked.
 *
 * @throws CorruptedSessionError when it is missing, null or of the wrong type
 */
export function requireMember(
  container: JsonValue,
  key: string,
  rule: Rule & { nullable: true },
): JsonValue | null;
export function requireMember(container: JsonValue, key: string, rule?: Rule): JsonValue;
export function requireMember(container: JsonValue, key: string, rule: Rule = {}): JsonValue | null {
  const value = container.get(key);
  if (value === undefined) throw missing(container, key);
  return check(value, key, rule);
}

/**
 * The item at `index` of an array whose items are given, checked.
 *
 * @throws CorruptedSessionError when it is missing, null or of the wrong type
 */
export function requireItem(
  container: JsonValue,
  items: readonly JsonValue[],
  index: number,
  rule: Rule = {},
): JsonValue {
  const value = items[index];
  if (value === undefined) throw missing(container, index);
  return check(value, index, rule) as JsonValue;
}

/** A value that stands for itself, called "object" in messages. */
export function requireValue(value: JsonValue, rule: Rule): JsonValue {
  return check(value, undefined, rule) as JsonValue;
}

/** `key`: what led to the value, for messages, which are made only of what is wrong. */
function check(value: JsonValue, key: string | number | undefined, rule: Rule): JsonValue | null {
  const { kind } = value;
  if (kind === 'null') {
    if (rule.nullable) return null;
    throw corrupted(`Value of ${nameOf(key)} cannot be None`, value, { code: 'null-value' });
  }
  if (rule.type !== undefined && !ACCEPTED[rule.type].includes(kind)) {
    const message = rule.typeMessage ?? `Value of ${nameOf(key)} is of incorrect type ${TYPE_NAMES[kind]}`;
    throw corrupted(message, value, { code: 'wrong-type', expected: rule.type, actual: TYPE_NAMES[kind] });
  }
  return value;
}

function nameOf(key: string | number | undefined): string {
  if (key === undefined) return 'object';
  return `key ${typeof key === 'string' ? pyRepr(key) : key}`;
}

/** The error for a member or item that is not there; `key` may be a position. */
function missing(container: JsonValue, key: string | number): CorruptedSessionError {
  return corrupted(`Missing value for ${nameOf(key)}`, container, { code: 'missing-key', expected: key });
}

/** An error about `value`, which gives path, offset and, inside the tables of jobs and results, the job id. */
export function corrupted(
  message: string,
  value: JsonValue,
  facts: Omit<ErrorFacts, 'path' | 'offset'>,
): CorruptedSessionError {
  return new CorruptedSessionError(message, {
    path: value.path,
    offset: value.offset,
    jobId: jobIdOf(value),
    ...facts,
  });
}

function jobIdOf(value: JsonValue): string | undefined {
  for (let inner = value; inner.parent !== undefined; inner = inner.parent) {
    const table = inner.parent;
    const isTable = (table.key === 'jobs' || table.key === 'results') && table.parent?.key === 'session';
    if (isTable) return String(inner.key);
  }
  return undefined;
}

/** The string that a checked value holds. */
export function stringOf(value: JsonValue): string;
export function stringOf(value: JsonValue | null): string | null;
export function stringOf(value: JsonValue | null): string | null {
  return value === null ? null : value.string!;
}

/**
 * What to do with a fault: a strict reader throws it, a tolerant one notes it and goes on with what can be
 * read.
 */
export type OnFault = (fault: SessionResumeError) => void;

/** The strict reader's way. */
export const throwFault: OnFault = (fault) => {
  throw fault;
};

/** After so many faults a tolerant reader stops: a forged document has millions, and each costs memory and time. */
export const MOST_FAULTS = 10_000;

/** Ends the readers below a {@link FaultCollector} that has enough. */
class EnoughFaults extends Error {
  override readonly name = 'EnoughFaults';
}

/**
 * The tolerant reader's way: keeps the first {@link MOST_FAULTS} faults, then one of the code `more-problems`, and
 * stops the reader at the next one.
 */
export class FaultCollector {
  readonly faults: SessionResumeError[] = [];

  get isFull(): boolean {
    return this.faults.length > MOST_FAULTS;
  }

  readonly note: OnFault = (fault) => {
    if (this.isFull) throw new EnoughFaults();
    this.faults.push(this.faults.length < MOST_FAULTS ? fault : moreProblems(fault));
  };

  /** What `read` gives; undefined when it was stopped. */
  collect<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (error instanceof EnoughFaults) return undefined;
      throw error;
    }
  }

  /** The twin of {@link collect} for a reader that may have to wait for files. */
  *collectSteps<T>(steps: Steps<T>): Steps<T | undefined> {
    try {
      return yield* steps;
    } catch (error) {
      if (error instanceof EnoughFaults) return undefined;
      throw error;
    }
  }
}

/** Says, in the place of the first fault too many, that there are more. */
function moreProblems({ path, offset }: SessionResumeError): SessionResumeError {
  const message = `more than ${MOST_FAULTS} problems: the others are not told`;
  return new CorruptedSessionError(message, { code: 'more-problems', path, offset });
}

/** What `read` gives, or `fallback` when it meets a fault of the data that `onFault` lets pass. */
export function attempt<T, F>(onFault: OnFault, fallback: F, read: () => T): T | F {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SessionResumeError)) throw error;
    onFault(error);
    return fallback;
  }
}

/** The twin of {@link attempt} for a reader that may have to wait for files. */
export function* attemptSteps<T, F>(onFault: OnFault, fallback: F, steps: Steps<T>): Steps<T | F> {
  try {
    return yield* steps;
  } catch (error) {
    if (!(error instanceof SessionResumeError)) throw error;
    onFault(error);
    return fallback;
  }
}
