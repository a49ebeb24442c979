/** What a reader made of an input, in the form in which the corpus states its expectations. */

import { dumpError, dumpPeek, type Operation, referenceName } from '../../src/dump/dump-metadata.js';
import { writeDump } from '../../src/dump/dump-value.js';
import { SessionResumeError } from '../../src/errors.js';
import type { PyDict, PyValue } from '../../src/python/value.js';
import type { SessionMetaData } from '../../src/session/metadata.js';
import { parsePyJson } from '../compare.js';

export type Outcome = Map<string, PyValue>;

/** Runs a reader; anything but a documented error escapes and fails the test. */
export async function outcomeOf(operation: Operation, read: () => Promise<PyDict>): Promise<Outcome> {
  let dump: PyDict;
  try {
    dump = await read();
  } catch (error) {
    if (!(error instanceof SessionResumeError)) throw error;
    dump = dumpError(operation, error);
  }
  return comparable(parsePyJson(writeDump(dump)));
}

export function peekOutcome(read: () => Promise<SessionMetaData>): Promise<Outcome> {
  return outcomeOf('peek', async () => dumpPeek(await read()));
}

/** The parts of a dump that an expectation fixes: of an error the class and the message. */
export function comparable(dump: PyValue): Outcome {
  const outcome = new Map(dump as PyDict);
  outcome.delete('log');
  outcome.delete('events');
  const error = outcome.get('error') as PyDict | undefined;
  if (error !== undefined) {
    outcome.set('error', new Map([...error].filter(([key]) => key === 'class' || key === 'message')));
  }
  return outcome;
}

/** An expectation of an error. */
export function refusal(operation: Operation, className: string, message: string): Outcome {
  return new Map<string, PyValue>([
    ['schema', 1n],
    ['operation', operation],
    ['status', 'error'],
    [
      'error',
      new Map([
        ['class', className],
        ['message', message],
      ]),
    ],
  ]);
}

export interface HostileOutcome {
  readonly status: 'ok' | 'error';
  readonly class?: string;
  readonly message?: string;
  readonly documented?: boolean;
}

export interface HostileEntry {
  readonly file: string;
  readonly kind: string;
  readonly note: string;
  readonly upstream: { readonly resume: HostileOutcome; readonly peek: HostileOutcome };
  readonly contract: { readonly resume: readonly string[]; readonly peek: readonly string[] };
}

/** `ok`, or the reference's name of the error's class; with the message. */
export async function verdictOf(
  read: () => Promise<unknown>,
): Promise<{ verdict: string; message?: string }> {
  try {
    await read();
    return { verdict: 'ok' };
  } catch (error) {
    if (!(error instanceof SessionResumeError)) throw error;
    return { verdict: referenceName(error), message: error.message };
  }
}

/** The manifest shortens long messages. */
export function sameMessage(actual: string | undefined, expected: string): boolean {
  return (
    actual === expected || (expected.length >= 200 && actual?.startsWith(expected.slice(0, 200)) === true)
  );
}
