/** Errors of the operating system, told to a person and to programs. */

import { record } from '../dump/dump-value.js';
import type { PyDict } from '../python/value.js';

/** `no such file or directory: NAME`; Node also names the code and the system call. */
export function systemErrorText({ message, code, syscall, path }: NodeJS.ErrnoException): string {
  const start = `${code}: `;
  const end = message.lastIndexOf(`, ${syscall}`);
  if (!message.startsWith(start) || end < 0) return message;
  const reason = message.slice(start.length, end);
  return path === undefined ? reason : `${reason}: ${path}`;
}

/** The JSON of a failed verb, as for the errors of sessions. */
export function dumpSystemError(operation: string, error: NodeJS.ErrnoException): PyDict {
  const facts = { class: 'SystemError', message: systemErrorText(error), code: error.code! };
  return record({ schema: 1n, operation, status: 'error', error: record(facts) });
}
